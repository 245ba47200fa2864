/** One gradient step of each player. Each changes its own network and nothing else. */
import * as tf from "../backend/tf";
import { sampleLatent, takesLabels, type Game } from "./game";

/** A model's trainable variables: what a gradient step may change. */
export function trainableVariables(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

/** A network's output as it is while training (batch normalisation by the batch's own moments). */
export function applyTraining(
  model: tf.LayersModel,
  input: tf.Tensor,
  labels?: tf.Tensor,
): tf.Tensor {
  const inputs = takesLabels(model) ? [input, labelColumn(model, labels)] : input;
  return model.apply(inputs, { training: true }) as tf.Tensor;
}

/** Labels [N] as a network takes them, [N, 1]. */
function labelColumn(model: tf.LayersModel, labels?: tf.Tensor): tf.Tensor {
  if (labels === undefined)
    throw new Error(
      `The network "${model.name}" takes class labels, and there are none: pass batches with labels.`,
    );
  return tf.reshape(labels, [-1, 1]);
}

/** The discriminator's loss with what its regularizers add. */
function regularized(
  game: Game,
  loss: tf.Scalar,
  real: tf.Tensor,
  fake: tf.Tensor,
  labels?: tf.Tensor,
): tf.Scalar {
  const discriminate = (samples: tf.Tensor): tf.Tensor =>
    applyTraining(game.discriminator, samples, labels);
  const penalties = (game.regularizers ?? []).map((regularizer) =>
    regularizer({ discriminate, real, fake, random: game.random }),
  );
  return penalties.reduce((sum: tf.Scalar, penalty) => tf.add(sum, penalty), loss);
}

/** Where a discriminator's update goes, and what it starts from. To be disposed by a tidy scope. */
interface DiscriminatorGradients {
  readonly grads: tf.NamedTensorMap;
  /** The loss with its regularizers, mean D(x), mean D(G(z)). */
  readonly measured: readonly tf.Scalar[];
}

/**
 * Differentiates the discriminator's loss, with its regularizers, by its weights. To be called in a tidy scope.
 *
 * @param fake Generated samples, of which no gradient goes to G.
 */
export function discriminatorGradients(
  game: Game,
  real: tf.Tensor,
  fake: tf.Tensor,
  labels?: tf.Tensor,
): DiscriminatorGradients {
  const seen: tf.Tensor[] = [];
  const { value, grads } = tf.variableGrads(() => {
    const realLogits = applyTraining(game.discriminator, real, labels); // [N, 1]
    const fakeLogits = applyTraining(game.discriminator, fake, labels); // [N, 1]
    seen.push(tf.keep(realLogits), tf.keep(fakeLogits));
    return regularized(
      game,
      game.objective.discriminatorLoss(realLogits, fakeLogits),
      real,
      fake,
      labels,
    );
  }, trainableVariables(game.discriminator));
  const probabilities = seen.map((logits) => tf.mean<tf.Scalar>(tf.sigmoid(logits)));
  tf.dispose(seen);
  return { grads, measured: [value, ...probabilities] };
}

/** Takes the discriminator's step, then holds it to its constraints. */
export function moveDiscriminator(game: Game, grads: tf.NamedTensorMap): void {
  game.discriminatorOptimizer.applyGradients(grads);
  for (const constrain of game.constraints ?? []) constrain(game.discriminator);
}

/**
 * The discriminator's update on given samples. To be called in a tidy scope.
 *
 * @returns What {@link updateDiscriminator} returns.
 */
export function descendDiscriminator(
  game: Game,
  real: tf.Tensor,
  fake: tf.Tensor,
  labels?: tf.Tensor,
): tf.Tensor1D {
  const { grads, measured } = discriminatorGradients(game, real, fake, labels);
  moveDiscriminator(game, grads);
  return tf.stack([...measured]) as tf.Tensor1D;
}

/** The generator's update on a loss of its weights. To be called in a tidy scope. Returns the loss before it. */
export function descendGenerator(
  { generator, generatorOptimizer }: Game,
  loss: () => tf.Scalar,
): tf.Scalar {
  const { value, grads } = tf.variableGrads(loss, trainableVariables(generator));
  generatorOptimizer.applyGradients(grads);
  return value;
}

/** D's logits of the real samples, for an objective whose generator's loss looks at them. */
export function logitsForGenerator(
  { objective, discriminator }: Game,
  real: tf.Tensor,
  labels?: tf.Tensor,
): tf.Tensor | undefined {
  return objective.generatorLoss.length > 1
    ? applyTraining(discriminator, real, labels)
    : undefined;
}

/**
 * Updates the discriminator once on a real and an equally large generated batch: its objective and regularizers, then its
 * constraints.
 *
 * @param real Real samples [N, …]; not disposed.
 * @param labels Their class labels [N], for networks that take them; a generated sample has the label of the real one at its
 *   place. Not disposed.
 * @returns [loss with its regularizers, mean D(x), mean D(G(z))], all before the update. The caller disposes it.
 */
export function updateDiscriminator(game: Game, real: tf.Tensor, labels?: tf.Tensor): tf.Tensor1D {
  return tf.tidy(() => {
    const z = sampleLatent(game.generator, real.shape[0], game.random); // [N, latentDim]
    const fake = applyTraining(game.generator, z, labels); // outside of the tape: G gets no gradient here
    return descendDiscriminator(game, real, fake, labels);
  });
}

/**
 * Updates the generator once, against a discriminator that stays as it is.
 *
 * @param real Real samples [N, …], for their number and for objectives that look at them; not disposed.
 * @param labels As for {@link updateDiscriminator}.
 * @returns The generator's loss before the update, a scalar that the caller disposes.
 */
export function updateGenerator(game: Game, real: tf.Tensor, labels?: tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    const z = sampleLatent(game.generator, real.shape[0], game.random); // [N, latentDim]
    const realLogits = logitsForGenerator(game, real, labels);
    return descendGenerator(game, () => {
      const fake = applyTraining(game.generator, z, labels);
      return game.objective.generatorLoss(
        applyTraining(game.discriminator, fake, labels),
        realLogits,
      );
    });
  });
}
