import * as tf from "../backend/tf";
import { pure } from "../compile/pure";
import type { Objective } from "./objective";

/**
 * The Wasserstein game (Arjovsky et al., arXiv 1701.07875, eq. 2 and algorithm 1): the critic widens the gap between its
 * means, E f(x) - E f(G(z)), and the generator raises E f(G(z)). The critic must be Lipschitz: add `weightClipping` as
 * a constraint, or `gradientPenalty` as a regularizer.
 */
export const wasserstein: Objective = pure({
  name: "Wasserstein",
  critic: true,
  discriminatorLoss: (realLogits, fakeLogits) =>
    tf.tidy((): tf.Scalar => tf.sub(tf.mean(fakeLogits), tf.mean(realLogits))),
  generatorLoss: (fakeLogits) => tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(fakeLogits))),
});
