import { requireCount } from "../backend/require";
import type * as tf from "../backend/tf";
import { isPure, pure } from "../compile/pure";
import { pack } from "../ops/pack";
import { takesLabels, viewOf, type Game } from "./game";

/**
 * The game with a discriminator of packs (Lin et al., PacGAN, arXiv 1712.04086, section 2.1): it judges `size` samples at
 * once, of which all are real or all are generated. A batch has `size` times as many samples as it has packs.
 *
 * @param game Its discriminator takes packs, [N, ..., size * channels] (see `pack`).
 * @param size m, how many samples a pack holds.
 * @throws RangeError when size is no whole number of at least 1; Error for a discriminator that takes labels, which packs
 *   have not; from a step, Error when size does not divide the number of samples.
 */
export function packed(game: Game, size: number): Game {
  requireCount("packed: size", size);
  if (takesLabels(game.discriminator))
    throw new Error(
      `packed: the discriminator "${game.discriminator.name}" takes labels, and a pack of ${size} samples has no label of its own; use one without.`,
    );
  if (size === 1) return game;
  const view = (samples: tf.Tensor): tf.Tensor => pack(viewOf(game, samples), size);
  return { ...game, view: game.view === undefined || isPure(game.view) ? pure(view) : view };
}
