import * as tf from "../backend/tf";
import { refuseUnsafe } from "./unsafeOperations";

/**
 * The squared length of each sample's gradient: the sum over a sample's elements of (d D(x) / d x)^2.
 *
 * @param user The regularizer that asks; named in errors.
 * @param samples [N, ...].
 * @returns [N]; the caller disposes it.
 * @throws Error when the discriminator uses an operation that cannot be differentiated twice.
 */
export function squaredGradientNorms(
  user: string,
  discriminate: (samples: tf.Tensor) => tf.Tensor,
  samples: tf.Tensor,
): tf.Tensor1D {
  return tf.tidy(() => {
    const total = (x: tf.Tensor): tf.Tensor => tf.sum(refuseUnsafe(user, () => discriminate(x)));
    const gradients = tf.reshape(tf.grad(total)(samples), [samples.shape[0], -1]); // [N, elements]
    return tf.sum<tf.Tensor1D>(tf.square(gradients), 1);
  });
}
