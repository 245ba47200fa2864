import * as tf from "../backend/tf";
import { pure } from "../compile/pure";
import type { Objective } from "./objective";

/**
 * The least-squares game (Mao et al., arXiv 1611.04076, eq. 9: a = 0, b = c = 1): the discriminator minimises
 * E (D(x) - 1)^2 / 2 + E D(G(z))^2 / 2, the generator E (D(G(z)) - 1)^2 / 2. D is the logit.
 */
export const leastSquares: Objective = pure({
  name: "least squares",
  discriminatorLoss: (realLogits, fakeLogits) =>
    tf.tidy((): tf.Scalar =>
      tf.div(tf.add(tf.mean(tf.square(tf.sub(realLogits, 1))), tf.mean(tf.square(fakeLogits))), 2),
    ),
  generatorLoss: (fakeLogits) =>
    tf.tidy((): tf.Scalar => tf.div(tf.mean(tf.square(tf.sub(fakeLogits, 1))), 2)),
});
