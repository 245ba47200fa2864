/** One gradient step of each player. Each changes its own network and nothing else. */
import * as tf from "../backend/tf";
import { sampleLatent, type Game } from "./game";

/** A model's trainable variables: what a gradient step may change. */
export function trainableVariables(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

/** A network's output as it is while training (batch normalisation by the batch's own moments). */
export function applyTraining(model: tf.LayersModel, input: tf.Tensor): tf.Tensor {
  return model.apply(input, { training: true }) as tf.Tensor;
}

/** The discriminator's loss with what its regularizers add. */
export function regularized(game: Game, loss: tf.Scalar, real: tf.Tensor, fake: tf.Tensor): tf.Scalar {
  const discriminate = (samples: tf.Tensor): tf.Tensor => applyTraining(game.discriminator, samples);
  const penalties = (game.regularizers ?? []).map((regularizer) => regularizer({ discriminate, real, fake, random: game.random }));
  return penalties.reduce((sum: tf.Scalar, penalty) => tf.add(sum, penalty), loss);
}

/**
 * Updates the discriminator once on a real and an equally large generated batch: its objective and regularizers, then its
 * constraints.
 *
 * @param real Real samples [N, …]; not disposed.
 * @returns [loss with its regularizers, mean D(x), mean D(G(z))], all before the update. The caller disposes it.
 */
export function updateDiscriminator(game: Game, real: tf.Tensor): tf.Tensor1D {
  return tf.tidy(() => {
    const z = sampleLatent(game.generator, real.shape[0], game.random); // [N, latentDim]
    const fake = applyTraining(game.generator, z); // outside of the tape: G gets no gradient here
    const seen: tf.Tensor[] = [];
    const { value, grads } = tf.variableGrads(() => {
      const realLogits = applyTraining(game.discriminator, real); // [N, 1]
      const fakeLogits = applyTraining(game.discriminator, fake); // [N, 1]
      seen.push(tf.keep(realLogits), tf.keep(fakeLogits));
      return regularized(game, game.objective.discriminatorLoss(realLogits, fakeLogits), real, fake);
    }, trainableVariables(game.discriminator));
    game.discriminatorOptimizer.applyGradients(grads);
    for (const constrain of game.constraints ?? []) constrain(game.discriminator);
    const probabilities = seen.map((logits) => tf.mean(tf.sigmoid(logits)));
    tf.dispose(seen);
    return tf.stack([value, ...probabilities]) as tf.Tensor1D;
  });
}

/**
 * Updates the generator once, against a discriminator that stays as it is.
 *
 * @param real Real samples [N, …], for their number and for objectives that look at them; not disposed.
 * @returns The generator's loss before the update, a scalar that the caller disposes.
 */
export function updateGenerator(game: Game, real: tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    const z = sampleLatent(game.generator, real.shape[0], game.random); // [N, latentDim]
    const needsReal = game.objective.generatorLoss.length > 1;
    const realLogits = needsReal ? applyTraining(game.discriminator, real) : undefined;
    const { value, grads } = tf.variableGrads(
      () => game.objective.generatorLoss(applyTraining(game.discriminator, applyTraining(game.generator, z)), realLogits),
      trainableVariables(game.generator),
    );
    game.generatorOptimizer.applyGradients(grads);
    return value;
  });
}
