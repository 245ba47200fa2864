/**
 * What tf.js 4.22 gets wrong at second order, by the very check that gan-lib's operations pass: the reason for them. The
 * day one of these tests fails, tf.js has been mended, and the twin may go.
 */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ready, tf } from "gan-lib";
import {
  firstOrderError,
  secondOrderError,
  TOLERANCE,
  type TensorFunction,
} from "./finiteDifferences";
import { backends, normalValues, onBackend, spacedValues } from "./samples";

before(ready);

/** Scaled where the slope alone would hide the mistake. */
const wrong: Record<string, TensorFunction> = {
  tanh: (x) => tf.tanh(x),
  sigmoid: (x) => tf.sigmoid(x),
  exp: (x) => tf.exp(x),
  softmax: (x) => tf.mul(10, tf.softmax(x)),
  logSoftmax: (x) => tf.logSoftmax(x),
  sigmoidCrossEntropy: (x) => tf.mul(10, tf.losses.sigmoidCrossEntropy(tf.fill(x.shape, 0.3), x)),
};

const throwing: Record<string, TensorFunction> = {
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  max: (x) => tf.max(x),
  maximum: (x) => tf.maximum(x, tf.neg(x)),
  minimum: (x) => tf.minimum(x, tf.neg(x)),
  clipByValue: (x) => tf.clipByValue(x, -0.4, 0.3),
  leakyRelu: (x) => tf.leakyRelu(x),
};

for (const backend of backends) {
  for (const [name, f] of Object.entries(wrong)) {
    test(`tf.js's ${name} is right at first order and silently wrong at second, on ${backend}`, () =>
      onBackend(backend, () => {
        const x = normalValues([3, 4]);
        assert.ok(firstOrderError(f, x) < TOLERANCE);
        const error = secondOrderError(f, x);
        assert.ok(Number.isFinite(error) && error > 5 * TOLERANCE, `relative error ${error}`);
      }));
  }

  for (const [name, f] of Object.entries(throwing)) {
    test(`tf.js's ${name} cannot be differentiated twice, on ${backend}`, () =>
      onBackend(backend, () => {
        const x = spacedValues([3, 4]);
        assert.ok(firstOrderError(f, x) < TOLERANCE);
        assert.throws(() => secondOrderError(f, x), /gradient function not found/);
      }));
  }
}
