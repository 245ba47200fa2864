/** The game of Gated-GAN (Chen et al., arXiv 1904.02296): one network, many styles, without pairs. */
import * as tf from "../backend/tf";
import { leastSquares } from "../objectives/leastSquares";
import type { Objective } from "../objectives/objective";
import { softmaxCrossEntropy } from "../ops/crossEntropy";
import { requireClasses } from "./guards";
import {
  absoluteDifference,
  play,
  playOne,
  requireSamples,
  turns,
  weighted,
  type Made,
  type Rules,
} from "./players";
import type { Step } from "./step";

/** The networks of Gated-GAN, and how they learn. */
export interface GatedGame {
  /** From [images, gates [N, styles]] to images (see `gatedGenerator`). */
  readonly generator: tf.LayersModel;
  /** From images to [logits, style logits [N, styles]] (see `styleDiscriminator`). */
  readonly discriminator: tf.LayersModel;
  /** Default: `leastSquares`, the paper's code's; that code's real label of 0.9 is not taken over. */
  readonly objective?: Objective;
  readonly generatorOptimizer: tf.Optimizer;
  readonly discriminatorOptimizer: tf.Optimizer;
  /** Images made earlier, which the discriminator is shown (see `imagePool`). Default: it sees the latest. */
  readonly pool?: tf.LayersModel;
  readonly weights?: GatedWeights;
}

/** What each loss counts for. */
export interface GatedWeights {
  /** Of the game. Default 2: `leastSquares` halves the generator's loss, and the paper's code does not. */
  readonly adversarial?: number;
  /** Of the cross-entropy of the style, in both players; 0 leaves it out. Default 1. */
  readonly style?: number;
  /** Of the mean absolute difference that the network makes with all gates closed; 0 leaves it out. Default 10. */
  readonly autoencoder?: number;
  /** Of the total variation, which keeps images smooth; 0 leaves it out. Default 1e-6. */
  readonly variation?: number;
}

/** A batch of contents and of styles; nothing belongs together. */
export interface StyleBatch {
  /** What is to be drawn anew [N, height, width, channels] in [-1, 1]. */
  readonly content: tf.Tensor;
  /** Images of the styles [N, height, width, channels] in [-1, 1]. */
  readonly style: tf.Tensor;
  /** The style of each of these [N], which the content at its place is drawn in: whole numbers from 0. */
  readonly labels: tf.Tensor;
}

/** What a step of Gated-GAN measures, before it; without weights, and without what is left out. */
export type GatedMeasures = {
  readonly generatorLoss: tf.Scalar;
  readonly generatorStyleLoss?: tf.Scalar;
  readonly autoencoderLoss?: tf.Scalar;
  readonly variationLoss?: tf.Scalar;
  readonly discriminatorLoss: tf.Scalar;
  readonly discriminatorStyleLoss?: tf.Scalar;
};

/**
 * A step of Gated-GAN: the generator draws each content in the style whose gate is open, and moves down the adversarial
 * loss, the style's cross-entropy, the autoencoder's loss with closed gates and the total variation (section 3); then the
 * discriminator, which also learns to name the style of real images. Generated ones do not teach it styles.
 *
 * @throws From a step, Error for batches of other shapes, RangeError for images outside [-1, 1] and labels that are no style.
 */
export function gatedGan(game: GatedGame): Step<StyleBatch, GatedMeasures> {
  const { generator, discriminator, objective = leastSquares, weights = {} } = game;
  return turns<StyleBatch, GatedMeasures>(game, {
    rules: () => rulesOf(game),
    requires: ([batch], at) => {
      const { content, style, labels } = batch as StyleBatch;
      requireSamples(
        [
          { name: "content", tensor: content, shape: generator.inputs[0]!.shape },
          { name: "style", tensor: style, shape: discriminator.inputs[0]!.shape },
        ],
        at,
      );
      requireClasses(labels, {
        count: content.shape[0],
        classes: stylesOf(generator),
        where: at.where,
      });
    },
    objective,
    settings: { ...weights },
  });
}

const stylesOf = (generator: tf.LayersModel): number => generator.inputs[1]!.shape[1]!;

/** Gates of which one is open, [N, styles]. */
function openGates(labels: tf.Tensor, styles: number): tf.Tensor {
  return tf.cast(tf.oneHot(tf.cast(tf.reshape(labels, [-1]), "int32"), styles), "float32");
}

/** The mean over the images of the sum of the absolute differences of neighbouring pixels. */
function totalVariation(images: tf.Tensor): tf.Scalar {
  const [count, height, width, channels] = images.shape as [number, number, number, number];
  const part = (top: number, left: number, rows: number, columns: number): tf.Tensor =>
    tf.slice(images, [0, top, left, 0], [count, rows, columns, channels]);
  const down = tf.sub(part(1, 0, height - 1, width), part(0, 0, height - 1, width));
  const right = tf.sub(part(0, 1, height, width - 1), part(0, 0, height, width - 1));
  return tf.div(tf.add(tf.sum(tf.abs(down)), tf.sum(tf.abs(right))), count);
}

function rulesOf(game: GatedGame): Rules<StyleBatch> {
  const { generator, discriminator, objective = leastSquares, pool, weights = {} } = game;
  const { style: styleWeight = 1 } = weights;
  const gatesOf = ({ labels }: StyleBatch): tf.Tensor => openGates(labels, stylesOf(generator));
  return {
    generators: {
      name: "generator",
      networks: [generator],
      optimizer: game.generatorOptimizer,
    },
    discriminators: {
      name: "discriminator",
      networks: [discriminator],
      optimizer: game.discriminatorOptimizer,
    },
    generate: (batch) => generate(game, batch, gatesOf(batch)),
    judge: (batch, { fake }: Made) => {
      const [real, named] = play(discriminator, batch.style);
      const [fakeLogits] = play(discriminator, pool === undefined ? fake! : playOne(pool, fake!));
      return {
        discriminatorLoss: { loss: objective.discriminatorLoss(real!, fakeLogits!), weight: 1 },
        discriminatorStyleLoss: weighted(styleWeight, () =>
          softmaxCrossEntropy(gatesOf(batch), named!),
        ),
      };
    },
  };
}

function generate(
  { generator, discriminator, objective = leastSquares, weights = {} }: GatedGame,
  { content, style }: StyleBatch,
  gates: tf.Tensor,
): ReturnType<Rules<StyleBatch>["generate"]> {
  const { adversarial = 2, style: styleWeight = 1, autoencoder = 10, variation = 1e-6 } = weights;
  const fake = playOne(generator, content, gates);
  const [logits, named] = play(discriminator, fake);
  const real = objective.usesRealLogits === true ? play(discriminator, style)[0] : undefined;
  const terms = {
    generatorLoss: { loss: objective.generatorLoss(logits!, real), weight: adversarial },
    generatorStyleLoss: weighted(styleWeight, () => softmaxCrossEntropy(gates, named!)),
    autoencoderLoss: weighted(autoencoder, () =>
      absoluteDifference(playOne(generator, content, tf.zerosLike(gates)), content),
    ),
    variationLoss: weighted(variation, () => totalVariation(fake)),
  };
  return { made: { fake }, terms };
}
