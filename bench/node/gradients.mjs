/** Parameter gradients that need second derivatives, for the comparison with the peers'. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { PENALTY, SEED, UNROLLED } from "../workloads.mjs";
import { networks, realData, stepRandom } from "./games.mjs";
import { gan } from "./library.mjs";

const { tf } = gan;

/** A WGAN-GP critic's loss by the critic's weights. */
function ofCritic() {
  const { generator, discriminator } = networks("critic");
  const [real] = realData("critic");
  const random = stepRandom();
  const fake = generator.apply(random.normal([real.shape[0], 100]), { training: true });
  const discriminate = (x) => discriminator.apply(x, { training: true });
  /** @returns {import("@tensorflow/tfjs").Scalar} */
  const loss = () => {
    const gap = gan.wasserstein.discriminatorLoss(discriminate(real), discriminate(fake));
    return tf.add(
      gap,
      gan.gradientPenalty({ weight: PENALTY })({ discriminate, real, fake, random }),
    );
  };
  const variables = gan.trainableVariables(discriminator);
  const { grads } = tf.variableGrads(loss, variables);
  return variables.map(({ name }) => grads[name]);
}

/** The small networks of the unrolled game: weights and biases of two layers each, real points, latent vectors. */
export function unrolledTensors() {
  const { batch, hidden } = UNROLLED;
  const random = gan.createRandom(SEED).split("unrolled");
  const layers = (outputs) => [
    random.normal([2, hidden]),
    random.normal([hidden]),
    random.normal([hidden, outputs], 0, 0.2),
    random.normal([outputs]),
  ];
  return {
    generator: layers(2),
    discriminator: layers(1),
    real: [random.normal([batch, 2])],
    draws: [random.normal([batch, 2])],
  };
}

/** @param {import("@tensorflow/tfjs").Tensor} x @param {import("@tensorflow/tfjs").Tensor[]} weights */
const network = (x, [first, bias, second, offset]) =>
  tf.add(tf.matMul(gan.tanh(tf.add(tf.matMul(x, first), bias)), second), offset);

/** A generator's loss by its weights, through the steps of the discriminator that answers (arXiv 1611.02163, equation 7). */
function ofUnrolledGenerator() {
  const {
    generator,
    discriminator,
    real: [real],
    draws: [z],
  } = unrolledTensors();
  const loss = (...weights) => {
    const fake = network(z, weights);
    const lossOfAnswer = (...d) =>
      gan.minimax.discriminatorLoss(network(real, d), network(fake, d));
    const answer = gan.unroll(discriminator, lossOfAnswer, UNROLLED);
    return gan.nonSaturating.generatorLoss(network(fake, answer));
  };
  return tf.grads(loss)(generator);
}

const gradients = { critic: ofCritic, unrolled: ofUnrolledGenerator };

/** @returns {string} the file that the gradients were written to, one after the other in the weights' order */
export function gradientsOf(folder, name) {
  const file = path.join(folder, `${name}.gradients.gan.f32`);
  const values = gradients[name]().map((gradient) =>
    Buffer.from(new Float32Array(gradient.dataSync()).buffer),
  );
  writeFileSync(file, Buffer.concat(values));
  return file;
}
