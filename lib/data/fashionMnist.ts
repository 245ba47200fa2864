/** Fashion-MNIST: clothes in MNIST's format. */
import { readFullSet, type DatasetOptions } from "./fullSet";
import type { ImageDataset } from "./ImageDataset";

const CLASS_NAMES = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];

/**
 * Fashion-MNIST's pictures of clothes (Xiao et al., arXiv 1708.07747), 60,000 / 10,000, 28x28, ten classes.
 *
 * @throws Error saying how to get the set when it is not on this machine and `download` is not set.
 */
export async function fashionMnist(options: DatasetOptions = {}): Promise<ImageDataset> {
  return readFullSet("fashion-mnist", CLASS_NAMES, options);
}
