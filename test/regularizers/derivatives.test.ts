/** Whole losses by the parameters: a WGAN-GP critic, R1, and a generator through an unrolled discriminator. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as gan from "gan-lib";
import { createRandom, gradientPenalty, r1, ready, tf, wasserstein } from "gan-lib";
import { relativeError, TOLERANCE } from "../ops/finiteDifferences";
import { backends, normalValues, onBackend } from "../ops/samples";

before(ready);

/** Asserts the derivative of a loss by each parameter, the others held. */
function assertParameterGradients(
  loss: (...parameters: tf.Tensor[]) => tf.Scalar,
  parameters: tf.Tensor[],
): void {
  parameters.forEach((parameter, i) => {
    const alone = (value: tf.Tensor): tf.Scalar =>
      tf.tidy(() => loss(...parameters.map((other, j) => (j === i ? value : other))));
    const error = relativeError(alone, tf.grad(alone), parameter);
    assert.ok(error < TOLERANCE, `parameter ${i}: relative error ${error}`);
  });
}

type Network = (x: tf.Tensor, ...weights: tf.Tensor[]) => tf.Tensor;

/** Dense networks, smooth so that differences meet no kink. */
const dense: Network = (x, first, bias, second) =>
  tf.matMul(gan.tanh(tf.add(tf.matMul(x, first), bias)), second);
const convolutional: Network = (x, filter, scale, offset, last) => {
  const features = gan.layerNorm(
    gan.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2),
    scale,
    offset,
  );
  const pooled = gan.averagePool(gan.swish(features) as tf.Tensor4D, 3, 2, "same");
  return tf.matMul(tf.reshape(pooled, [x.shape[0], -1]), last);
};

const critics: [string, Network, number[], number[][]][] = [
  ["dense", dense, [3, 2], [[2, 5], [5], [5, 1]]],
  ["convolutional", convolutional, [2, 5, 5, 1], [[3, 3, 1, 2], [2], [2], [8, 1]]],
];

for (const backend of backends) {
  for (const [name, network, shape, weightShapes] of critics) {
    for (const [penalty, regularizer] of [
      ["WGAN-GP", gradientPenalty()],
      ["R1", r1()],
    ] as const) {
      test(`${penalty}: the parameter gradients of a ${name} critic against finite differences, on ${backend}`, () =>
        onBackend(backend, () => {
          const real = normalValues(shape, 1);
          const fake = normalValues(shape, 2);
          const loss = (...weights: tf.Tensor[]): tf.Scalar => {
            const discriminate = (x: tf.Tensor): tf.Tensor => network(x, ...weights);
            const gap = wasserstein.discriminatorLoss(discriminate(real), discriminate(fake));
            return tf.add(gap, regularizer({ discriminate, real, fake, random: createRandom(3) }));
          };
          assertParameterGradients(
            loss,
            weightShapes.map((weight, i) => normalValues(weight, 10 + i)),
          );
        }));
    }
  }

  for (const [name, network, shape, weightShapes] of critics) {
    test(`the generator's gradients through two unrolled steps of a ${name} discriminator, on ${backend}`, () =>
      onBackend(backend, () => {
        const start = weightShapes.map((weight, i) => normalValues(weight, 10 + i));
        const real = normalValues(shape, 1);
        const z = normalValues([shape[0]!, 3], 4);
        const size = tf.util.sizeFromShape(shape.slice(1));
        const loss = (generator: tf.Tensor, bias: tf.Tensor): tf.Scalar => {
          const fake = tf.reshape(gan.tanh(tf.add(tf.matMul(z, generator), bias)), shape);
          const lossOfAnswer = (...weights: tf.Tensor[]): tf.Scalar =>
            gan.minimax.discriminatorLoss(network(real, ...weights), network(fake, ...weights));
          const unrolled = gan.unroll(start, lossOfAnswer, { steps: 2, rate: 0.1 });
          return gan.nonSaturating.generatorLoss(network(fake, ...unrolled));
        };
        assertParameterGradients(loss, [normalValues([3, size], 5), normalValues([size], 6)]);
      }));
  }
}
