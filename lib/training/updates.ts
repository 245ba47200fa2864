/** One gradient step of each player. Each changes its own network and nothing else. */
import * as tf from "../backend/tf";
import {
  drawLatent,
  takesLabels,
  viewOf,
  type Batch,
  type DiscriminatorMeasures,
  type Game,
  type GeneratorMeasures,
} from "./game";
import { requireOwn } from "./guards";

/** A model's trainable variables: what a gradient step may change. */
export function trainableVariables(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

/**
 * A network's output as it is while training (batch normalisation by the batch's own moments). A network that is frozen
 * (`model.trainable = false`) is used as it is after training, so that nothing of it changes.
 */
export function applyTraining(
  model: tf.LayersModel,
  input: tf.Tensor,
  labels?: tf.Tensor,
): tf.Tensor {
  const inputs = takesLabels(model) ? [input, labelColumn(model, labels)] : input;
  return model.apply(inputs, { training: model.trainable }) as tf.Tensor;
}

/** A loss, and its gradients by weights; there are none, and nothing is differentiated, where all are frozen. */
export function lossAndGradients(
  loss: () => tf.Scalar,
  weights: tf.Variable[],
): { readonly value: tf.Scalar; readonly grads: tf.NamedTensorMap } {
  return weights.length === 0
    ? { value: tf.tidy(loss), grads: {} }
    : tf.variableGrads(loss, weights);
}

/** Labels [N] as a network takes them, [N, 1]. */
function labelColumn(model: tf.LayersModel, labels?: tf.Tensor): tf.Tensor {
  if (labels === undefined)
    throw new Error(
      `The network "${model.name}" takes class labels, and there are none: pass batches with labels.`,
    );
  return tf.reshape(labels, [-1, 1]);
}

/** Samples that the discriminator judges, as it sees them: real and generated. */
export interface Judged {
  readonly real: tf.Tensor;
  /** No gradient goes to G. */
  readonly fake: tf.Tensor;
  readonly labels?: tf.Tensor | undefined;
}

/** The discriminator's loss with what its regularizers add. */
function regularized(game: Game, loss: tf.Scalar, { real, fake, labels }: Judged): tf.Scalar {
  const discriminate = (samples: tf.Tensor): tf.Tensor =>
    applyTraining(game.discriminator, samples, labels);
  const penalties = (game.regularizers ?? []).map((regularizer) =>
    regularizer({ discriminate, real, fake, random: game.random }),
  );
  return penalties.reduce((sum: tf.Scalar, penalty) => tf.add(sum, penalty), loss);
}

const meanOf = (values: tf.Tensor): tf.Scalar => tf.mean(values);

/** How a discriminator, or a critic, judged: means of probabilities, or of scores. */
function judgement(
  { objective }: Game,
  [real, fake]: readonly [real: tf.Tensor, fake: tf.Tensor],
): Omit<DiscriminatorMeasures, "discriminatorLoss"> {
  if (objective.critic === true) return { realScore: meanOf(real), fakeScore: meanOf(fake) };
  const probability = (logits: tf.Tensor): tf.Scalar => meanOf(tf.sigmoid(logits));
  return { realProbability: probability(real), fakeProbability: probability(fake) };
}

/** Where a discriminator's update goes, and what it starts from. To be disposed by a tidy scope. */
interface DiscriminatorGradients {
  readonly grads: tf.NamedTensorMap;
  readonly measured: DiscriminatorMeasures;
}

/** Differentiates the discriminator's loss, with its regularizers, by its weights. To be called in a tidy scope. */
export function discriminatorGradients(game: Game, judged: Judged): DiscriminatorGradients {
  const seen: tf.Tensor[] = [];
  const { value, grads } = lossAndGradients(() => {
    const realLogits = applyTraining(game.discriminator, judged.real, judged.labels); // [N, 1]
    const fakeLogits = applyTraining(game.discriminator, judged.fake, judged.labels); // [N, 1]
    seen.push(tf.keep(realLogits), tf.keep(fakeLogits));
    return regularized(game, game.objective.discriminatorLoss(realLogits, fakeLogits), judged);
  }, trainableVariables(game.discriminator));
  const measured = { discriminatorLoss: value, ...judgement(game, seen as [tf.Tensor, tf.Tensor]) };
  tf.dispose(seen);
  return { grads, measured };
}

/** Takes the discriminator's step, then holds it to its constraints. A frozen one stays. */
export function moveDiscriminator(game: Game, grads: tf.NamedTensorMap): void {
  const { discriminator, discriminatorOptimizer } = game;
  if (trainableVariables(discriminator).length === 0) return;
  requireOwn(discriminatorOptimizer, discriminator, trainableVariables(discriminator));
  discriminatorOptimizer.applyGradients(grads);
  for (const constrain of game.constraints ?? []) constrain(game.discriminator);
}

/** Takes the generator's step. A frozen one stays. */
export function moveGenerator(
  { generator, generatorOptimizer }: Game,
  grads: tf.NamedTensorMap,
): void {
  if (trainableVariables(generator).length === 0) return;
  requireOwn(generatorOptimizer, generator, trainableVariables(generator));
  generatorOptimizer.applyGradients(grads);
}

/** The generator's update on a loss of its weights. To be called in a tidy scope. Returns the loss before it. */
export function descendGenerator(game: Game, loss: () => tf.Scalar): tf.Scalar {
  const { value, grads } = lossAndGradients(loss, trainableVariables(game.generator));
  moveGenerator(game, grads);
  return value;
}

/**
 * D's logits of the real samples, for an objective whose generator's loss looks at them.
 *
 * @param real As the discriminator sees them.
 */
export function logitsForGenerator(
  { objective, discriminator }: Game,
  real: tf.Tensor,
  labels?: tf.Tensor,
): tf.Tensor | undefined {
  return objective.usesRealLogits === true ? applyTraining(discriminator, real, labels) : undefined;
}

/**
 * Updates the discriminator once on a real and an equally large generated batch: its objective and regularizers, then its
 * constraints.
 *
 * @param batch Not disposed. A generated sample has the label of the real one at its place.
 * @returns What it measured before the update; the caller disposes it.
 */
export function updateDiscriminator(game: Game, { images, labels }: Batch): DiscriminatorMeasures {
  return tf.tidy(() => {
    const z = drawLatent(game, images.shape[0]); // [N, latentDim]
    const fake = viewOf(game, applyTraining(game.generator, z, labels)); // outside of the tape: G gets no gradient here
    const judged = { real: viewOf(game, images), fake, labels };
    const { grads, measured } = discriminatorGradients(game, judged);
    moveDiscriminator(game, grads);
    return measured;
  });
}

/**
 * Updates the generator once, against a discriminator that stays as it is.
 *
 * @param batch For the number of its samples, their labels, and objectives that look at them; not disposed.
 * @returns The generator's loss before the update; the caller disposes it.
 */
export function updateGenerator(game: Game, { images, labels }: Batch): GeneratorMeasures {
  return tf.tidy(() => {
    const z = drawLatent(game, images.shape[0]); // [N, latentDim]
    const realLogits = logitsForGenerator(game, viewOf(game, images), labels);
    const generatorLoss = descendGenerator(game, () => {
      const fake = viewOf(game, applyTraining(game.generator, z, labels));
      return game.objective.generatorLoss(
        applyTraining(game.discriminator, fake, labels),
        realLogits,
      );
    });
    return { generatorLoss };
  });
}
