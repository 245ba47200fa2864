/** A look at a running game: what both players' next gradients are, and how well the discriminator tells. */
import * as tf from "../backend/tf";
import type { RandomStream } from "../ops/random";
import type { Game } from "./game";
import { updateSimultaneously } from "./simultaneous";
import { updateDiscriminator, updateGenerator } from "./updates";

/** What {@link probeGame} sees; `diagnose` takes it. */
export interface GameProbe {
  /** The shares of real samples with a logit above 0 and of generated ones with a logit below 0, in [0, 1]. They mean nothing for a critic, whose zero is anywhere. */
  readonly accuracy: { readonly real: number; readonly fake: number };
  /** The Euclidean lengths of the gradients by all weights of a player. */
  readonly gradientNorms: { readonly generator: number; readonly discriminator: number };
  /** The players' losses, the discriminator's with its regularizers. */
  readonly losses: { readonly generator: number; readonly discriminator: number };
}

/** What {@link probeGame} takes. */
export interface ProbeOptions {
  /** Where its latent vectors come from: a stream of its own, such as the one that `evaluateEvery` gives. */
  readonly random: RandomStream;
  /** Class labels [N], for networks that take them. Not disposed. */
  readonly labels?: tf.Tensor;
  /** m, how many samples the discriminator judges at once (see `pack`). Default 1. */
  readonly packSize?: number;
}

/** An optimizer that measures the gradient and moves nothing. */
class Watcher extends tf.Optimizer {
  static readonly className = "GanWatcher";
  /** The length of the last gradient. */
  norm = NaN;

  override applyGradients(
    gradients: tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[],
  ): void {
    const tensors = Array.isArray(gradients)
      ? gradients.map(({ tensor }) => tensor)
      : Object.values(gradients);
    this.norm = tf.tidy(
      () =>
        tf
          .sqrt(tf.addN(tensors.map((gradient) => tf.sum(tf.square(gradient)))))
          .dataSync()[0] as number,
    );
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {};
  }
}

function shareOf(condition: tf.Tensor): number {
  return tf.tidy(() => tf.mean(tf.cast(condition, "float32")).dataSync()[0] as number);
}

/** Runs a look, then gives the networks' running moments back the values that they had. */
function keepingMoments<Result>({ generator, discriminator }: Game, look: () => Result): Result {
  const weights = [...generator.nonTrainableWeights, ...discriminator.nonTrainableWeights];
  const before = weights.map((weight) => tf.clone(weight.read()));
  try {
    return look();
  } finally {
    weights.forEach((weight, i) => weight.write(before[i] as tf.Tensor));
    tf.dispose(before);
  }
}

/**
 * Looks at a game as its next update would, and leaves everything as it was: weights, running moments, optimizers and the
 * game's random stream. It takes about the time of a step that is not compiled.
 *
 * @param real Real samples [N, ...], a multiple of packSize; not disposed.
 * @throws Error when labels and packs are wanted at once, which no game here has.
 */
export function probeGame(
  game: Game,
  real: tf.Tensor,
  { random, labels, packSize = 1 }: ProbeOptions,
): GameProbe {
  if (packSize !== 1 && labels !== undefined)
    throw new Error(
      `probeGame: packs of ${packSize} samples have no labels; leave out one of labels and packSize.`,
    );
  const [generator, discriminator] = [new Watcher(), new Watcher()];
  const accuracy = { real: NaN, fake: NaN };
  const discriminatorLoss = (realLogits: tf.Tensor, fakeLogits: tf.Tensor): tf.Scalar => {
    Object.assign(accuracy, {
      real: shareOf(tf.greater(realLogits, 0)),
      fake: shareOf(tf.less(fakeLogits, 0)),
    });
    return game.objective.discriminatorLoss(realLogits, fakeLogits);
  };
  const objective = { ...game.objective, discriminatorLoss };
  const watched: Game = {
    ...game,
    objective,
    constraints: [],
    random,
    generatorOptimizer: generator,
    discriminatorOptimizer: discriminator,
  };
  const losses = keepingMoments(game, () =>
    tf.tidy(() => {
      if (packSize !== 1) return updateSimultaneously(watched, real, { packSize }).dataSync();
      return tf
        .concat([
          updateDiscriminator(watched, real, labels),
          tf.reshape(updateGenerator(watched, real, labels), [1]),
        ])
        .dataSync();
    }),
  );
  generator.dispose();
  discriminator.dispose();
  return {
    accuracy,
    gradientNorms: { generator: generator.norm, discriminator: discriminator.norm },
    losses: { generator: losses[3] as number, discriminator: losses[0] as number },
  };
}
