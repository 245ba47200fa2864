import * as tf from "../backend/tf";
import { withoutGradient } from "./gradients";

/** Added to a length before dividing by it. */
const EPSILON = 1e-12;

function unit(vector: tf.Tensor): tf.Tensor {
  return tf.div(vector, tf.add(tf.norm(vector), EPSILON));
}

/** A weight divided by its spectral norm, and the left vector that the next power iteration starts from. */
export interface SpectralNorm {
  /** The shape of the weight. */
  readonly weight: tf.Tensor;
  /** [outputs, 1], of length 1. */
  readonly u: tf.Tensor;
}

/**
 * Spectral normalisation (Miyato et al., arXiv 1802.05957, algorithm 1): one power iteration from u estimates the
 * largest singular value sigma = u' W v of the weight, taken as a matrix from inputs to outputs; the weight is
 * divided by it. As in the paper (section 2.1), u and v count as constants in the derivative, which is therefore exact at
 * first order once the iteration has converged, and so is a gradient penalty's: it differentiates by the weight once.
 *
 * @param weight [..., outputs], such as a dense or a convolution's kernel.
 * @param u [outputs, 1].
 * @returns Both tensors; the caller disposes them.
 */
export function spectralNorm(weight: tf.Tensor, u: tf.Tensor): SpectralNorm {
  const outputs = weight.shape[weight.rank - 1]!;
  const matrix = tf.reshape(weight, [-1, outputs]); // the transpose of the paper's W
  const v = withoutGradient([matrix, u], (w, left) => unit(tf.matMul(w, left))); // [inputs, 1]
  const next = withoutGradient([matrix, v], (w, right) => unit(tf.matMul(w, right, true))); // [outputs, 1]
  const sigma = tf.sum(tf.mul(next, tf.matMul(matrix, v, true)));
  return { weight: tf.div(weight, sigma), u: next };
}
