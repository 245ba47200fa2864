import type * as tf from "../backend/tf";

/**
 * Checks that two sets of images can be compared one by one.
 *
 * @param caller The metric that asks; it stands in the error.
 * @param channels How many there must be; any number where it is left out.
 * @throws Error when the shapes differ, are not of rank 4 or have other channels.
 */
export function requireImagePairs(
  caller: string,
  a: tf.Tensor4D,
  b: tf.Tensor4D,
  channels?: number,
): void {
  const [ofA, ofB] = [a, b].map(({ shape }) => shape.join(", "));
  if (a.rank === 4 && ofA === ofB && (channels === undefined || a.shape[3] === channels)) return;
  throw new Error(
    `${caller}: both must have the shape [N, height, width, ${channels ?? "channels"}], got [${ofA}] and [${ofB}].`,
  );
}
