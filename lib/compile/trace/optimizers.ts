/** What a step's graph depends on in the optimizers that it uses. */
import * as tf from "../../backend/tf";
import { withUndo } from "../../backend/undo";

type Fields = Record<string, unknown>;

/** tf.js counts updates in JavaScript, where a graph does not reach. */
interface Counting {
  iterations_?: number;
  incrementIterations: (this: Counting) => void;
}

const fieldsOf = (optimizer: tf.Optimizer): Fields => optimizer as unknown as Fields;

/** Fields that may change from call to call without a new graph. */
const FED_FIELDS = new Set(["iterations_", "learningRate"]);

/** Runs `body`, and reports each update by an optimizer in it. */
export function listenToUpdates<Result>(
  updated: (optimizer: tf.Optimizer) => void,
  body: () => Result,
): Result {
  const counting = tf.Optimizer.prototype as unknown as Counting;
  const count = counting.incrementIterations;
  counting.incrementIterations = function () {
    count.call(this);
    updated(this as unknown as tf.Optimizer);
  };
  return withUndo(() => {
    counting.incrementIterations = count;
  }, body);
}

/** Says how many updates an optimizer has made. */
export function setUpdates(optimizer: tf.Optimizer, updates: number): void {
  (optimizer as unknown as Counting).iterations_ = updates;
}

/** The learning rate where the optimizer keeps it as a number. */
export function learningRateOf(optimizer: tf.Optimizer): number | undefined {
  const { learningRate } = fieldsOf(optimizer);
  return typeof learningRate === "number" ? learningRate : undefined;
}

/**
 * Runs `body`, and reports each reading of the optimizer's learning rate in it. Assigning the rate meanwhile is
 * reported too, and changes nothing.
 */
export function listenToLearningRate<Result>(
  optimizer: tf.Optimizer,
  { read, assigned }: { read: (rate: number) => void; assigned: () => void },
  body: () => Result,
): Result {
  const rate = learningRateOf(optimizer);
  if (rate === undefined) return body();
  const get = (): number => {
    read(rate);
    return rate;
  };
  Object.defineProperty(optimizer, "learningRate", {
    get,
    set: assigned,
    configurable: true,
    enumerable: true,
  });
  return withUndo(() => {
    Object.defineProperty(optimizer, "learningRate", {
      value: rate,
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }, body);
}

/** Tensors that an optimizer keeps, such as SGD's negative learning rate, by field; not its variables. */
export function keptTensors(optimizer: tf.Optimizer): [field: string, tensor: tf.Tensor][] {
  return Object.entries(fieldsOf(optimizer)).flatMap(([field, value]) =>
    value instanceof tf.Tensor && !(value instanceof tf.Variable)
      ? [[field, value] as [string, tf.Tensor]]
      : [],
  );
}

/** The tensor in a field that {@link keptTensors} named. */
export function keptTensor(optimizer: tf.Optimizer, field: string): tf.Tensor {
  return fieldsOf(optimizer)[field] as tf.Tensor;
}

function slotsOf(value: unknown): unknown[] {
  if (value instanceof tf.Variable) return [value];
  return Array.isArray(value)
    ? value.map((entry) => (entry as { variable?: unknown } | null)?.variable)
    : [];
}

/** An optimizer as a graph was made for it: constants such as beta, and which variables are its slots. */
export class OptimizerSnapshot {
  readonly #constants: readonly unknown[];

  /** @param rateIsFixed Whether the graph holds the learning rate, because the step computed with it in JavaScript. */
  constructor(
    readonly optimizer: tf.Optimizer,
    private readonly rateIsFixed: boolean,
  ) {
    this.#constants = this.#read();
  }

  /** Whether the graph still fits: not so after a constant changed or `setWeights` made new slots. */
  holds(): boolean {
    const now = this.#read();
    return (
      now.length === this.#constants.length &&
      now.every((value, i) => Object.is(value, this.#constants[i]))
    );
  }

  #read(): unknown[] {
    const numbers = Object.entries(fieldsOf(this.optimizer)).filter(
      ([field, value]) =>
        ["number", "boolean"].includes(typeof value) &&
        (!FED_FIELDS.has(field) || (this.rateIsFixed && field === "learningRate")),
    );
    return [
      ...numbers.map(([, value]) => value),
      ...Object.values(fieldsOf(this.optimizer)).flatMap(slotsOf),
    ];
  }
}
