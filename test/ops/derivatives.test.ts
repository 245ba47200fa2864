/** Every operation at first and second order, by each of its inputs, on the loaded and on the pure JavaScript backend. */
import { before, test } from "node:test";
import * as gan from "gan-lib";
import { ready, tf } from "gan-lib";
import { assertDerivatives, type TensorFunction } from "./finiteDifferences";
import { anyShapes, backends, imageShapes, normalValues, onBackend, spacedValues } from "./samples";

before(ready);

interface Case {
  readonly shapes: number[][];
  readonly values: (shape: number[]) => tf.Tensor;
  /** Made anew for every shape, so that the other inputs can fit it. */
  readonly f: (shape: number[]) => TensorFunction;
}

const smooth = (f: TensorFunction): Case => ({
  shapes: anyShapes(),
  values: normalValues,
  f: () => f,
});
const kinked = (f: TensorFunction): Case => ({
  shapes: anyShapes(),
  values: spacedValues,
  f: () => f,
});
const image = (f: (x: tf.Tensor4D) => tf.Tensor, values = normalValues): Case => ({
  shapes: imageShapes(),
  values,
  f: () => (x) => f(x as tf.Tensor4D),
});
const fixed = (shape: number[]) => normalValues(shape, 21);
const channels = (shape: number[]) => shape[shape.length - 1]!;
const probabilities = (shape: number[]) => tf.softmax(fixed(shape));

const filterShapes = [
  [3, 3, 2, 3],
  [2, 3, 1, 1],
];
const asFilter = (f: (filter: tf.Tensor4D) => tf.Tensor): Case => ({
  shapes: filterShapes,
  values: normalValues,
  f: () => (x) => f(x as tf.Tensor4D),
});
const input = (filter: tf.Tensor4D, size: number) =>
  fixed([1, size, size, filter.shape[2]]) as tf.Tensor4D;
const output = (filter: tf.Tensor4D, size: number) =>
  fixed([1, size, size, filter.shape[3]]) as tf.Tensor4D;
const filterFor = (x: tf.Tensor4D) => fixed([3, 3, x.shape[3], 2]) as tf.Tensor4D;
const transposedFilterFor = (x: tf.Tensor4D) => fixed([3, 3, 2, x.shape[3]]) as tf.Tensor4D;
const doubled = (x: tf.Tensor4D): [number, number, number, number] => [
  x.shape[0],
  2 * x.shape[1] - 1,
  2 * x.shape[2],
  2,
];

type Norm = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) => tf.Tensor;
const affine = (norm: Norm, shapes: number[][]): Record<string, Case> => ({
  x: {
    shapes,
    values: normalValues,
    f: (shape) => (x) => norm(x, fixed([channels(shape)]), fixed([channels(shape)])),
  },
  scale: {
    shapes: [[1], [3]],
    values: normalValues,
    f:
      ([c]) =>
      (scale) =>
        norm(fixed([2, 3, 3, c!]), scale, fixed([c!])),
  },
  offset: {
    shapes: [[1], [3]],
    values: normalValues,
    f:
      ([c]) =>
      (offset) =>
        norm(fixed([2, 3, 3, c!]), fixed([c!]), offset),
  },
});

const cases: Record<string, Case> = {
  leakyRelu: kinked((x) => gan.leakyRelu(x)),
  tanh: smooth(gan.tanh),
  sigmoid: smooth(gan.sigmoid),
  exp: smooth(gan.exp),
  softplus: smooth(gan.softplus),
  elu: kinked(gan.elu),
  selu: kinked(gan.selu),
  swish: smooth(gan.swish),
  softmax: smooth(gan.softmax),
  logSoftmax: smooth(gan.logSoftmax),
  "softmaxCrossEntropy by logits": {
    ...smooth(gan.softmax),
    f: (shape) => (x) => gan.softmaxCrossEntropy(probabilities(shape), x),
  },
  "softmaxCrossEntropy by labels": {
    ...smooth(gan.softmax),
    f: (shape) => (x) => gan.softmaxCrossEntropy(x, fixed(shape)),
  },
  "binaryCrossEntropy by logits": {
    ...smooth(gan.sigmoid),
    f: (shape) => (x) => gan.binaryCrossEntropy(tf.sigmoid(fixed(shape)), x),
  },
  "binaryCrossEntropy by labels": {
    ...smooth(gan.sigmoid),
    f: (shape) => (x) => gan.binaryCrossEntropy(x, fixed(shape)),
  },
  "max of all": kinked((x) => gan.max(x)),
  "max along the last axis": kinked((x) => gan.max(x, -1)),
  "max along the first axis, kept": kinked((x) => gan.max(x, 0, true)),
  "maximum by a": kinked((x) => gan.maximum(x, tf.scalar(0.1))),
  "maximum by b, broadcast": kinked((x) => gan.maximum(tf.fill([2, ...x.shape], 0.1), x)),
  "minimum by a": kinked((x) => gan.minimum(x, tf.neg(x))),
  "minimum by b, broadcast": kinked((x) => gan.minimum(tf.fill([2, ...x.shape], 0.1), x)),
  clip: kinked((x) => gan.clip(x, -0.4, 0.3)),
  "averagePool 2": image((x) => gan.averagePool(x)),
  "averagePool 3, stride 2, same": image((x) => gan.averagePool(x, 3, 2, "same")),
  "maxPool 2": image((x) => gan.maxPool(x), spacedValues),
  "maxPool 3, stride 2, same": image((x) => gan.maxPool(x, 3, 2, "same"), spacedValues),
  "maxPool 3, stride 1": image((x) => gan.maxPool(x, 3, 1), spacedValues),
  "maxPool 2, stride 3, same": image((x) => gan.maxPool(x, 2, 3, "same"), spacedValues),
  "conv2d by x": image((x) => gan.conv2d(x, filterFor(x))),
  "conv2d by x, stride 2": image((x) => gan.conv2d(x, filterFor(x), 2)),
  "conv2d by x, valid": image((x) => gan.conv2d(x, filterFor(x), 1, "valid")),
  "conv2d by filter": asFilter((filter) => gan.conv2d(input(filter, 4), filter)),
  "conv2d by filter, stride 2, valid": asFilter((filter) =>
    gan.conv2d(input(filter, 5), filter, 2, "valid"),
  ),
  "conv2dTranspose by x": image((x) =>
    gan.conv2dTranspose(x, transposedFilterFor(x), doubled(x), 2),
  ),
  "conv2dTranspose by filter": asFilter((filter) =>
    gan.conv2dTranspose(output(filter, 3), filter, [1, 5, 5, filter.shape[2]], 2),
  ),
  "resizeNearest, larger": image((x) => gan.resizeNearest(x, [9, 11])),
  "resizeNearest, smaller": image((x) => gan.resizeNearest(x, [3, 2])),
  "resizeBilinear, larger": image((x) => gan.resizeBilinear(x, [9, 11])),
  "resizeBilinear, smaller, corners aligned": image((x) =>
    gan.resizeBilinear(x, [3, 2], "alignCorners"),
  ),
  "resizeBilinear, half-pixel centres": image((x) => gan.resizeBilinear(x, [9, 3], "halfPixel")),
  "resizeNearest, half-pixel centres": image((x) => gan.resizeNearest(x, [9, 3], "halfPixel")),
  reflectPad: image((x) => gan.reflectPad(x, 2, [3, 0])),
  symmetricPad: image((x) => gan.symmetricPad(x, [4, 0], 2)),
  "cumulativeSum, first axis": smooth((x) => gan.cumulativeSum(x, 0)),
  "cumulativeSum, last axis": smooth((x) => gan.cumulativeSum(x)),
  ...named("batchNorm", affine(gan.batchNorm, [[3, 2], ...imageShapes()])),
  ...named("layerNorm", affine(gan.layerNorm, [[1, 5], ...imageShapes()])),
  ...named("instanceNorm", affine(gan.instanceNorm, imageShapes())),
};

function named(name: string, group: Record<string, Case>): Record<string, Case> {
  return Object.fromEntries(
    Object.entries(group).map(([key, value]) => [`${name} by ${key}`, value]),
  );
}

for (const backend of backends) {
  for (const [name, { shapes, values, f }] of Object.entries(cases)) {
    test(`${name}: first and second derivative against finite differences, on ${backend}`, () =>
      onBackend(backend, () => {
        for (const shape of shapes) assertDerivatives(f(shape), values(shape));
      }));
  }
}
