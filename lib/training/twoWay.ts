/** The games of two domains without pairs: CycleGAN (arXiv 1703.10593) and DiscoGAN (arXiv 1703.05192). */
import type * as tf from "../backend/tf";
import { leastSquares } from "../objectives/leastSquares";
import { nonSaturating } from "../objectives/nonSaturating";
import type { Objective } from "../objectives/objective";
import {
  absoluteDifference,
  playOne,
  requireSamples,
  squaredDifference,
  turns,
  weighted,
  type Made,
  type Rules,
  type Term,
  type Terms,
} from "./players";
import type { Step } from "./step";

/** The networks between two domains, A and B, and how they learn. */
export interface TwoWayGame {
  /** From A to B: G of CycleGAN, G_AB of DiscoGAN. */
  readonly toB: tf.LayersModel;
  /** From B to A: F of CycleGAN, G_BA of DiscoGAN. */
  readonly toA: tf.LayersModel;
  /** Judges what claims to be of A, by logits. Where left out, nothing is translated from B for its own sake. */
  readonly discriminatorA?: tf.LayersModel;
  /** Judges what claims to be of B, by logits. */
  readonly discriminatorB: tf.LayersModel;
  readonly objective?: Objective;
  /** Moves both generators. */
  readonly generatorOptimizer: tf.Optimizer;
  /** Moves both discriminators. */
  readonly discriminatorOptimizer: tf.Optimizer;
}

/** A batch of both domains; nothing belongs together. */
export interface UnpairedBatch {
  /** Samples of A [N, ...]; images in [-1, 1]. */
  readonly a: tf.Tensor;
  /** Samples of B [N, ...]; images in [-1, 1]. */
  readonly b: tf.Tensor;
}

/** What a step between two domains measures, before it; without weights, and without what is left out. */
export type TwoWayMeasures = {
  readonly generatorALoss?: tf.Scalar;
  readonly generatorBLoss: tf.Scalar;
  readonly cycleALoss?: tf.Scalar;
  readonly cycleBLoss?: tf.Scalar;
  readonly identityLoss?: tf.Scalar;
  readonly discriminatorALoss?: tf.Scalar;
  readonly discriminatorBLoss: tf.Scalar;
};

/** CycleGAN's networks, pools and weights. */
export interface CycleGame extends TwoWayGame {
  readonly discriminatorA: tf.LayersModel;
  /** Default: `leastSquares`, the paper's, whose loss of D is halved as there. */
  readonly objective?: Objective;
  /** Images of A made earlier, which D_A is shown (see `imagePool`). Default: D_A sees the latest. */
  readonly poolA?: tf.LayersModel;
  /** Images of B made earlier, which D_B is shown. */
  readonly poolB?: tf.LayersModel;
  readonly weights?: CycleWeights;
}

/** What each loss counts for. */
export interface CycleWeights {
  /** Of the game. Default 2: `leastSquares` halves the generator's loss, and the paper does not. */
  readonly adversarial?: number;
  /** Lambda of equation 3; 0 leaves the cycles out. Default 10. */
  readonly cycle?: number;
  /** Of |toB(b) - b| + |toA(a) - a|, section 5.2; the paper's 0.5 lambda for paintings is 5. Default 0: left out. */
  readonly identity?: number;
}

/** DiscoGAN's networks and weights. */
export interface DiscoGame extends TwoWayGame {
  /** Default: `nonSaturating`. The paper's equation 4 writes -log D, without its halves for D. */
  readonly objective?: Objective;
  readonly weights?: DiscoWeights;
}

/** What each loss counts for. */
export interface DiscoWeights {
  /** Of A -> B -> A, the paper's L_CONST_A; 0 leaves it out. Default 1. */
  readonly reconstructionA?: number;
  /** Of B -> A -> B; 0 leaves it out, which makes reconstruction one-sided. Default 1. */
  readonly reconstructionB?: number;
}

/** How a two-way game is played. */
interface Play {
  readonly adversarial: number;
  readonly cycleA: number;
  readonly cycleB: number;
  readonly identity: number;
  readonly distance: (a: tf.Tensor, b: tf.Tensor) => tf.Scalar;
  readonly objective: Objective;
  readonly poolA?: tf.LayersModel | undefined;
  readonly poolB?: tf.LayersModel | undefined;
}

/**
 * A step of CycleGAN: both generators move down their adversarial losses, lambda times the mean absolute differences of
 * the cycles A -> B -> A and B -> A -> B (equations 2 and 3) and, where asked for, the identity loss; then both
 * discriminators, on what the generators made before, or on the pools' images. That order is the code's of the paper's authors.
 *
 * @throws Error for networks that do not fit together; from a step, Error for batches of other shapes, RangeError for images outside [-1, 1].
 */
export function cycleGan(game: CycleGame): Step<UnpairedBatch, TwoWayMeasures> {
  return twoWay(game, game.weights, ({ objective = leastSquares, poolA, poolB, weights = {} }) => {
    const { adversarial = 2, cycle = 10, identity = 0 } = weights;
    const distance = absoluteDifference;
    return {
      objective,
      poolA,
      poolB,
      adversarial,
      identity,
      distance,
      cycleA: cycle,
      cycleB: cycle,
    };
  });
}

/**
 * A step of DiscoGAN: both generators move down their adversarial losses and the mean squared differences of both
 * reconstructions (equations 3 to 7), then both discriminators. With `reconstructionB: 0` and no `discriminatorA` it
 * is the paper's GAN with a reconstruction loss (figure 2b), and with `reconstructionA: 0` too the standard GAN (2a). The
 * official code differs from the paper: feature matching, a reconstruction weight that grows, fewer updates of D. Here is the paper.
 *
 * @throws Error for networks that do not fit together; from a step, Error for batches of other shapes, RangeError for images outside [-1, 1].
 */
export function discoGan(game: DiscoGame): Step<UnpairedBatch, TwoWayMeasures> {
  return twoWay(game, game.weights, ({ objective = nonSaturating, weights = {} }) => {
    const { reconstructionA: cycleA = 1, reconstructionB: cycleB = 1 } = weights;
    return { objective, adversarial: 1, cycleA, cycleB, identity: 0, distance: squaredDifference };
  });
}

/** @throws Error naming the networks where what one makes is not what the other takes. */
function requireFits({ toA, toB, discriminatorA, discriminatorB }: TwoWayGame): void {
  const sample = (shape: tf.Shape): string => shape.slice(1).join(" x ");
  const [a, b] = [toB, toA].map(({ inputs }) => sample(inputs[0]!.shape));
  const fits: [string, tf.LayersModel, string, string][] = [
    ["toB makes", toB, sample(toB.outputs[0]!.shape), b!],
    ["toA makes", toA, sample(toA.outputs[0]!.shape), a!],
    ["discriminatorB takes", discriminatorB, sample(discriminatorB.inputs[0]!.shape), b!],
  ];
  if (discriminatorA !== undefined)
    fits.push([
      "discriminatorA takes",
      discriminatorA,
      sample(discriminatorA.inputs[0]!.shape),
      a!,
    ]);
  for (const [what, { name }, got, wanted] of fits)
    if (got !== wanted)
      throw new Error(
        `${what} samples of ${got} ("${name}"), and the others of that domain are ${wanted}; build them for the same samples.`,
      );
}

function twoWay<G extends TwoWayGame>(
  game: G,
  weights: object | undefined,
  howToPlay: (game: G) => Play,
): Step<UnpairedBatch, TwoWayMeasures> {
  requireFits(game);
  return turns<UnpairedBatch, TwoWayMeasures>(game, {
    rules: () => rulesOf(game, howToPlay(game)),
    requires: ([batch], at) => {
      const { a, b } = batch as UnpairedBatch;
      requireSamples(
        [
          { name: "a", tensor: a, shape: game.toB.inputs[0]!.shape },
          { name: "b", tensor: b, shape: game.toA.inputs[0]!.shape },
        ],
        at,
      );
    },
    objective: howToPlay(game).objective,
    settings: { ...weights },
  });
}

function rulesOf(game: TwoWayGame, play: Play): Rules<UnpairedBatch> {
  const { toA, toB, discriminatorA, discriminatorB } = game;
  const judges = discriminatorA === undefined ? [] : [discriminatorA];
  return {
    generators: {
      name: "both generators",
      networks: [toB, toA],
      optimizer: game.generatorOptimizer,
    },
    discriminators: {
      name: "both discriminators",
      networks: [...judges, discriminatorB],
      optimizer: game.discriminatorOptimizer,
    },
    generate: (batch) => generate(game, play, batch),
    judge: ({ a, b }, { fakeA, fakeB }: Made) => ({
      discriminatorALoss:
        discriminatorA &&
        judged(play, discriminatorA, { real: a, fake: shown(play.poolA, fakeA!) }),
      discriminatorBLoss: judged(play, discriminatorB, {
        real: b,
        fake: shown(play.poolB, fakeB!),
      }),
    }),
  };
}

/** What a discriminator is shown. */
const shown = (pool: tf.LayersModel | undefined, latest: tf.Tensor): tf.Tensor =>
  pool === undefined ? latest : playOne(pool, latest);

function judged(
  { objective }: Play,
  discriminator: tf.LayersModel,
  { real, fake }: { readonly real: tf.Tensor; readonly fake: tf.Tensor },
): Term {
  const loss = objective.discriminatorLoss(
    playOne(discriminator, real),
    playOne(discriminator, fake),
  );
  return { loss, weight: 1 };
}

function generate(
  { toA, toB, discriminatorA, discriminatorB }: TwoWayGame,
  { adversarial, cycleA, cycleB, identity, distance, objective }: Play,
  { a, b }: UnpairedBatch,
): { readonly made: Made; readonly terms: Terms } {
  const convinces = (discriminator: tf.LayersModel, fake: tf.Tensor, real: tf.Tensor): Term => {
    const realLogits = objective.usesRealLogits === true ? playOne(discriminator, real) : undefined;
    const loss = objective.generatorLoss(playOne(discriminator, fake), realLogits);
    return { loss, weight: adversarial };
  };
  const fakeB = playOne(toB, a);
  const fakeA = discriminatorA || cycleB !== 0 ? playOne(toA, b) : undefined;
  const terms: Terms = {
    generatorALoss: discriminatorA && fakeA && convinces(discriminatorA, fakeA, a),
    generatorBLoss: convinces(discriminatorB, fakeB, b),
    cycleALoss: weighted(cycleA, () => distance(playOne(toA, fakeB), a)),
    cycleBLoss: fakeA && weighted(cycleB, () => distance(playOne(toB, fakeA), b)),
    identityLoss: weighted(identity, () => unchanged(toB, b).add(unchanged(toA, a))),
  };
  return { made: fakeA === undefined ? { fakeB } : { fakeA, fakeB }, terms };
}

/** How much a generator changes what already is of its domain. */
const unchanged = (generator: tf.LayersModel, images: tf.Tensor): tf.Scalar =>
  absoluteDifference(playOne(generator, images), images);
