import { traceableBackend, type Binding, type TraceableBackend } from "../native";
import type { Recording } from "./recording";
import { withUndo } from "../../backend/undo";

/** Runs `body` while a recording listens to the backend: to kernels, to values coming from JavaScript and going back. */
export function listenToBackend<Result>(recording: Recording, body: () => Result): Result {
  const backend = traceableBackend();
  const { binding } = backend;
  const getInputTensorIds = backend.getInputTensorIds.bind(backend);
  const write = backend.write.bind(backend);
  const readSync = backend.readSync.bind(backend);
  const read = backend.read.bind(backend);
  const methods: Partial<TraceableBackend> = {
    binding: listeningBinding(binding, recording),
    getInputTensorIds: (tensors) =>
      tensors.map((tensor) =>
        recording.input(tensor, () => getInputTensorIds([tensor])[0] as number),
      ),
    write(...data) {
      const dataId = write(...data);
      recording.made(dataId);
      return dataId;
    },
    readSync(dataId) {
      recording.reading(dataId);
      return readSync(dataId);
    },
    read(dataId) {
      recording.reading(dataId);
      return read(dataId);
    },
  };
  return withProperties(backend, methods, () =>
    withProperties(Math, { random: refusedRandom(recording, Math.random) }, body),
  );
}

/** The binding, reporting every kernel. Its own properties cannot be written, so that this is an object on top. */
function listeningBinding(binding: Binding, recording: Recording): Binding {
  const executeOp: Binding["executeOp"] = (name, attributes, inputs, outputCount) => {
    const outputs = binding.executeOp(name, attributes, inputs, outputCount);
    recording.executed(name, attributes, inputs, outputs);
    return outputs;
  };
  return Object.create(binding, { executeOp: { value: executeOp } }) as Binding;
}

/** `Math.random` is behind tf.randomNormal, tf.randomUniform, dropout and all that tf.js draws without a seed. */
function refusedRandom(recording: Recording, random: () => number): () => number {
  return () => {
    recording.refuse(
      "draws random numbers in JavaScript (Math.random, tf.randomNormal, dropout and their kin), which the graph would hold fixed; " +
        "draw from a gan-lib random stream (random.normal, random.uniform)",
    );
    return random();
  };
}

/** Runs `body` while an object has other properties, and puts its own back. */
function withProperties<Owner extends object, Result>(
  owner: Owner,
  properties: Partial<Owner>,
  body: () => Result,
): Result {
  const before = Object.keys(properties).map(
    (name) => [name, Object.getOwnPropertyDescriptor(owner, name)] as const,
  );
  for (const [name, value] of Object.entries(properties))
    Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  return withUndo(() => {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(owner, name);
      else Object.defineProperty(owner, name, descriptor);
    }
  }, body);
}
