import * as tf from "../backend/tf";
import { pure } from "../compile/pure";
import { squaredGradientNorms } from "./inputGradient";
import type { Regularizer, RegularizerContext } from "./regularizer";

/** Added below the root, whose slope at 0 is infinite: a critic without a slope is penalised, not turned into NaN. */
const EPSILON = 1e-12;

/**
 * The gradient penalty (Gulrajani et al., arXiv 1704.00028, eq. 3): weight E (|grad D(x)| - 1)^2 at points x between a
 * real and a generated sample, with one place in between, uniform in [0, 1), a pair.
 *
 * @param options `weight` is the paper's lambda, at least 0; default 10.
 * @returns A regularizer. It throws an Error when real and generated samples differ in shape, or when the discriminator
 *   uses an operation that cannot be differentiated twice.
 */
export function gradientPenalty({ weight = 10 }: { readonly weight?: number } = {}): Regularizer {
  if (!(weight >= 0))
    throw new RangeError(`gradientPenalty: the weight must be at least 0, got ${weight}.`);
  const penalty = ({ discriminate, real, fake, random }: RegularizerContext): tf.Scalar =>
    tf.tidy((): tf.Scalar => {
      tf.util.assertShapesMatch(
        real.shape,
        fake.shape,
        "gradientPenalty: real and generated samples must match. ",
      );
      const place = random.uniform([real.shape[0], ...real.shape.slice(1).map(() => 1)]); // [N, 1, ...]
      const between = tf.add(real, tf.mul(place, tf.sub(fake, real)));
      const norms = tf.sqrt(
        tf.add(squaredGradientNorms("gradientPenalty", discriminate, between), EPSILON),
      ); // [N]
      return tf.mul(weight, tf.mean(tf.square(tf.sub(norms, 1))));
    });
  return pure(penalty, { weight });
}
