import type * as tf from "../backend/tf";
import { imageGrid, type ImageGrid, type ImageGridOptions } from "../plots/imageGrid";

/**
 * Draws a tensor of images in rows and columns, as {@link imageGrid} does. The tensor is read, not disposed.
 *
 * @param images [N, height, width, 1 or 3] in [-1, 1].
 * @throws Error when the shape or the range is another one, or a value is NaN.
 */
export async function tensorGrid(
  images: tf.Tensor,
  options: ImageGridOptions = {},
): Promise<ImageGrid> {
  return imageGrid({ data: await images.data<"float32">(), shape: images.shape }, options);
}
