/** Variables whose values are in a session, and come to JavaScript only when it asks for them. */
import * as tf from "../../backend/tf";
import { traceableBackend, type TensorRecord } from "../native";
import { pulled, pushDone, pushed } from "./state";

/** The backend's record of a variable's data, whose native tensor is fetched when it is first asked for. */
class HeldRecord implements TensorRecord {
  readonly shape: number[];
  readonly dtype: number;
  readonly values = null;
  refCount = 1;
  /** Whether the session is there. */
  attached = true;
  #id: number | undefined = -1;

  constructor(
    variable: tf.Variable,
    private fetch: () => void,
  ) {
    this.shape = variable.shape;
    this.dtype = traceableBackend().getDTypeInteger(variable.dtype);
  }

  /** Asked for by everything that reads, copies or frees the data. */
  get id(): number {
    if (this.#id === undefined) this.fetch();
    return this.#id as number;
  }

  get fetched(): boolean {
    return this.#id !== undefined;
  }

  /** Says which native tensor has the values. */
  fill(id: number): void {
    this.#id = id;
  }

  /** Has nothing more to fetch: the session ends. What fetches holds the variables, which are to be free of it. */
  detach(): void {
    this.fetch = () => undefined;
    this.attached = false;
  }

  /** Lets go of the native tensor: the session has newer values, or soon will. */
  forget(): void {
    if (this.#id !== undefined && this.#id >= 0) traceableBackend().binding.deleteTensor(this.#id);
    this.#id = undefined;
  }
}

/** Whether a session holds the values of a variable. */
export function isHeld(variable: tf.Variable): boolean {
  const { tensorMap } = tf.backend() as Partial<ReturnType<typeof traceableBackend>>;
  const record = tensorMap?.get(variable.dataId);
  return record instanceof HeldRecord && record.attached;
}

interface Held {
  readonly variable: tf.Variable;
  readonly index: number;
  record: HeldRecord | undefined;
}

type CurrentlyHeld = Held & { record: HeldRecord };

/** The variables that a session holds, and what JavaScript knows of them. */
export class HeldVariables {
  readonly #held: readonly Held[];

  /** @param variables In the order of the session's state. */
  constructor(
    private readonly session: number,
    variables: readonly tf.Variable[],
  ) {
    this.#held = variables.map((variable, index) => ({ variable, index, record: undefined }));
  }

  /** To be called before the session runs: brings in what was assigned outside, and saves what others still read. */
  push(): void {
    const { tensorMap } = traceableBackend();
    const assigned = this.#held.filter(
      ({ variable, record }) => tensorMap.get(variable.dataId) !== record,
    );
    if (assigned.length > 0) this.#write(assigned);
    const current = this.#current();
    this.#fetch(current.filter(({ record }) => record.refCount > 1 && !record.fetched));
    for (const { record } of current) if (record.refCount === 1) record.forget();
  }

  /** To be called after the session ran: makes the variables stand for what is in the session. */
  adopt(): void {
    const own = new Set<Held>(this.#current().filter(({ record }) => record.refCount === 1));
    for (const held of this.#held) {
      if (own.has(held)) held.record?.forget();
      else this.#standFor(held);
    }
  }

  /** Fetches everything, so that the session can end. */
  release(): void {
    this.#fetch(this.#unfetched());
    for (const { record } of this.#held) record?.detach();
  }

  /** Those of which JavaScript has not asked for the values. */
  #unfetched(): CurrentlyHeld[] {
    return this.#current().filter(({ record }) => !record.fetched);
  }

  /** Those whose variable stands for what is in the session. */
  #current(): CurrentlyHeld[] {
    const { tensorMap } = traceableBackend();
    return this.#held.filter(
      (held): held is CurrentlyHeld =>
        held.record !== undefined &&
        !held.variable.isDisposed &&
        tensorMap.get(held.variable.dataId) === held.record,
    );
  }

  #standFor(held: Held): void {
    const { variable } = held;
    const others = (): CurrentlyHeld[] =>
      this.#unfetched().filter((other) => other.record !== record);
    const record: HeldRecord = new HeldRecord(variable, () =>
      this.#fetch([{ ...held, record }, ...others()]),
    );
    const dataId = {};
    traceableBackend().tensorMap.set(dataId, record);
    tf.tidy(() =>
      variable.assign(
        tf
          .engine()
          .makeTensorFromTensorInfo({ dataId, shape: variable.shape, dtype: variable.dtype }),
      ),
    );
    record.forget();
    held.record = record;
  }

  #write(held: readonly Held[]): void {
    const { binding } = traceableBackend();
    const ids = traceableBackend().getInputTensorIds(held.map(({ variable }) => variable));
    const feeds = held.map(({ index }) => pushed(index));
    const fetches = held.map(({ index }) => pushDone(index));
    for (const { id } of binding.runSavedModel(this.session, ids, feeds.join(), fetches.join()))
      binding.deleteTensor(id);
  }

  /** Fetches in one call. */
  #fetch(held: readonly CurrentlyHeld[]): void {
    if (held.length === 0) return;
    const outputs = traceableBackend().binding.runSavedModel(
      this.session,
      [],
      "",
      held.map(({ index }) => pulled(index)).join(),
    );
    outputs.forEach(({ id }, i) => held[i]?.record.fill(id));
  }
}
