import * as tf from "../backend/tf";
import { isPure, pure } from "../compile/pure";
import type { Objective } from "./objective";

/**
 * The game in which the generator's loss is the negative of the discriminator's, real samples included. Against a
 * discriminator that is held fixed the real part has no gradient for the generator; against one that answers, as in an
 * unrolled GAN, it has (Metz et al., arXiv 1611.02163, equation 9).
 *
 * @param objective Where the discriminator's loss comes from.
 * @returns An objective whose generator's loss throws Error without real logits.
 */
export function zeroSum(objective: Objective): Objective {
  const made: Objective = {
    name: `zero-sum ${objective.name}`,
    ...(objective.critic && { critic: true }),
    usesRealLogits: true,
    discriminatorLoss: (realLogits, fakeLogits) =>
      objective.discriminatorLoss(realLogits, fakeLogits),
    generatorLoss: (fakeLogits, realLogits) => {
      if (realLogits === undefined)
        throw new Error("zeroSum: the generator's loss needs the real logits as well.");
      return tf.tidy(() => tf.neg(objective.discriminatorLoss(realLogits, fakeLogits)));
    },
  };
  return isPure(objective) ? pure(made) : made;
}
