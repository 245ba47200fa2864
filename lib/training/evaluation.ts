import { requireCount } from "../backend/require";
import type { RandomState, RandomStream } from "../ops/random";

/** What {@link evaluateEvery} takes. */
export interface EvaluationOptions<Result> {
  /** Evaluate at each multiple of this many steps. */
  readonly every: number;
  /** The stream that the training draws from. */
  readonly random: RandomStream;
  /**
   * Looks at the networks and changes nothing: `model.predict(…)`, not `apply(…, { training: true })`.
   *
   * @param random A stream of its own, the same numbers each time: what changes is the network, not the sample.
   */
  readonly evaluate: (random: RandomStream, step: number) => Result | Promise<Result>;
}

function sameState(a: RandomState, b: RandomState): boolean {
  return a.words.every((word, i) => word === b.words[i]);
}

/**
 * Evaluates while training: call what is returned after each step, and await it. It evaluates when it is time to, and
 * the training goes on exactly as it would without.
 *
 * @returns The result at each multiple of `every`, else undefined.
 * @throws RangeError when `every` is not a whole number of at least 1; from a call, Error when `evaluate` drew from the
 *   training's stream.
 */
export function evaluateEvery<Result>(
  options: EvaluationOptions<Result>,
): (step: number) => Promise<Result | undefined> {
  const { every, random, evaluate } = options;
  requireCount("evaluateEvery: every", every);
  return async (step) => {
    if (step % every !== 0) return undefined;
    const before = random.state();
    const result = await evaluate(random.split("evaluation"), step);
    if (sameState(random.state(), before)) return result;
    throw new Error(
      "evaluateEvery: evaluate drew from the training's random stream, which changes the training; draw from the stream that it is given.",
    );
  };
}
