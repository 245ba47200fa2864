/**
 * Every operation of tf.js that takes numbers, at first and second order, against finite differences: the list of what is
 * wrong or missing in tf.js 4.22, so that the next one is not found by a learner. The day a line of it turns out right,
 * tf.js has been mended, and what stands in for it here may go.
 */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { ready, tf } from "gan-lib";
import { firstOrderError, secondOrderError, TOLERANCE } from "./finiteDifferences";
import { backends, onBackend } from "./samples";
import { operations } from "./tfjsOperations";

before(ready);

/** Wrong at first order; lib/ops/refused.ts makes tf.js say so, whatever the order. */
const REFUSED = [
  "cumsum, first axis",
  "floorDiv",
  "mirrorPad",
  "mirrorPad, symmetric",
  "resizeBilinear, half-pixel centres",
  "resizeNearestNeighbor, half-pixel centres",
];

/** tf.js throws at first order: it has no derivative, or the native backend has no such kernel. */
const MISSING = [
  "batchNorm, without a scale",
  "complex, abs",
  "conv2d, dilated",
  "conv3dTranspose",
  "cropAndResize",
  "cumprod",
  "depthToSpace",
  "diag",
  "divNoNan",
  "einsum",
  "fft",
  "flipLeftRight",
  "gatherND",
  "ifft",
  "irfft",
  "linalg.bandPart",
  "maxPoolWithArgmax",
  "rfft",
  "rgbToGrayscale",
  "rotateWithOffset",
  "scatterND",
  "signal.stft",
  "stridedSlice",
  "tensorScatterUpdate",
  "topk",
  "transform",
  "where, by the input",
];

/** The number is wrong at second order, without a word: gan-lib's penalties refuse them by name. */
const WRONG_TWICE = [
  "basicLSTMCell",
  "exp",
  "logSoftmax",
  "losses.sigmoidCrossEntropy",
  "losses.softmaxCrossEntropy",
  "pow, second input",
  "sigmoid",
  "softmax",
  "tanh",
];

/** tf.js throws at second order only. */
const MISSING_TWICE = [
  "avgPool3d",
  "clipByValue",
  "conv3d",
  "depthwiseConv2d",
  "depthwiseConv2d, filter",
  "dilation2d",
  "elu",
  "leakyRelu",
  "localResponseNormalization",
  "logSumExp",
  "losses.huberLoss",
  "max",
  "maxPool",
  "maxPool3d",
  "maximum",
  "min",
  "minimum",
  "norm, largest",
  "prelu",
  "prod",
  "relu6",
  "resizeBilinear",
  "resizeBilinear, corners aligned",
  "resizeNearestNeighbor",
  "resizeNearestNeighbor, corners aligned",
  "selu",
  "separableConv2d",
];

/** What the pure JavaScript backend gets wrong besides, at first order. Lessons never compute on it. */
const ONLY_IN_JAVASCRIPT = {
  wrong: ["avgPool, same", "resizeNearestNeighbor", "resizeNearestNeighbor, corners aligned"],
  throws: ["resizeBilinear", "resizeBilinear, corners aligned"],
};

type Answer = "right" | "wrong" | "refused" | "throws";

function answer(error: () => number): Answer {
  try {
    return error() < TOLERANCE ? "right" : "wrong";
  } catch (thrown) {
    return /^Error: tf\.js differentiates tf\..* wrongly; use /.test(String(thrown))
      ? "refused"
      : "throws";
  }
}

/** The names of the operations that give each answer, but for those that are right. */
function answers(order: typeof firstOrderError): Record<Exclude<Answer, "right">, string[]> {
  const found = { wrong: [] as string[], refused: [] as string[], throws: [] as string[] };
  for (const [name, { f, x }] of Object.entries(operations)) {
    const given = answer(() => order(f, x()));
    if (given !== "right") found[given].push(name);
  }
  for (const names of Object.values(found)) names.sort();
  return found;
}

for (const backend of backends) {
  const alone =
    backend === "cpu" ? ONLY_IN_JAVASCRIPT : { wrong: [] as string[], throws: [] as string[] };
  describe(`tf.js on ${backend}`, () => {
    test("is right at first order, but for what is refused, missing or known", () =>
      onBackend(backend, () => {
        assert.deepEqual(answers(firstOrderError), {
          wrong: alone.wrong,
          refused: REFUSED,
          throws: [...MISSING, ...alone.throws].sort(),
        });
      }));

    test("is right at second order, but for what is known", () =>
      onBackend(backend, () => {
        assert.deepEqual(answers(secondOrderError), {
          wrong: WRONG_TWICE,
          refused: REFUSED,
          throws: [...MISSING, ...MISSING_TWICE].sort(),
        });
      }));
  });
}

/** Kernels that the sweep does not reach, since no number that they give has a slope. */
const WITHOUT_SLOPE: Record<string, string> = {
  "the backward pass of another":
    "AvgPool3DGrad AvgPoolGrad Conv2DBackpropFilter Conv3DBackpropFilterV2 " +
    "DepthwiseConv2dNativeBackpropFilter DepthwiseConv2dNativeBackpropInput Dilation2DBackpropFilter " +
    "Dilation2DBackpropInput EluGrad LRNGrad MaxPool3DGrad MaxPoolGrad ResizeBilinearGrad " +
    "ResizeNearestNeighborGrad",
  "several kernels in one, for prediction": "FusedConv2D FusedDepthwiseConv2D _FusedMatMul",
  "truth, places and counts":
    "All Any ArgMax ArgMin Bincount BitwiseAnd DenseBincount IsFinite IsInf Less LogicalNot " +
    "LogicalOr NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 NotEqual OneHot " +
    "SearchSorted Unique",
  "made of shapes, seeds or strings":
    "BroadcastArgs Draw LinSpace Multinomial StaticRegexReplace StringNGrams StringSplit " +
    "StringToHashBucketFast",
  "ragged and sparse tensors":
    "RaggedGather RaggedRange RaggedTensorToTensor SparseFillEmptyRows SparseReshape " +
    "SparseSegmentMean SparseSegmentSum SparseToDense",
  "only in JavaScript, not native": "MaxPoolWithArgmax RotateWithOffset Transform",
};

test("the sweep reaches every kernel of tf.js but those without a slope", async () => {
  const used = new Set<string>();
  for (const { f, x } of Object.values(operations)) {
    const run = () => tf.profile(() => tf.tidy(() => f(x())));
    const profile = await run().catch(() => ({ kernelNames: [] as string[] }));
    for (const name of profile.kernelNames) used.add(name);
  }
  const kernels = ["cpu", "tensorflow"].flatMap((name) => tf.getKernelsForBackend(name));
  const missed = new Set(kernels.map(({ kernelName }) => kernelName).filter((k) => !used.has(k)));
  const listed = Object.values(WITHOUT_SLOPE).flatMap((names) => names.split(" "));
  assert.deepEqual([...missed].sort(), listed.sort());
});

describe("a derivative that is refused", () => {
  const images = () => tf.ones<tf.Rank.R4>([1, 4, 4, 1]);

  test("names the operation and what to use, also under an optimizer", () => {
    const weights = tf.variable(tf.ones([3, 2]));
    const train = () => tf.train.sgd(0.1).minimize(() => tf.sum<tf.Scalar>(tf.cumsum(weights, 0)));
    assert.throws(train, /differentiates tf\.cumsum along .* wrongly; use gan\.cumulativeSum/);
    weights.dispose();
    const resize = (x: tf.Tensor) =>
      tf.image.resizeBilinear(x as tf.Tensor4D, [2, 2], false, true) as tf.Tensor;
    assert.throws(
      () => tf.grad(resize)(images()),
      /use gan\.resizeBilinear\(x, size, "halfPixel"\)/,
    );
  });

  test("leaves the value, and the right uses of the same operation", () => {
    const padded = tf.mirrorPad(
      tf.tensor2d([[1, 2, 3]]),
      [
        [0, 0],
        [2, 0],
      ],
      "reflect",
    );
    assert.deepEqual([...padded.dataSync()], [3, 2, 1, 2, 3]);
    const slope = tf.grad((x) => tf.cumsum(x, 1))(tf.ones([1, 3]));
    assert.deepEqual([...slope.dataSync()], [3, 2, 1]);
    const same = tf.grad((x) => tf.image.resizeBilinear(x as tf.Tensor4D, [4, 4]));
    assert.deepEqual([...same(images()).dataSync()], Array(16).fill(1));
  });
});
