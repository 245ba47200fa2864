/** One gradient step of both players at once, the protocol of PacGAN's experiments with mixtures. */
import * as tf from "../backend/tf";
import { pack } from "../ops/pack";
import { sampleLatent, type Game } from "./game";
import { applyTraining, regularized, trainableVariables } from "./updates";

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
export function updateSimultaneously(game: Game, real: tf.Tensor, { packSize = 1 }: SimultaneousOptions = {}): tf.Tensor1D {
  const { generator, discriminator, objective } = game;
  return tf.tidy(() => {
    const realPacks = pack(real, packSize);
    const z = sampleLatent(generator, real.shape[0], game.random); // [m N, latentDim]
    const kept: tf.Tensor[] = [];
    const keep = (x: tf.Tensor): tf.Tensor => (kept.push(tf.keep(x)), x);

    const needsReal = objective.generatorLoss.length > 1;
    const judged = needsReal ? applyTraining(discriminator, realPacks) : undefined;
    const ofGenerator = tf.variableGrads(() => {
      const fakePacks = keep(pack(applyTraining(generator, z), packSize));
      return objective.generatorLoss(applyTraining(discriminator, fakePacks), judged);
    }, trainableVariables(generator));

    const fakePacks = kept[0]!;
    const ofDiscriminator = tf.variableGrads(() => {
      const realLogits = keep(applyTraining(discriminator, realPacks)); // [N, 1]
      const fakeLogits = keep(applyTraining(discriminator, fakePacks)); // [N, 1]
      return regularized(game, objective.discriminatorLoss(realLogits, fakeLogits), realPacks, fakePacks);
    }, trainableVariables(discriminator));

    game.generatorOptimizer.applyGradients(ofGenerator.grads);
    game.discriminatorOptimizer.applyGradients(ofDiscriminator.grads);
    for (const constrain of game.constraints ?? []) constrain(discriminator);
    const probabilities = kept.slice(1).map((logits) => tf.mean(tf.sigmoid(logits)));
    tf.dispose(kept);
    return tf.stack([ofDiscriminator.value, ...probabilities, ofGenerator.value]) as tf.Tensor1D;
  });
}
