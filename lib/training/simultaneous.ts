/** One gradient step of both players at once, the protocol of PacGAN's experiments with mixtures. */
import * as tf from "../backend/tf";
import { pack } from "../ops/pack";
import { sampleLatent, type Game } from "./game";
import {
  applyTraining,
  discriminatorGradients,
  logitsForGenerator,
  moveDiscriminator,
  trainableVariables,
} from "./updates";

/** What {@link updateSimultaneously} takes. */
export interface SimultaneousOptions {
  /** m, how many samples the discriminator judges at once (see `pack`). Default 1. */
  readonly packSize?: number;
}

/**
 * Updates both players once, each against the other as it was before, on the same real and generated samples (Lin et al.,
 * PacGAN, arXiv 1712.04086, section 4.1).
 *
 * @param real Real samples [m N, …], of which the discriminator sees N packs; not disposed.
 * @returns [discriminator's loss with its regularizers, mean D(x), mean D(G(z)), generator's loss], all before the
 *   updates. The caller disposes it.
 * @throws Error when packSize does not divide the number of samples.
 */
export function updateSimultaneously(
  game: Game,
  real: tf.Tensor,
  { packSize = 1 }: SimultaneousOptions = {},
): tf.Tensor1D {
  const { generator, discriminator, objective } = game;
  return tf.tidy(() => {
    const realPacks = pack(real, packSize);
    const z = sampleLatent(generator, real.shape[0], game.random); // [m N, latentDim]
    const realLogits = logitsForGenerator(game, realPacks);
    const generated: tf.Tensor[] = [];
    const ofGenerator = tf.variableGrads(() => {
      const fakePacks = pack(applyTraining(generator, z), packSize);
      generated.push(tf.keep(fakePacks));
      return objective.generatorLoss(applyTraining(discriminator, fakePacks), realLogits);
    }, trainableVariables(generator));

    const { grads, measured } = discriminatorGradients(game, realPacks, generated[0]!);
    tf.dispose(generated);
    game.generatorOptimizer.applyGradients(ofGenerator.grads);
    moveDiscriminator(game, grads);
    return tf.stack([...measured, ofGenerator.value]) as tf.Tensor1D;
  });
}
