import * as tf from "../backend/tf";
import { pure } from "../compile/pure";
import type { Objective } from "./objective";

/**
 * The hinge game (Lim and Ye, arXiv 1705.02894; Miyato et al., arXiv 1802.05957, eq. 16 and 17): the discriminator
 * minimises E max(0, 1 - D(x)) + E max(0, 1 + D(G(z))), so that samples beyond the margin no longer pull; the generator
 * minimises -E D(G(z)). D is the logit.
 */
export const hinge: Objective = pure({
  name: "hinge",
  discriminatorLoss: (realLogits, fakeLogits) =>
    tf.tidy((): tf.Scalar =>
      tf.add(tf.mean(tf.relu(tf.sub(1, realLogits))), tf.mean(tf.relu(tf.add(1, fakeLogits)))),
    ),
  generatorLoss: (fakeLogits) => tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(fakeLogits))),
});
