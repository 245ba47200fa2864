/** Every layer at first and second order, by its input and, under a gradient penalty, by its weights. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as gan from "gan-lib";
import { ready, tf } from "gan-lib";
import { assertDerivatives, relativeError, TOLERANCE } from "../ops/finiteDifferences";
import { backends, normalValues, onBackend, spacedValues } from "../ops/samples";

before(ready);

interface Case {
  readonly layer: () => tf.layers.Layer;
  readonly shape: number[];
  readonly values?: (shape: number[]) => tf.Tensor;
}

const cases: Record<string, Case> = {
  leakyReLU: { layer: () => gan.layers.leakyReLU(), shape: [1, 5], values: spacedValues },
  "activation tanh": { layer: () => gan.layers.activation("tanh"), shape: [3, 2] },
  "activation swish": { layer: () => gan.layers.activation("swish"), shape: [1, 3] },
  batchNormalization: { layer: () => gan.layers.batchNormalization(), shape: [3, 3, 5, 2] },
  layerNormalization: { layer: () => gan.layers.layerNormalization(), shape: [1, 3, 5, 2] },
  instanceNormalization: { layer: () => gan.layers.instanceNormalization(), shape: [1, 3, 5, 2] },
  "instanceNormalization without weights": {
    layer: () => gan.layers.instanceNormalization({ affine: false }),
    shape: [2, 3, 5, 2],
  },
  reflectionPad2d: {
    layer: () => gan.layers.reflectionPad2d({ padding: 2 }),
    shape: [2, 3, 4, 2],
  },
  minibatchStandardDeviation: {
    layer: () => gan.layers.minibatchStandardDeviation({ groupSize: 3 }),
    shape: [6, 3],
  },
  "minibatchStandardDeviation of images": {
    layer: () => gan.layers.minibatchStandardDeviation(),
    shape: [3, 3, 1, 2],
  },
  minibatchDiscrimination: {
    layer: () =>
      gan.layers.minibatchDiscrimination({
        features: 2,
        dimensions: 2,
        standardDeviation: 0.3,
        seed: 1,
      }),
    shape: [3, 2],
  },
  maxoutDense: {
    layer: () => gan.layers.maxoutDense({ units: 3, pieces: 4, standardDeviation: 1, seed: 1 }),
    shape: [1, 5],
  },
  spectralDense: { layer: () => gan.layers.spectralDense({ units: 3, seed: 1 }), shape: [1, 5] },
  spectralConv2d: {
    layer: () => gan.layers.spectralConv2d({ filters: 2, kernelSize: 3, strides: 2, seed: 1 }),
    shape: [1, 5, 3, 2],
  },
};

/** The layer, built, with its power iteration settled: there the gradient that takes u and v for constants is exact. */
function settled(
  layer: tf.layers.Layer,
  x: tf.Tensor,
): (input: tf.Tensor, training: boolean) => tf.Tensor {
  const apply = (input: tf.Tensor, training: boolean): tf.Tensor =>
    layer.apply(input, { training }) as tf.Tensor;
  for (let i = 0; i < 50; i++) apply(x, true);
  return apply;
}

for (const backend of backends) {
  for (const [name, { layer: make, shape, values = normalValues }] of Object.entries(cases)) {
    test(`${name}: derivatives by the input, and a gradient penalty's by the weights, on ${backend}`, () =>
      onBackend(backend, () => {
        const x = values(shape);
        const layer = make();
        const apply = settled(layer, x);
        assertDerivatives((input) => apply(input, true), x);
        assertDerivatives((input) => apply(input, false), x);
        for (const weight of layer.trainableWeights) {
          const penalty = (): tf.Scalar => {
            const slope = tf.grad((input: tf.Tensor) => tf.sum(tf.square(apply(input, false))));
            return tf.sum(tf.square(slope(x)));
          };
          assert.ok(
            weightError(weight, penalty) < TOLERANCE,
            `${weight.name}: relative error ${weightError(weight, penalty)}`,
          );
        }
      }));
  }
}

/** How far the derivative of a scalar by a weight is from the finite difference. */
function weightError(weight: tf.LayerVariable, scalar: () => tf.Scalar): number {
  const start = tf.clone(weight.read());
  const at = (value: tf.Tensor): tf.Tensor => {
    weight.write(value);
    return scalar();
  };
  const gradient = (value: tf.Tensor): tf.Tensor => {
    weight.write(value);
    const variable = weight.read() as tf.Variable;
    return tf.variableGrads(scalar, [variable]).grads[variable.name]!;
  };
  const error = relativeError(at, gradient, start);
  weight.write(start);
  return error;
}
