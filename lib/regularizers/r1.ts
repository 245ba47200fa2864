import * as tf from "../backend/tf";
import { pure } from "../compile/pure";
import { squaredGradientNorms } from "./inputGradient";
import type { Regularizer, RegularizerContext } from "./regularizer";

/**
 * The R1 penalty (Mescheder et al., arXiv 1801.04406, eq. 9): weight / 2 E |grad D(x)|^2 at real samples.
 *
 * @param options `weight` is the paper's gamma, at least 0; default 10.
 * @returns A regularizer. It throws an Error when the discriminator uses an operation that cannot be differentiated twice.
 */
export function r1({ weight = 10 }: { readonly weight?: number } = {}): Regularizer {
  if (!(weight >= 0)) throw new RangeError(`r1: the weight must be at least 0, got ${weight}.`);
  const penalty = ({ discriminate, real }: RegularizerContext): tf.Scalar =>
    tf.tidy(() => tf.mul(weight / 2, tf.mean(squaredGradientNorms("r1", discriminate, real))));
  return pure(penalty, { weight });
}
