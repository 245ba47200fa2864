/** A network in a checkpoint: its weights, and enough of its layers to tell that it is the same network. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import * as tf from "../backend/tf";
import type { NamedValues } from "./safetensors";
import { copyValues, toTensor, type SavedTensors } from "./tensors";

/** One layer: its class and what shapes its arithmetic. */
interface LayerRecord {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** One weight: its variable's name in the process that saved it, and the tensor of the file that holds it. */
interface WeightRecord {
  readonly variable: string;
  readonly tensor: string;
}

/** The layers of a network in order, those of nested networks in place. How they are wired is not written down. */
export interface ModelRecord {
  readonly layers: readonly LayerRecord[];
  /** All weights, non-trainable ones too. */
  readonly weights: readonly WeightRecord[];
}

/** Names are counted up by tf.js anew in each process, and initializers no longer matter. */
function isIrrelevant(key: string): boolean {
  return key === "name" || key === "trainable" || key.endsWith("Initializer");
}

/** The names of a network's variables, by which optimizers name their slots. */
export function variableNames(model: tf.LayersModel): string[] {
  return model.weights.map((weight) => (weight.read() as tf.Variable).name);
}

/** The file's name of a weight: its place, and what its layer calls it. */
function tensorName(name: string, weight: tf.LayersModel["weights"][number], i: number): string {
  return `models/${name}/${i}.${weight.originalName.split("/").at(-1) ?? ""}`;
}

/** What is written down about a network besides the values of its weights. */
export function describeModel(name: string, model: tf.LayersModel): ModelRecord {
  const variables = variableNames(model);
  return {
    layers: flatLayers(model).map(describeLayer),
    weights: model.weights.map((weight, i) => ({
      variable: variables[i] as string,
      tensor: tensorName(name, weight, i),
    })),
  };
}

function flatLayers(model: tf.LayersModel): tf.layers.Layer[] {
  return model.layers.flatMap((layer) =>
    layer instanceof tf.LayersModel ? flatLayers(layer) : [layer],
  );
}

function describeLayer(layer: tf.layers.Layer): LayerRecord {
  const config = Object.entries(layer.getConfig()).filter(([key]) => !isIrrelevant(key));
  // Through JSON, so that what is compared on loading is what was written.
  return JSON.parse(
    JSON.stringify({ className: layer.getClassName(), config: Object.fromEntries(config) }),
  ) as LayerRecord;
}

/** The values of all weights of a network. */
export function modelTensors(name: string, model: tf.LayersModel): NamedValues[] {
  return model.weights.map((weight, i) => copyValues(tensorName(name, weight, i), weight.read()));
}

/** A sum over the weights of networks, of 16 hexadecimal digits: with any other weight it is another. */
export function weightsSum(...models: readonly tf.LayersModel[]): string {
  const sum = createHash("sha256");
  for (const model of models)
    for (const weight of model.getWeights()) sum.update(weight.dataSync());
  return sum.digest("hex").slice(0, 16);
}

/** Whether two networks have the same layers. */
export function sameLayers(one: ModelRecord, other: ModelRecord): boolean {
  return isDeepStrictEqual(one.layers, other.layers);
}

/**
 * Checks that the network is the saved one, and returns the function that sets its weights.
 *
 * @throws Error naming the network, the layer and both shapes when it is another.
 */
export function restoreModel(
  name: string,
  model: tf.LayersModel,
  saved: ModelRecord,
  tensors: SavedTensors,
): () => void {
  checkLayers(name, model, saved);
  const values = saved.weights.map(({ tensor }) => tensors.get(tensor));
  checkShapes(name, model, values);
  return () => {
    model.weights.forEach((weight, i) => {
      tf.tidy(() => void weight.write(toTensor(values[i] as NamedValues)));
    });
  };
}

function checkShapes(name: string, model: tf.LayersModel, saved: readonly NamedValues[]): void {
  model.weights.forEach((weight, i) => {
    const wanted = saved[i]?.shape;
    if (wanted?.join() !== weight.shape.join()) {
      throw mismatch(
        name,
        `the weight ${weight.originalName} has the shape [${weight.shape.join()}], the saved one [${wanted?.join() ?? "none"}]`,
      );
    }
  });
  if (model.weights.length !== saved.length) {
    throw mismatch(name, `it has ${model.weights.length} weights, the saved one ${saved.length}`);
  }
}

function checkLayers(name: string, model: tf.LayersModel, saved: ModelRecord): void {
  const layers = flatLayers(model);
  if (layers.length !== saved.layers.length) {
    const list = (names: string[]): string => `${names.length} layers (${names.join(", ")})`;
    const got = list(layers.map((layer) => layer.getClassName()));
    throw mismatch(
      name,
      `it has ${got}, the saved one ${list(saved.layers.map((layer) => layer.className))}`,
    );
  }
  layers.forEach((layer, i) => {
    const got = describeLayer(layer);
    const wanted = saved.layers[i] as LayerRecord;
    if (isDeepStrictEqual(got, wanted)) return;
    throw mismatch(
      name,
      `its layer ${i}, "${layer.name}", is ${differing(got, wanted)}, the saved one ${differing(wanted, got)}`,
    );
  });
}

/** The layer's class and those of its settings that the other has otherwise. */
function differing(layer: LayerRecord, other: LayerRecord): string {
  const settings = Object.entries(layer.config).filter(
    ([key, value]) => !isDeepStrictEqual(value, other.config[key]),
  );
  return `${layer.className} ${JSON.stringify(Object.fromEntries(settings))}`;
}

function mismatch(name: string, what: string): Error {
  return new Error(
    `loadCheckpoint: the network "${name}" is not the one that was saved: ${what}. Build it as it was saved.`,
  );
}
