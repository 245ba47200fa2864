import * as tf from "../backend/tf";
import { pure } from "../compile/pure";
import { minimax } from "./minimax";
import type { Objective } from "./objective";

/**
 * The non-saturating game (Goodfellow et al., arXiv 1406.2661, section 3): the discriminator's loss is that
 * of the minimax game; the generator minimises -log D(G(z)) = softplus(-logit) instead, which has the
 * same fixed point and strong gradients where the discriminator is sure.
 */
export const nonSaturating: Objective = pure({
  name: "non-saturating",
  discriminatorLoss: (realLogits, fakeLogits) => minimax.discriminatorLoss(realLogits, fakeLogits),
  generatorLoss: (fakeLogits) => tf.tidy(() => tf.mean(tf.softplus(tf.neg(fakeLogits)))),
});
