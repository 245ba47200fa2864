/** A look at a running game: what both players' next gradients are, and how well the discriminator tells. */
import * as tf from "../backend/tf";
import type { RandomStream } from "../ops/random";
import { withUndo } from "../backend/undo";
import type { Batch, Game } from "./game";
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
  // Kept, because a hard stop frees what an open scope holds before it lets this be undone.
  const before = weights.map((weight) => tf.keep(tf.clone(weight.read())));
  return withUndo(() => {
    weights.forEach((weight, i) => weight.write(before[i] as tf.Tensor));
    tf.dispose(before);
  }, look);
}

/**
 * Looks at a game as its next update would, and leaves everything as it was: weights, running moments, optimizers and the
 * game's random stream. It takes about the time of a step that is not compiled.
 *
 * @param real Real samples [N, ...]; not disposed.
 */
export function probeGame(
  game: Game,
  real: tf.Tensor,
  { random, labels }: ProbeOptions,
): GameProbe {
  const [generator, discriminator] = [new Watcher(), new Watcher()];
  const accuracy = { real: NaN, fake: NaN };
  const discriminatorLoss = (realLogits: tf.Tensor, fakeLogits: tf.Tensor): tf.Scalar => {
    Object.assign(accuracy, {
      real: shareOf(tf.greater(realLogits, 0)),
      fake: shareOf(tf.less(fakeLogits, 0)),
    });
    return game.objective.discriminatorLoss(realLogits, fakeLogits);
  };
  const watched: Game = {
    ...game,
    objective: { ...game.objective, discriminatorLoss },
    constraints: [],
    random,
    generatorOptimizer: generator,
    discriminatorOptimizer: discriminator,
  };
  const batch: Batch = { images: real, ...(labels && { labels }) };
  const losses = keepingMoments(game, () => lossesOf(watched, batch));
  generator.dispose();
  discriminator.dispose();
  const gradientNorms = { generator: generator.norm, discriminator: discriminator.norm };
  return { accuracy, gradientNorms, losses };
}

/** The losses before an update of each player. */
function lossesOf(game: Game, batch: Batch): GameProbe["losses"] {
  const valueOf = (loss: tf.Scalar): number => loss.dataSync()[0] as number;
  return tf.tidy(() => ({
    discriminator: valueOf(updateDiscriminator(game, batch).discriminatorLoss),
    generator: valueOf(updateGenerator(game, batch).generatorLoss),
  }));
}
