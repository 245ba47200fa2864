/** The tf.js operations whose derivative cannot be differentiated, and what to use instead. */
import * as tf from "../backend/tf";
import { differentiatedTwice } from "../ops/gradients";

interface Unsafe {
  /** As the learner wrote it. */
  readonly operation: string;
  readonly twin: string;
  /** Only where the input of that name was computed from others; always, where it is left out. */
  readonly byInput?: string;
}

/** By kernel, or by scope for what is no kernel: tf.js differentiates twice without complaint, and the number is wrong. */
const WRONG: Readonly<Record<string, Unsafe>> = {
  Exp: {
    operation: "tf.exp (which tf.losses.sigmoidCrossEntropy holds as well)",
    twin: "gan.exp or gan.binaryCrossEntropy",
  },
  Pow: {
    operation: "tf.pow with an exponent that was computed",
    twin: "gan.exp of the exponent times tf.log of the base",
    byInput: "b",
  },
  Sigmoid: {
    operation: "tf.sigmoid",
    twin: 'gan.sigmoid, gan.swish or gan.layers.activation("sigmoid")',
  },
  Softmax: { operation: "tf.softmax", twin: 'gan.softmax or gan.layers.activation("softmax")' },
  Tanh: { operation: "tf.tanh", twin: 'gan.tanh or gan.layers.activation("tanh")' },
  logSoftmax__op: { operation: "tf.logSoftmax", twin: "gan.logSoftmax" },
};

/** tf.js throws when it differentiates twice, and names a kernel that the learner never wrote. */
const MISSING: Readonly<Record<string, Unsafe>> = {
  ClipByValue: { operation: "tf.clipByValue", twin: "gan.clip" },
  Elu: { operation: "tf.elu", twin: 'gan.elu or gan.layers.activation("elu")' },
  FusedBatchNorm: {
    operation: "tf.batchNorm",
    twin: "gan.batchNorm, gan.layers.batchNormalization or, better here, gan.layers.layerNormalization",
  },
  LeakyRelu: { operation: "tf.leakyRelu", twin: "gan.leakyRelu or gan.layers.leakyReLU" },
  Max: { operation: "tf.max", twin: "gan.max" },
  MaxPool: { operation: "tf.maxPool", twin: "gan.maxPool" },
  Maximum: { operation: "tf.maximum", twin: "gan.maximum" },
  Min: { operation: "tf.min", twin: "the negative of gan.max" },
  Minimum: { operation: "tf.minimum", twin: "gan.minimum" },
  Prelu: { operation: "tf.prelu", twin: "gan.layers.leakyReLU" },
  Relu6: { operation: "tf.relu6", twin: "gan.clip" },
  Selu: { operation: "tf.selu", twin: 'gan.selu or gan.layers.activation("selu")' },
  DepthwiseConv2dNative: { operation: "tf.depthwiseConv2d", twin: "gan.conv2d" },
  DepthToSpace: { operation: "tf.depthToSpace", twin: "tf.reshape and tf.transpose" },
  Einsum: { operation: "tf.einsum", twin: "tf.matMul" },
  LRN: { operation: "tf.localResponseNormalization", twin: "gan.layerNorm" },
  ResizeBilinear: { operation: "tf.image.resizeBilinear", twin: "gan.resizeBilinear" },
  ResizeNearestNeighbor: { operation: "tf.image.resizeNearestNeighbor", twin: "gan.resizeNearest" },
  Prod: { operation: "tf.prod", twin: "tf.mul" },
  StridedSlice: { operation: "tf.stridedSlice", twin: "tf.slice" },
};

/**
 * Evaluates a function and refuses operations that tf.js cannot differentiate twice, where that is going to happen.
 *
 * @param user Who will take the second derivative; the error's first word.
 * @throws Error that names the operation and its safe twin.
 */
export function refuseUnsafe(user: string, evaluate: () => tf.Tensor): tf.Tensor {
  if (!differentiatedTwice()) return evaluate();
  const tape = tf.engine().state.activeTape;
  const before = tape.length;
  const result = evaluate();
  const computed = new Set(tape.flatMap(({ outputs }) => outputs.map(({ id }) => id)));
  for (const { kernelName, inputs } of tape.slice(before)) {
    const wrong = WRONG[kernelName];
    const source = wrong?.byInput === undefined ? undefined : inputs[wrong.byInput];
    if (wrong !== undefined && (source === undefined || computed.has(source.id)))
      throw unsafe(user, wrong, "whose second derivative tf.js gets wrong");
    const missing = MISSING[kernelName];
    if (missing !== undefined)
      throw unsafe(user, missing, "which tf.js cannot differentiate twice");
  }
  return result;
}

function unsafe(user: string, { operation, twin }: Unsafe, reason: string): Error {
  return new Error(`${user}: the discriminator uses ${operation}, ${reason}; use ${twin}.`);
}
