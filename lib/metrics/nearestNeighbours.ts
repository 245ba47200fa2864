/** The sample of a reference set that is nearest to each of others: whether a generator copies. */
import * as tf from "../backend/tf";

/** What {@link nearestNeighbours} finds, one entry a sample. */
export interface NearestNeighbours {
  /** Which row of the reference set is nearest. */
  readonly index: readonly number[];
  /** The Euclidean distance to it, in the samples' own unit. */
  readonly distance: readonly number[];
}

/** Samples that are compared at once: with 60,000 references the distances of a block take 60 MB. */
const BLOCK = 256;

/**
 * The nearest row of a reference set for each sample. Which one it is follows from |r|² - 2 <s, r>, one product of matrices;
 * its distance is then computed from the difference itself, so that equal images are at exactly 0.
 *
 * @param samples [N, …], such as generated images. Not disposed.
 * @param reference [M, …] of the same shape but for M, such as the training images. Not disposed.
 * @throws Error when the shapes differ, a set is empty, or a number is not finite.
 */
export function nearestNeighbours(samples: tf.Tensor, reference: tf.Tensor): NearestNeighbours {
  requireAlike(samples.shape, reference.shape);
  const [count = 0, ...rest] = samples.shape;
  const size = tf.util.sizeFromShape(rest);
  return tf.tidy(() => {
    const rows = tf.reshape(samples, [count, size]);
    const others = tf.reshape(reference, [-1, size]);
    const norms = tf.sum(tf.square(others), 1); // [M]
    const blocks = Array.from({ length: Math.ceil(count / BLOCK) }, (_, i) =>
      nearestOfBlock(rows.slice(i * BLOCK, Math.min(BLOCK, count - i * BLOCK)), others, norms),
    );
    const found = {
      index: blocks.flatMap(({ index }) => index),
      distance: blocks.flatMap(({ distance }) => distance),
    };
    if (!found.distance.every(Number.isFinite) || !Number.isFinite(tf.sum(norms).dataSync()[0]))
      throw new Error(
        "nearestNeighbours: a number of the samples or of the reference set is NaN or infinite.",
      );
    return found;
  });
}

function nearestOfBlock(rows: tf.Tensor, others: tf.Tensor, norms: tf.Tensor): NearestNeighbours {
  const scores = tf.sub(norms, tf.mul(2, tf.matMul(rows, others, false, true))); // [N, M]
  const index = tf.argMin(scores, 1);
  const distance = tf.norm(tf.sub(rows, tf.gather(others, index)), 2, 1);
  return {
    index: Array.from(index.dataSync()),
    distance: Array.from(distance.dataSync()),
  };
}

/** @throws Error naming both shapes. */
function requireAlike(samples: readonly number[], reference: readonly number[]): void {
  const alike = samples.slice(1).join() === reference.slice(1).join();
  if (alike && samples.length > 1 && [...samples, ...reference].every((side) => side > 0)) return;
  throw new Error(
    `nearestNeighbours: samples and reference must be [N, …] and [M, …] with the same shape behind N and M, and neither empty; got [${samples.join(", ")}] and [${reference.join(", ")}].`,
  );
}
