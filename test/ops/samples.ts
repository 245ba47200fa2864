/** What derivatives are tested on: every backend, seeded random shapes, values away from kinks. */
import { backendName, createRandom, tf, type RandomStream } from "gan-lib";

/** The loaded backend, and tf.js's pure JavaScript one. */
export const backends = [backendName, "cpu"];

/** Runs a test's body on a backend, and puts the loaded one back. */
export async function onBackend(backend: string, body: () => void): Promise<void> {
  await tf.setBackend(backend);
  try {
    tf.tidy(body);
  } finally {
    await tf.setBackend(backendName);
  }
}

/** Standard normal values. */
export function normalValues(shape: number[], seed = 5): tf.Tensor {
  return createRandom(seed).normal(shape);
}

/** Values in random order, at least 0.1 apart and 0.05 away from 0: no two tie, none is at a kink. */
export function spacedValues(shape: number[], seed = 6): tf.Tensor {
  const count = tf.util.sizeFromShape(shape);
  const order = createRandom(seed).shuffledIndices(count);
  return tf.tensor(
    Float32Array.from(order, (place) => 0.1 * (place - Math.floor(count / 2)) + 0.05),
    shape,
  );
}

function lengths(random: RandomStream, rank: number): number[] {
  return Array.from({ length: rank }, () => 1 + random.integer(4));
}

/** Shapes of rank 1 to 4; one is a batch of 1. */
export function anyShapes(seed = 7): number[][] {
  const random = createRandom(seed);
  return [lengths(random, 1), [1, ...lengths(random, 2)], lengths(random, 4)];
}

/** Images with height and width of 4 to 7: a batch of 1 of odd size, and a random one. */
export function imageShapes(seed = 8): number[][] {
  const random = createRandom(seed);
  return [
    [1, 5, 7, 1 + random.integer(2)],
    [2, 4 + random.integer(4), 4 + random.integer(4), 1 + random.integer(3)],
  ];
}
