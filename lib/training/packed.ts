/** One gradient step of each player in turn, where the discriminator judges packs: PacGAN's experiments on images. */
import * as tf from "../backend/tf";
import { pack } from "../ops/pack";
import { sampleLatent, type Game } from "./game";
import {
  applyTraining,
  descendDiscriminator,
  descendGenerator,
  logitsForGenerator,
} from "./updates";

/** What {@link updatePackedDiscriminator} and {@link updatePackedGenerator} take. */
export interface PackedOptions {
  /** m, how many samples the discriminator judges at once (see `pack`). */
  readonly packSize: number;
  /** Draws latent vectors [count, latentDim]. Default: `sampleLatent`. */
  readonly latent?: (count: number) => tf.Tensor2D;
}

const fakePacks = (game: Game, samples: number, { packSize, latent }: PackedOptions): tf.Tensor =>
  pack(
    applyTraining(
      game.generator,
      latent?.(samples) ?? sampleLatent(game.generator, samples, game.random),
    ),
    packSize,
  );

/**
 * Updates a discriminator of packs once (Lin et al., PacGAN, arXiv 1712.04086, section 2.1); `updateDiscriminator` otherwise.
 *
 * @param real Real samples [m N, …], of which the discriminator sees N packs; not disposed.
 * @returns [loss with its regularizers, mean D(x), mean D(G(z))], all before the update. The caller disposes it.
 * @throws Error when packSize does not divide the number of samples.
 */
export function updatePackedDiscriminator(
  game: Game,
  real: tf.Tensor,
  options: PackedOptions,
): tf.Tensor1D {
  return tf.tidy(() => {
    const fake = fakePacks(game, real.shape[0], options); // outside of the tape: G gets no gradient here
    return descendDiscriminator(game, pack(real, options.packSize), fake);
  });
}

/**
 * Updates the generator once against a discriminator of packs, which stays as it is; `updateGenerator` otherwise.
 *
 * @param real As for {@link updatePackedDiscriminator}; for their number and for objectives that look at them.
 * @returns The generator's loss before the update, a scalar that the caller disposes.
 */
export function updatePackedGenerator(
  game: Game,
  real: tf.Tensor,
  options: PackedOptions,
): tf.Scalar {
  return tf.tidy(() => {
    const realLogits = logitsForGenerator(game, pack(real, options.packSize));
    return descendGenerator(game, () =>
      game.objective.generatorLoss(
        applyTraining(game.discriminator, fakePacks(game, real.shape[0], options)),
        realLogits,
      ),
    );
  });
}
