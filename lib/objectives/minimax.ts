import * as tf from "../backend/tf";
import { pure } from "../compile/pure";
import type { Objective } from "./objective";

/**
 * The minimax game (Goodfellow et al., arXiv 1406.2661, eq. 1), in logits by softplus:
 * -log D(x) = softplus(-logit) and -log(1 - D(G(z))) = softplus(logit), which stay finite for any logit.
 * The generator minimises log(1 - D(G(z))), whose gradient vanishes where the discriminator is sure (section 3).
 */
export const minimax: Objective = pure({
  name: "minimax",
  discriminatorLoss: (realLogits, fakeLogits) =>
    tf.tidy((): tf.Scalar =>
      tf.add(tf.mean(tf.softplus(tf.neg(realLogits))), tf.mean(tf.softplus(fakeLogits))),
    ),
  generatorLoss: (fakeLogits) => tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(tf.softplus(fakeLogits)))),
});
