/** The game of pix2pix (Isola et al., arXiv 1611.07004): images from images, by pairs. */
import type * as tf from "../backend/tf";
import { nonSaturating } from "../objectives/nonSaturating";
import type { Objective } from "../objectives/objective";
import {
  absoluteDifference,
  playOne,
  requireSamples,
  turns,
  weighted,
  type Made,
  type Rules,
} from "./players";
import type { Step } from "./step";

/** The networks of pix2pix, and how they learn. */
export interface Pix2PixGame {
  /** From sources [N, ...] to targets [N, ...]. */
  readonly generator: tf.LayersModel;
  /** From [sources, targets] to logits; how a target is judged beside its source. */
  readonly discriminator: tf.LayersModel;
  /** Default: `nonSaturating`, the paper's. */
  readonly objective?: Objective;
  readonly generatorOptimizer: tf.Optimizer;
  readonly discriminatorOptimizer: tf.Optimizer;
  readonly weights?: Pix2PixWeights;
}

/** What each loss counts for. */
export interface Pix2PixWeights {
  /** Of the game; 0 leaves the discriminator out, as in the paper's ablation. Default 1. */
  readonly adversarial?: number;
  /** Lambda of the paper's equation 4: of the mean absolute difference to the target; 0 leaves it out. Default 100. */
  readonly reconstruction?: number;
}

/** A batch of pairs. */
export interface PairBatch {
  /** [N, height, width, channels] in [-1, 1]. */
  readonly source: tf.Tensor;
  /** [N, height, width, channels] in [-1, 1], the target of each source. */
  readonly target: tf.Tensor;
}

/** What a step of pix2pix measures, before it; without their weights. */
export type Pix2PixMeasures = {
  readonly generatorLoss?: tf.Scalar;
  readonly reconstructionLoss?: tf.Scalar;
  readonly discriminatorLoss?: tf.Scalar;
};

/** "We divide the objective by 2 while optimizing D, which slows down the rate at which D learns" (section 3.3). */
const SLOWER = 0.5;

/**
 * A step of pix2pix: the generator moves down its adversarial loss plus lambda times the mean absolute difference to the
 * target (equation 4), then the discriminator down half of its loss on real and generated pairs. The paper moves D
 * first; here G does, as in CycleGAN's code, so that one pass of G serves both.
 *
 * @throws From a step, Error for batches of other shapes, RangeError for images outside [-1, 1].
 */
export function pix2pix(game: Pix2PixGame): Step<PairBatch, Pix2PixMeasures> {
  const { generator, objective = nonSaturating, weights = {} } = game;
  return turns<PairBatch, Pix2PixMeasures>(game, {
    rules: () => rulesOf(game),
    requires: ([batch], at) => {
      const { source, target } = batch as PairBatch;
      requireSamples(
        [
          { name: "source", tensor: source, shape: generator.inputs[0]!.shape },
          { name: "target", tensor: target, shape: generator.outputs[0]!.shape },
        ],
        at,
      );
    },
    objective,
    settings: { ...weights },
  });
}

function rulesOf({
  generator,
  discriminator,
  objective = nonSaturating,
  generatorOptimizer,
  discriminatorOptimizer,
  weights: { adversarial = 1, reconstruction = 100 } = {},
}: Pix2PixGame): Rules<PairBatch> {
  const judged = (source: tf.Tensor, image: tf.Tensor): tf.Tensor =>
    playOne(discriminator, source, image);
  return {
    generators: { name: "generator", networks: [generator], optimizer: generatorOptimizer },
    discriminators: {
      name: "discriminator",
      networks: adversarial === 0 ? [] : [discriminator],
      optimizer: discriminatorOptimizer,
    },
    generate: ({ source, target }) => {
      const fake = playOne(generator, source);
      const real = objective.usesRealLogits === true ? judged(source, target) : undefined;
      const terms = {
        generatorLoss: weighted(adversarial, () =>
          objective.generatorLoss(judged(source, fake), real),
        ),
        reconstructionLoss: weighted(reconstruction, () => absoluteDifference(fake, target)),
      };
      return { made: { fake }, terms };
    },
    judge: ({ source, target }, { fake }: Made) => ({
      discriminatorLoss: {
        loss: objective.discriminatorLoss(judged(source, target), judged(source, fake!)),
        weight: SLOWER,
      },
    }),
  };
}
