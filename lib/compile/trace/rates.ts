import type * as tf from "../../backend/tf";

/** A learning rate between the step's reading of it and the kernel that takes it. */
interface Rate {
  readonly optimizer: tf.Optimizer;
  readonly value: number;
}

/** Finds the constants that are learning rates: the first scalar after a rate was read should be the rate, or its negative. */
export class ExpectedRate {
  /** Optimizers whose learning rate the step computed with in JavaScript, so that the graph holds it. */
  readonly fixed = new Set<tf.Optimizer>();
  #expected: Rate | undefined;

  /** Notes that a rate was read. */
  read(optimizer: tf.Optimizer, value: number): void {
    this.settle();
    this.#expected = { optimizer, value };
  }

  /** The optimizer, and the rate's sign, if a scalar is the rate that was read. */
  take(scalar: number): { readonly optimizer: tf.Optimizer; readonly sign: 1 | -1 } | undefined {
    const expected = this.#expected;
    if (expected === undefined || Math.abs(scalar) !== Math.abs(Math.fround(expected.value)))
      return undefined;
    this.#expected = undefined;
    return { optimizer: expected.optimizer, sign: scalar === Math.fround(expected.value) ? 1 : -1 };
  }

  /** A rate that was read, and of which no tensor was made, was computed with. */
  settle(): void {
    if (this.#expected !== undefined) this.fixed.add(this.#expected.optimizer);
    this.#expected = undefined;
  }
}
