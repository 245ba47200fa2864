/** The classifiers that measure what a GAN made: trained by the project on first need, then kept. */
import { backendName, ready } from "../backend/load";
import * as tf from "../backend/tf";
import { fashionMnist } from "../data/fashionMnist";
import type { ImageDataset } from "../data/ImageDataset";
import { mnist } from "../data/mnist";
import type { DatasetName } from "../data/sources";
import { weightsSum } from "../checkpoint/model";
import { createRandom } from "../ops/random";
import { classifierRecipe, type ClassifierRecipe } from "./classifierRecipes";
import { cachedModel, fingerprint, type CachePlace, type NotedModel } from "./modelCache";
import { accuracy, trainClassifier, type OnTrainingProgress } from "./trainClassifier";

/** A trained classifier of small images. */
export interface DigitClassifier {
  /** For instance "mnist-cnn-v1 (full)": data set, network, and which size of the data set trained it. */
  readonly name: string;
  /**
   * For instance "mnist-cnn-v1 (full, 3f9a21c0)": the name with a sum of the weights. A machine trains its own classifier, and
   * rounds in its own way, so figures can be compared only under one signature: print it beside them.
   */
  readonly signature: string;
  /** The share of the test split that it classifies rightly, in [0, 1]. */
  readonly testAccuracy: number;
  /**
   * Class probabilities of images [N, 28, 28, 1] in [-1, 1]: a tensor [N, 10], which the caller disposes.
   *
   * @throws Error when the images have another shape or range.
   */
  probabilities(images: tf.Tensor4D): tf.Tensor2D;
  /**
   * The values of the last hidden layer for images [N, 28, 28, 1] in [-1, 1]: a tensor [N, 64], which the caller disposes.
   *
   * @throws Error when the images have another shape or range.
   */
  features(images: tf.Tensor4D): tf.Tensor2D;
  /** Frees the network. */
  dispose(): void;
}

/** Options of {@link digitClassifier}. */
export interface DigitClassifierOptions {
  /** Told how the training goes on, when there is one; waited for. */
  readonly onProgress?: OnTrainingProgress;
  /** Default 1. */
  readonly seed?: number;
}

/**
 * The classifier of a data set, from the cache or trained: on the full set where it is found, else on MNIST's package
 * digits. The same seed gives the same network to the bit on one backend.
 *
 * @throws Error when the data set is not on this machine; what an interrupt throws while it trains.
 */
export async function digitClassifier(
  name: DatasetName = "mnist",
  options: DigitClassifierOptions = {},
): Promise<DigitClassifier> {
  const load = name === "mnist" ? mnist : fashionMnist;
  const [train, test] = await Promise.all([load({ split: "train" }), load({ split: "test" })]);
  return classifierOf(train, test, classifierRecipe(backendName, train.source), options);
}

/**
 * A classifier by the given recipe for the given images, from the cache or trained.
 *
 * @param options As for {@link digitClassifier}, and where the cache is.
 * @throws What an interrupt throws while it trains.
 */
export async function classifierOf(
  train: ImageDataset,
  test: ImageDataset,
  recipe: ClassifierRecipe,
  { onProgress, seed = 1, ...place }: DigitClassifierOptions & CachePlace = {},
): Promise<DigitClassifier> {
  await ready();
  const name = `${train.name}-${recipe.name}`;
  const { epochs, batchSize, learningRate } = recipe;
  const random = createRandom(seed).split(name);
  const { model, note } = await cachedModel({
    name: `${name}-${train.source}`,
    config: {
      recipe: { name: recipe.name, epochs, batchSize, learningRate },
      seed,
      train: fingerprint(train),
      test: fingerprint(test),
    },
    ...place,
    build: () => recipe.build(train.imageShape, train.classNames.length, random.split("init")),
    train: async (keeper): Promise<NotedModel<{ testAccuracy: number }>> => {
      const training = { dataset: train, recipe, random, onProgress, keeper };
      const trained = await trainClassifier(training);
      return { model: trained, note: { testAccuracy: accuracy(trained, test) } };
    },
  });
  const names = {
    name: `${name} (${train.source})`,
    signature: `${name} (${train.source}, ${weightsSum(model).slice(0, 8)})`,
  };
  return asClassifier(names, model, note.testAccuracy);
}

function asClassifier(
  names: Pick<DigitClassifier, "name" | "signature">,
  model: tf.LayersModel,
  testAccuracy: number,
): DigitClassifier {
  const { name } = names;
  const hidden = model.layers[model.layers.length - 2] as tf.layers.Layer;
  const upToFeatures = tf.model({ inputs: model.inputs, outputs: hidden.output });
  const predict = (network: tf.LayersModel, images: tf.Tensor4D): tf.Tensor2D => {
    checkImages(name, images, model.inputs[0]?.shape ?? []);
    return network.predict(images, { batchSize: 500 }) as tf.Tensor2D;
  };
  return {
    ...names,
    testAccuracy,
    probabilities: (images) => tf.tidy(() => tf.softmax(predict(model, images))),
    features: (images) => tf.tidy(() => predict(upToFeatures, images)),
    // The layers are shared, so this frees those of `upToFeatures` too.
    dispose: () => void model.dispose(),
  };
}

function extremes(images: tf.Tensor4D): [least: number, most: number] {
  const both = tf.tidy(() => tf.stack([images.min(), images.max()]));
  const [least, most] = both.dataSync();
  both.dispose();
  return [least as number, most as number];
}

/** Room for float32 rounding at the ends of the range. */
const RANGE_TOLERANCE = 1e-3;

function checkImages(name: string, images: tf.Tensor4D, wanted: readonly (number | null)[]): void {
  if (
    images.rank !== 4 ||
    images.shape[0] < 1 ||
    images.shape.slice(1).join() !== wanted.slice(1).join()
  ) {
    throw new Error(
      `${name}: images must have the shape [N, ${wanted.slice(1).join(", ")}] with N >= 1, got [${images.shape.join(", ")}].`,
    );
  }
  const [least, most] = extremes(images);
  // Written so that NaN fails as well.
  if (!(least >= -1 - RANGE_TOLERANCE && most <= 1 + RANGE_TOLERANCE)) {
    throw new Error(
      `${name}: images must be in [-1, 1], got values from ${least} to ${most}. Scale them: x / 127.5 - 1 for bytes.`,
    );
  }
}
