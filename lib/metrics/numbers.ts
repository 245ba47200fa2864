/** Plain numbers out of tensors, networks and lists: what a cell reports, compares or averages. */
import * as tf from "../backend/tf";

/**
 * The number that a tensor holds. Reads the tensor, and does not dispose it.
 *
 * @param tensor One value, of any shape: a loss, a norm.
 * @throws Error when it holds none or several.
 * @example gan.numberOf(tf.mean(images))
 */
export function numberOf(tensor: tf.Tensor): number {
  if (tensor.size !== 1)
    throw new Error(
      `numberOf: a tensor of one value is needed, got ${tensor.size} values in the shape [${tensor.shape.join(", ")}]. ` +
        "Take the mean, the sum or one element first.",
    );
  return tensor.dataSync()[0] as number;
}

/**
 * The mean of a list of numbers.
 *
 * @throws Error when the list is empty.
 */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) throw new Error("mean: at least one number is needed, got none.");
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** What {@link largestDifference} compares: a tensor, a list of tensors, or all weights of a network. */
export type Comparable = tf.Tensor | readonly tf.Tensor[] | tf.LayersModel;

function tensorsOf(values: Comparable): readonly tf.Tensor[] {
  if (values instanceof tf.Tensor) return [values];
  return "getWeights" in values ? values.getWeights() : values;
}

/** The largest difference of two tensors of one shape; NaN where one of them holds NaN. */
function apart(a: tf.Tensor, b: tf.Tensor): number {
  const [ofA, ofB] = [a.dataSync(), b.dataSync()];
  let largest = 0;
  for (let i = 0; i < ofA.length; i++) {
    const [x, y] = [ofA[i] as number, ofB[i] as number];
    if (x !== y) largest = Math.max(largest, Math.abs(x - y));
  }
  return largest;
}

/**
 * The largest distance between two numbers that stand at the same place: of two tensors, of two lists of tensors, or of
 * all weights of two networks, none left out. 0 says that they agree in every bit; NaN that one of them holds NaN. Reads
 * the tensors, and disposes none.
 *
 * @throws Error when there is nothing to compare, or when the two have not the same number of tensors and the same shapes.
 * @example
 * const before = model.getWeights().map((weight) => weight.clone());
 * step();
 * gan.largestDifference(before, model); // 0: the step did not move this network
 */
export function largestDifference(a: Comparable, b: Comparable): number {
  const [ofA, ofB] = [tensorsOf(a), tensorsOf(b)];
  const [inA, inB] = [ofA, ofB].map((all) =>
    all.map(({ shape }) => `[${shape.join(", ")}]`).join(" "),
  );
  if (inA !== inB || ofA.length === 0)
    throw new Error(
      `largestDifference: both must hold tensors of the same shapes, got ${inA || "none"} and ${inB || "none"}.`,
    );
  return ofA.reduce((largest, tensor, i) => Math.max(largest, apart(tensor, ofB[i]!)), 0);
}
