/** How the digit classifiers are built and trained, for each backend and each size of the data. */
import type { BackendName } from "../backend/load";
import * as tf from "../backend/tf";
import type { ImageDataset, ImageShape } from "../data/ImageDataset";
import type { RandomStream } from "../ops/random";

/** Everything that decides what a trained classifier is, besides the data and the seed. */
export interface ClassifierRecipe {
  /** Names the network and its version; counted up when the recipe changes. */
  readonly name: string;
  readonly epochs: number;
  readonly batchSize: number;
  /** The rate at the start; it falls to 0 along half a cosine. */
  readonly learningRate: number;
  /** Builds the network: images [N, height, width, channels] -> logits [N, classes]. Its last but one layer holds the features. */
  readonly build: (imageShape: ImageShape, classes: number, random: RandomStream) => tf.Sequential;
}

/** How many features the classifiers have. */
export const FEATURE_COUNT = 64;

/** He's initialization (arXiv 1502.01852), right for ReLU, from the library's random numbers. */
function heNormal(random: RandomStream): {
  kernelInitializer: ReturnType<typeof tf.initializers.heNormal>;
} {
  return { kernelInitializer: tf.initializers.heNormal({ seed: random.seed() }) };
}

/** Two strided convolutions in the manner of LeNet (LeCun et al., 1998), features, logits. Strides cost less than pooling. */
function convolutional(
  imageShape: ImageShape,
  classes: number,
  random: RandomStream,
): tf.Sequential {
  const convolution = (filters: number): Parameters<typeof tf.layers.conv2d>[0] => ({
    filters,
    kernelSize: 4,
    strides: 2,
    padding: "same",
    activation: "relu",
    ...heNormal(random),
  });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ ...convolution(16), inputShape: [...imageShape] }), // [N, 14, 14, 16]
      tf.layers.conv2d(convolution(32)), // [N, 7, 7, 32]
      tf.layers.flatten(), // [N, 1568]
      tf.layers.dense({ units: FEATURE_COUNT, activation: "relu", ...heNormal(random) }),
      tf.layers.dense({ units: classes, ...heNormal(random) }),
    ],
  });
}

/** Dense layers only: what can be trained where convolutions cannot. */
function dense(imageShape: ImageShape, classes: number, random: RandomStream): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [...imageShape] }),
      tf.layers.dense({ units: 512, activation: "relu", ...heNormal(random) }),
      tf.layers.dense({ units: FEATURE_COUNT, activation: "relu", ...heNormal(random) }),
      tf.layers.dense({ units: classes, ...heNormal(random) }),
    ],
  });
}

const RECIPES: Readonly<
  Record<BackendName, Readonly<Record<"full" | "package", ClassifierRecipe>>>
> = {
  tensorflow: {
    full: { name: "cnn-v1", epochs: 3, batchSize: 100, learningRate: 0.05, build: convolutional },
    package: { name: "cnn-v1", epochs: 8, batchSize: 50, learningRate: 0.03, build: convolutional },
  },
  wasm: {
    full: { name: "dense-v1", epochs: 4, batchSize: 100, learningRate: 0.05, build: dense },
    package: { name: "dense-v1", epochs: 10, batchSize: 50, learningRate: 0.03, build: dense },
  },
};

/**
 * The recipe for a backend and a source of data: convolutions where they train, dense layers on WebAssembly.
 *
 * @throws Error for pictures from a folder, which have no classes to tell apart.
 */
export function classifierRecipe(
  backend: BackendName,
  source: ImageDataset["source"],
): ClassifierRecipe {
  if (source === "folder")
    throw new Error("There is no classifier for pictures from a folder: they have no classes.");
  return RECIPES[backend][source];
}
