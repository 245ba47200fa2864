import { blurred, createRandom, noisy, quantized, tf, type LabelledImages } from "gan-lib";

/** Smooth images, and generated ones that are noisier. */
export function noisier(seed: number, count: number, deviation = 0.15): LabelledImages {
  const random = createRandom(seed);
  const smooth = (): tf.Tensor4D =>
    blurred(random.uniform([count, 28, 28, 1], -1, 1) as tf.Tensor4D, 1.2);
  return { real: quantized(smooth()), fake: quantized(noisy(smooth(), deviation, random)) };
}
