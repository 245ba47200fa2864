/** Every operation of tf.js that takes numbers, as a function of one tensor: what the sweep of derivatives runs over. */
import { createRandom, tf } from "gan-lib";
import type { TensorFunction } from "./finiteDifferences";
import { normalValues, spacedValues } from "./samples";

/** An operation as a function of one of its inputs, and where it is tried. */
export interface Operation {
  readonly f: TensorFunction;
  readonly x: () => tf.Tensor;
}

const vector = [3, 4];
const images = [2, 5, 6, 2];
const volumes = [1, 4, 4, 4, 2];

const fixed = (shape: number[], seed = 21) => normalValues(shape, seed);
const between = (min: number, max: number, shape: number[] = vector) =>
  createRandom(31).uniform(shape, min, max);

/** Away from kinks, ties and jumps. */
const spaced = (f: TensorFunction, shape = vector): Operation => ({
  f,
  x: () => spacedValues(shape),
});
const within = (min: number, max: number, f: TensorFunction): Operation => ({
  f,
  x: () => between(min, max),
});
const matrix = (f: (x: tf.Tensor2D) => tf.Tensor, shape = [3, 4]): Operation =>
  spaced((x) => f(x as tf.Tensor2D), shape);
const line = (f: (x: tf.Tensor1D) => tf.Tensor): Operation =>
  spaced((x) => f(x as tf.Tensor1D), [6]);
const sequence = (f: (x: tf.Tensor3D) => tf.Tensor): Operation =>
  spaced((x) => f(x as tf.Tensor3D), [2, 6, 2]);
const image = (f: (x: tf.Tensor4D) => tf.Tensor, shape = images): Operation =>
  spaced((x) => f(x as tf.Tensor4D), shape);
const volume = (f: (x: tf.Tensor5D) => tf.Tensor): Operation =>
  spaced((x) => f(x as tf.Tensor5D), volumes);

const elementwise: Record<string, Operation> = {
  abs: spaced((x) => tf.abs(x)),
  acos: within(-0.7, 0.7, (x) => tf.acos(x)),
  acosh: within(1.3, 3, (x) => tf.acosh(x)),
  asin: within(-0.7, 0.7, (x) => tf.asin(x)),
  asinh: spaced((x) => tf.asinh(x)),
  atan: spaced((x) => tf.atan(x)),
  atanh: within(-0.7, 0.7, (x) => tf.atanh(x)),
  cast: spaced((x) => tf.cast(x, "float32")),
  ceil: spaced((x) => tf.ceil(tf.add(x, 0.02))),
  clipByValue: spaced((x) => tf.clipByValue(x, -0.3, 0.4)),
  clone: spaced((x) => tf.clone(x)),
  cos: spaced((x) => tf.cos(x)),
  cosh: spaced((x) => tf.cosh(x)),
  elu: spaced((x) => tf.elu(x)),
  erf: spaced((x) => tf.erf(x)),
  exp: spaced((x) => tf.exp(x)),
  expm1: spaced((x) => tf.expm1(x)),
  floor: spaced((x) => tf.floor(tf.add(x, 0.02))),
  leakyRelu: spaced((x) => tf.leakyRelu(x)),
  log: within(0.5, 2, (x) => tf.log(x)),
  log1p: within(0.5, 2, (x) => tf.log1p(x)),
  logSigmoid: spaced((x) => tf.logSigmoid(x)),
  neg: spaced((x) => tf.neg(x)),
  reciprocal: within(0.5, 2, (x) => tf.reciprocal(x)),
  relu: spaced((x) => tf.relu(x)),
  relu6: spaced((x) => tf.relu6(tf.mul(x, 8))),
  round: spaced((x) => tf.round(tf.add(x, 0.02))),
  rsqrt: within(0.5, 2, (x) => tf.rsqrt(x)),
  selu: spaced((x) => tf.selu(x)),
  sigmoid: spaced((x) => tf.sigmoid(tf.mul(3, x))),
  sign: spaced((x) => tf.sign(x)),
  sin: spaced((x) => tf.sin(x)),
  sinh: spaced((x) => tf.sinh(x)),
  softplus: spaced((x) => tf.softplus(tf.mul(3, x))),
  sqrt: within(0.5, 2, (x) => tf.sqrt(x)),
  square: spaced((x) => tf.square(x)),
  step: spaced((x) => tf.step(x)),
  tan: within(-0.7, 0.7, (x) => tf.tan(x)),
  tanh: spaced((x) => tf.tanh(x)),
};

const other = () => fixed([4]);
const away = () => tf.add(tf.abs(other()), 0.7);

const ofTwo: Record<string, Operation> = {
  add: spaced((x) => tf.add(x, other())),
  addN: spaced((x) => tf.addN([x, x, fixed(vector)])),
  atan2: spaced((x) => tf.atan2(x, away())),
  "atan2, second input": within(0.5, 2, (x) => tf.atan2(other(), x)),
  div: spaced((x) => tf.div(x, away())),
  "div, second input": within(0.5, 2, (x) => tf.div(other(), x)),
  divNoNan: spaced((x) => tf.divNoNan(x, away())),
  floorDiv: spaced((x) => tf.floorDiv(tf.add(x, 0.02), tf.onesLike(x))),
  maximum: spaced((x) => tf.maximum(x, tf.neg(x))),
  minimum: spaced((x) => tf.minimum(x, tf.neg(x))),
  mod: spaced((x) => tf.mod(tf.add(x, 0.02), tf.onesLike(x))),
  "mod, second input": within(0.6, 0.9, (x) => tf.mod(tf.scalar(2), x)),
  mul: spaced((x) => tf.mul(x, other())),
  pow: within(0.5, 2, (x) => tf.pow(x, tf.tensor1d([2, 3, -1, 0.5]))),
  "pow, second input": within(0.5, 2, (x) => tf.pow(away(), x)),
  prelu: spaced((x) => tf.prelu(x, tf.scalar(0.2))),
  "prelu, second input": within(0.1, 0.4, (x) => tf.prelu(fixed(vector), x)),
  squaredDifference: spaced((x) => tf.squaredDifference(x, other())),
  sub: spaced((x) => tf.sub(other(), x)),
  where: spaced((x) => tf.where(tf.tensor2d([1, 0, 0, 1], [1, 4], "bool"), x, tf.neg(x))),
  "where, by the input": spaced((x) => tf.where(tf.greater(x, 0), x, tf.mul(2, x))),
};

const reductions: Record<string, Operation> = {
  cumprod: within(0.5, 1.5, (x) => tf.cumprod(x, 1)),
  "cumsum, last axis": spaced((x) => tf.cumsum(x, 1)),
  "cumsum, first axis": spaced((x) => tf.cumsum(x, 0)),
  "cumsum, exclusive and reversed": spaced((x) => tf.cumsum(x, 1, true, true)),
  euclideanNorm: spaced((x) => tf.euclideanNorm(x)),
  logSoftmax: spaced((x) => tf.logSoftmax(tf.mul(3, x))),
  logSumExp: spaced((x) => tf.logSumExp(x, 1)),
  max: spaced((x) => tf.max(x, 0)),
  mean: spaced((x) => tf.mean(x, 0)),
  min: spaced((x) => tf.min(x, 1)),
  moments: spaced((x) => tf.moments(x, 0).variance),
  norm: spaced((x) => tf.norm(x, 1, 0)),
  "norm, largest": spaced((x) => tf.norm(tf.add(x, 0.02), Infinity, 0)),
  prod: within(0.5, 1.5, (x) => tf.prod(x, 0)),
  softmax: spaced((x) => tf.mul(10, tf.softmax(tf.mul(3, x)))),
  sum: spaced((x) => tf.sum(x, 0)),
};

const block = [2, 2];
const crops: [number, number][] = [
  [0, 0],
  [0, 1],
];

const shapes: Record<string, Operation> = {
  batchToSpaceND: spaced((x) => tf.batchToSpaceND(x, block, crops), [4, 2, 3, 1]),
  broadcastTo: spaced((x) => tf.broadcastTo(x, [2, 3, 4])),
  concat: spaced((x) => tf.concat([x, tf.neg(x)], 1)),
  diag: line((x) => tf.diag(x)),
  depthToSpace: image((x) => tf.depthToSpace(x, 2), [1, 2, 2, 4]),
  ensureShape: spaced((x) => tf.ensureShape(x, [3, 4])),
  expandDims: spaced((x) => tf.expandDims(x, 1)),
  gather: spaced((x) => tf.gather(x, tf.tensor1d([2, 0, 2], "int32"))),
  "gather, last axis": spaced((x) => tf.gather(x, tf.tensor1d([2, 0, 2], "int32"), 1)),
  gatherND: spaced((x) => tf.gatherND(x, tf.tensor2d([2, 0, 1, 1], [2, 2], "int32"))),
  mirrorPad: matrix((x) =>
    tf.mirrorPad(
      x,
      [
        [1, 1],
        [2, 0],
      ],
      "reflect",
    ),
  ),
  "mirrorPad, symmetric": matrix((x) =>
    tf.mirrorPad(
      x,
      [
        [1, 1],
        [2, 0],
      ],
      "symmetric",
    ),
  ),
  pad: matrix((x) =>
    tf.pad(x, [
      [1, 1],
      [2, 0],
    ]),
  ),
  reshape: spaced((x) => tf.reshape(x, [2, 6])),
  reverse: spaced((x) => tf.reverse(x, 1)),
  scatterND: line((x) =>
    tf.scatterND(tf.tensor2d([[5], [1], [2], [0], [3], [4]], [6, 1], "int32"), x, [8]),
  ),
  slice: spaced((x) => tf.slice(x, [1, 1], [2, 2])),
  spaceToBatchND: spaced((x) => tf.spaceToBatchND(x, block, crops), [1, 4, 5, 2]),
  split: spaced((x) => tf.split(x, [1, 3], 1)[1] as tf.Tensor),
  squeeze: spaced((x) => tf.squeeze(x, [1]), [3, 1, 2]),
  stack: spaced((x) => tf.stack([x, tf.neg(x)], 1)),
  stridedSlice: spaced((x) => tf.stridedSlice(x, [0, 0], [3, 4], [2, 2])),
  tensorScatterUpdate: matrix((x) =>
    tf.tensorScatterUpdate(x, tf.tensor2d([[1]], [1, 1], "int32"), fixed([1, 4])),
  ),
  tile: spaced((x) => tf.tile(x, [2, 3])),
  topk: spaced((x) => tf.topk(x, 2).values),
  transpose: spaced((x) => tf.transpose(x)),
  unsortedSegmentSum: spaced((x) => tf.unsortedSegmentSum(x, tf.tensor1d([1, 0, 1], "int32"), 2)),
  unstack: spaced((x) => tf.unstack(x, 1)[2] as tf.Tensor),
};

const products: Record<string, Operation> = {
  basicLSTMCell: matrix((x) => {
    const [state, kept] = [fixed([3, 2]), fixed([3, 2], 22)] as [tf.Tensor2D, tf.Tensor2D];
    const weights = fixed([6, 8]) as tf.Tensor2D;
    return tf.basicLSTMCell(tf.scalar(1), weights, fixed([8]) as tf.Tensor1D, x, kept, state)[1];
  }),
  dot: matrix((x) => tf.dot(x, fixed([4, 2]))),
  einsum: matrix((x) => tf.einsum("ij,jk->ik", x, fixed([4, 2]))),
  matMul: matrix((x) => tf.matMul(x, fixed([4, 2]))),
  "matMul, transposed": matrix((x) => tf.matMul(x, fixed([2, 3]), true, true)),
  "matMul, of batches": sequence((x) => tf.matMul(x, fixed([2, 2, 3]))),
  outerProduct: line((x) => tf.outerProduct(x, fixed([3]) as tf.Tensor1D)),
  "linalg.bandPart": matrix((x) => tf.linalg.bandPart(x, 1, 0)),
  "linalg.gramSchmidt": matrix((x) => tf.linalg.gramSchmidt(x) as tf.Tensor),
};

const filter = (...shape: [number, number, number, number]) => fixed(shape) as tf.Tensor4D;

const convolutions: Record<string, Operation> = {
  avgPool: image((x) => tf.avgPool(x, 2, 2, "valid")),
  "avgPool, same": image((x) => tf.avgPool(x, 3, 1, "same")),
  avgPool3d: volume((x) => tf.avgPool3d(x, 2, 2, "valid")),
  conv1d: sequence((x) => tf.conv1d(x, fixed([3, 2, 2]) as tf.Tensor3D, 1, "same")),
  conv2d: image((x) => tf.conv2d(x, filter(3, 3, 2, 3), 2, "same")),
  "conv2d, filter": image(
    (x) => tf.conv2d(fixed(images) as tf.Tensor4D, x, 1, "valid"),
    [3, 3, 2, 3],
  ),
  "conv2d, dilated": image((x) => tf.conv2d(x, filter(2, 2, 2, 1), 1, "valid", "NHWC", 2)),
  conv2dTranspose: image((x) =>
    tf.conv2dTranspose(x, filter(4, 4, 3, 2), [2, 10, 12, 3], 2, "same"),
  ),
  "conv2dTranspose, odd size": image((x) =>
    tf.conv2dTranspose(x, filter(3, 3, 3, 2), [2, 9, 11, 3], 2, "same"),
  ),
  "conv2dTranspose, filter": image(
    (x) => tf.conv2dTranspose(fixed(images) as tf.Tensor4D, x, [2, 10, 12, 3], 2, "same"),
    [4, 4, 3, 2],
  ),
  conv3d: volume((x) => tf.conv3d(x, fixed([2, 2, 2, 2, 1]) as tf.Tensor5D, 1, "same")),
  conv3dTranspose: volume((x) =>
    tf.conv3dTranspose(x, fixed([2, 2, 2, 1, 2]) as tf.Tensor5D, [1, 8, 8, 8, 1], 2, "same"),
  ),
  depthwiseConv2d: image((x) => tf.depthwiseConv2d(x, filter(3, 3, 2, 2), 1, "same")),
  "depthwiseConv2d, filter": image(
    (x) => tf.depthwiseConv2d(fixed(images) as tf.Tensor4D, x, 1, "same"),
    [3, 3, 2, 2],
  ),
  dilation2d: image((x) => tf.dilation2d(x, fixed([2, 2, 2]) as tf.Tensor3D, 1, "valid")),
  localResponseNormalization: image((x) => tf.localResponseNormalization(x, 1)),
  maxPool: image((x) => tf.maxPool(x, 2, 2, "valid")),
  maxPoolWithArgmax: image((x) => tf.maxPoolWithArgmax(x, 2, 2, "valid")["result"] as tf.Tensor),
  maxPool3d: volume((x) => tf.maxPool3d(x, 2, 2, "valid")),
  pool: image((x) => tf.pool(x, 2, "avg", "valid")),
  separableConv2d: image((x) =>
    tf.separableConv2d(x, filter(3, 3, 2, 1), filter(1, 1, 2, 3), 1, "same"),
  ),
  batchNorm: image((x) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const [offset, scale] = [fixed([2]), fixed([2], 22)] as [tf.Tensor1D, tf.Tensor1D];
    return tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, offset, scale);
  }),
  "batchNorm, without a scale": image((x) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    return tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D);
  }),
};

const pictures: Record<string, Operation> = {
  cropAndResize: image((x) =>
    tf.image.cropAndResize(x, tf.tensor2d([[0, 0, 0.7, 0.9]]), tf.tensor1d([1], "int32"), [3, 3]),
  ),
  flipLeftRight: image((x) => tf.image.flipLeftRight(x)),
  grayscaleToRGB: image((x) => tf.image.grayscaleToRGB(x), [2, 4, 5, 1]),
  resizeBilinear: image((x) => tf.image.resizeBilinear(x, [9, 3])),
  "resizeBilinear, corners aligned": image((x) => tf.image.resizeBilinear(x, [9, 3], true)),
  "resizeBilinear, half-pixel centres": image((x) =>
    tf.image.resizeBilinear(x, [9, 3], false, true),
  ),
  resizeNearestNeighbor: image((x) => tf.image.resizeNearestNeighbor(x, [9, 3])),
  "resizeNearestNeighbor, corners aligned": image((x) =>
    tf.image.resizeNearestNeighbor(x, [9, 3], true),
  ),
  "resizeNearestNeighbor, half-pixel centres": image((x) =>
    tf.image.resizeNearestNeighbor(x, [9, 3], false, true),
  ),
  rgbToGrayscale: image((x) => tf.image.rgbToGrayscale(x), [2, 4, 5, 3]),
  rotateWithOffset: image((x) => tf.image.rotateWithOffset(x, 0.4)),
  transform: image((x) =>
    tf.image.transform(x, tf.tensor2d([[1, 0, 0.4, 0, 1, 0.2, 0, 0]]), "bilinear"),
  ),
};

const labels = () => tf.tensor2d([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1], [3, 4]);

const losses: Record<string, Operation> = {
  "losses.absoluteDifference": spaced((x) => tf.losses.absoluteDifference(labels(), tf.mul(x, 3))),
  "losses.cosineDistance": spaced((x) => tf.losses.cosineDistance(labels(), x, 1)),
  "losses.hingeLoss": spaced((x) => tf.losses.hingeLoss(labels(), x)),
  "losses.huberLoss": spaced((x) => tf.losses.huberLoss(labels(), tf.mul(x, 3))),
  "losses.logLoss": within(0.2, 0.8, (x) => tf.losses.logLoss(labels(), x)),
  "losses.meanSquaredError": spaced((x) => tf.losses.meanSquaredError(labels(), x)),
  "losses.sigmoidCrossEntropy": spaced((x) =>
    tf.mul(10, tf.losses.sigmoidCrossEntropy(labels(), tf.mul(3, x))),
  ),
  "losses.softmaxCrossEntropy": spaced((x) =>
    tf.mul(10, tf.losses.softmaxCrossEntropy(labels(), tf.mul(3, x))),
  ),
};

const waves: Record<string, Operation> = {
  "complex, abs": spaced((x) => tf.abs(tf.complex(x, tf.add(x, 1)))),
  fft: spaced((x) => tf.real(tf.fft(tf.complex(x, tf.neg(x))))),
  ifft: spaced((x) => tf.imag(tf.ifft(tf.complex(x, tf.neg(x))))),
  rfft: spaced((x) => tf.real(tf.rfft(x))),
  irfft: spaced((x) => tf.irfft(tf.complex(x, tf.neg(x)))),
  "signal.frame": line((x) => tf.signal.frame(x, 3, 2)),
  "signal.stft": line((x) => tf.real(tf.signal.stft(x, 4, 2))),
};

/** By tf.js's names, and what tells two ways of use apart. */
export const operations: Readonly<Record<string, Operation>> = {
  ...elementwise,
  ...ofTwo,
  ...reductions,
  ...shapes,
  ...products,
  ...convolutions,
  ...pictures,
  ...losses,
  ...waves,
};
