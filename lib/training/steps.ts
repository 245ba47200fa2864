/** The steps of a game: whose turn it is, how often, and what it looks at. */
import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import { isPure } from "../compile/pure";
import { decisionsOf } from "./decisions";
import {
  drawLatent,
  viewOf,
  type Batch,
  type DiscriminatorMeasures,
  type Game,
  type GameMeasures,
  type GeneratorMeasures,
} from "./game";
import { requireBatch, requireLogits } from "./guards";
import { inTurn, type Part, type Step } from "./step";
import { updateUnrolledGenerator, type UnrollOptions } from "./unrolled";
import {
  applyTraining,
  discriminatorGradients,
  lossAndGradients,
  logitsForGenerator,
  moveDiscriminator,
  moveGenerator,
  trainableVariables,
  updateDiscriminator,
  updateGenerator,
} from "./updates";

/** How many updates of each player make a step of {@link alternating}. */
export interface AlternatingOptions {
  /** Discriminator updates a step: k in algorithm 1 of arXiv 1406.2661. Default 1. */
  readonly discriminatorSteps?: number;
  /** Generator updates a step. Default 1. */
  readonly generatorSteps?: number;
}

/** A step of more updates is not made one graph, since noting a step takes time for each. */
const MOST_IN_A_GRAPH = 8;

/** How charts name what a game's steps measure. */
function labelsFor({ objective }: Game): NonNullable<Step<Batch, GameMeasures>["labels"]> {
  return objective.critic === true
    ? {
        discriminatorLoss: "critic loss",
        realScore: "f(x), real",
        fakeScore: "f(G(z)), generated",
      }
    : { realProbability: "D(x), real", fakeProbability: "D(G(z)), generated" };
}

/** A step of one update on one batch. */
function single<M extends GameMeasures | DiscriminatorMeasures | GeneratorMeasures>(
  game: Game,
  update: (game: Game, batch: Batch) => M,
): Step<Batch, M> {
  requireLogits(game);
  return {
    batches: 1,
    take: ([batch]) => update(game, batch as Batch),
    labels: labelsFor(game),
    requires: ([batch], at) => requireBatch(game, batch as Batch, at),
    decidesBy: () => decisionsOf(game),
    pure: functionsOf(game).every(isPure) || undefined,
  };
}

/** Everything of a game that its maker wrote as code. */
function functionsOf({ objective, view, latent, ...game }: Game): object[] {
  const { regularizers = [], constraints = [] } = game;
  const others = [view, latent].filter((one) => one !== undefined);
  return [objective, ...regularizers, ...constraints, ...others];
}

/** The discriminator's update alone: the generator stays as it is. */
export function discriminatorAlone(game: Game): Step<Batch, DiscriminatorMeasures> {
  return single(game, updateDiscriminator);
}

/** The generator's update alone: the discriminator stays as it is. */
export function generatorAlone(game: Game): Step<Batch, GeneratorMeasures> {
  return single(game, updateGenerator);
}

/**
 * k discriminator updates, each on a batch of its own, then the generator's on the last of them (algorithm 1 of arXiv
 * 1406.2661). What is measured is that of each player's last update.
 *
 * @throws RangeError for counts that make no sense.
 */
export function alternating(
  game: Game,
  { discriminatorSteps = 1, generatorSteps = 1 }: AlternatingOptions = {},
): Step<Batch, GameMeasures> {
  requireCount("alternating: discriminatorSteps", discriminatorSteps);
  requireCount("alternating: generatorSteps", generatorSteps);
  const [ofDiscriminator, ofGenerator] = [discriminatorAlone(game), generatorAlone(game)];
  const parts: Part<Batch>[] = [
    ...Array.from({ length: discriminatorSteps }, (_, k) => ({
      step: ofDiscriminator,
      takes: [k],
    })),
    ...Array.from({ length: generatorSteps }, () => ({
      step: ofGenerator,
      takes: [discriminatorSteps - 1],
    })),
  ];
  const step = inTurn<Batch, GameMeasures>(parts);
  return parts.length > MOST_IN_A_GRAPH ? step : { ...step, parts: undefined };
}

/**
 * The generator's update against the discriminator as it would answer (see `updateUnrolledGenerator`), then the
 * discriminator's ordinary one, from where it is (Metz et al., arXiv 1611.02163).
 */
export function unrolled(game: Game, options: UnrollOptions): Step<Batch, GameMeasures> {
  return single(game, (played, batch) => {
    const ofGenerator = updateUnrolledGenerator(played, batch, options);
    return { ...updateDiscriminator(played, batch), ...ofGenerator };
  });
}

/**
 * Both players at once, each against the other as it was before, on the same real and generated samples (Lin et al.,
 * PacGAN, arXiv 1712.04086, section 4.1).
 */
export function simultaneous(game: Game): Step<Batch, GameMeasures> {
  return single(game, updateBoth);
}

/** One update of both players at once. What is measured is from before. The caller disposes it. */
function updateBoth(game: Game, { images, labels }: Batch): GameMeasures {
  const { generator, discriminator, objective } = game;
  return tf.tidy(() => {
    const real = viewOf(game, images);
    const z = drawLatent(game, images.shape[0]); // [N, latentDim]
    const realLogits = logitsForGenerator(game, real, labels);
    const generated: tf.Tensor[] = [];
    const ofGenerator = lossAndGradients(() => {
      const fake = viewOf(game, applyTraining(generator, z, labels));
      generated.push(tf.keep(fake));
      return objective.generatorLoss(applyTraining(discriminator, fake, labels), realLogits);
    }, trainableVariables(generator));

    const fake = generated[0] as tf.Tensor;
    const { grads, measured } = discriminatorGradients(game, { real, fake, labels });
    tf.dispose(generated);
    moveGenerator(game, ofGenerator.grads);
    moveDiscriminator(game, grads);
    return { ...measured, generatorLoss: ofGenerator.value };
  });
}
