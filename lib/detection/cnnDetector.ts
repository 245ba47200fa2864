/** A small convolutional network as a detector, after Wang et al., arXiv 1912.11035. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { compile } from "../compile/compile";
import { kernelHandle } from "../backend/jupyterKernel";
import { requireCount } from "../backend/require";
import { requireNative } from "../backend/require";
import * as tf from "../backend/tf";
import { binaryCrossEntropy } from "../ops/crossEntropy";
import { createRandom, type RandomStream } from "../ops/random";
import { blockDct } from "./blockDct";
import {
  checkImages,
  checkRange,
  readExamples,
  scoresFrom,
  type Detector,
  type FitOptions,
  type FittedTo,
} from "./detector";
import { writeDetector } from "./detectorFile";
import { fitRange, withinRange, type FittedRange } from "./fittedRange";
import { rowsOf } from "./images";

/** Everything that a fitted network is. */
export interface CnnState {
  readonly imageShape: readonly [number, number, number];
  /** The network's weights in order, each its float32 bytes in base64. */
  readonly weights: readonly string[];
  readonly fittedTo: FittedTo;
  /** Of the waves in the images' blocks, which say more of where images come from than what the network made of them. */
  readonly range: FittedRange;
}

/** What {@link cnnDetector} takes. */
export interface CnnDetectorOptions {
  /** Training steps of 32 images. Default 300. */
  readonly steps?: number;
  /** Decides initial weights and the order of the images. Default 1. */
  readonly seed?: number;
  /** A fitted detector, as `loadDetector` reads it. */
  readonly state?: CnnState;
}

const BATCH = 32;
const LEARNING_RATE = 2e-3;
const FILTERS = [16, 32, 32];
/** Steps between two turns of the event loop, in which displays move and an interrupt arrives. */
const TURN = 10;

/** Three convolutions, the first at full resolution, where the traces are; the mean over all places; a logit. */
function buildNetwork(
  imageShape: readonly [number, number, number],
  random: RandomStream,
): tf.Sequential {
  const initializer = (): ReturnType<typeof tf.initializers.heNormal> =>
    tf.initializers.heNormal({ seed: random.seed() });
  const model = tf.sequential({ name: "detector" });
  model.add(tf.layers.inputLayer({ inputShape: [...imageShape] }));
  FILTERS.forEach((filters, level) => {
    model.add(
      tf.layers.conv2d({
        filters,
        kernelSize: 3,
        strides: level === 0 ? 1 : 2,
        padding: "same",
        activation: "relu",
        kernelInitializer: initializer(),
      }),
    );
  });
  model.add(tf.layers.globalAveragePooling2d({}));
  model.add(tf.layers.dense({ units: 1, kernelInitializer: initializer() }));
  return model;
}

/** The places of random batches, each image once in every round. */
function* batchPlaces(count: number, random: RandomStream): Generator<Int32Array, never> {
  for (let order = random.shuffledIndices(count), at = 0; ; at += BATCH) {
    if (at + BATCH > count && at > 0) [order, at] = [random.shuffledIndices(count), 0];
    yield Int32Array.from(order.subarray(at, at + BATCH));
  }
}

/** Adam on the cross-entropy; the optimizer is disposed at the end. */
async function train(
  model: tf.Sequential,
  images: tf.Tensor4D,
  labels: readonly number[],
  steps: number,
  random: RandomStream,
  { onProgress, keeper }: FitOptions,
): Promise<void> {
  const optimizer = tf.train.adam(LEARNING_RATE);
  const loss = (some: tf.Tensor4D, truth: tf.Tensor2D): tf.Scalar =>
    binaryCrossEntropy(truth, model.apply(some, { training: true }) as tf.Tensor);
  const descend = compile(
    (some: tf.Tensor4D, truth: tf.Tensor2D) =>
      optimizer.minimize(() => loss(some, truth), true) as tf.Scalar,
    { untraceable: "run" },
  );
  const places = batchPlaces(images.shape[0], random.split("order"));
  try {
    const startAt = (await keeper?.takeUp({ models: { model }, optimizers: { optimizer } })) ?? 0;
    for (let step = 1; step <= startAt; step++) places.next();
    for (let step = startAt + 1; step <= steps; step++) {
      kernelHandle()?.interrupt.throwIfPending();
      const chosen = places.next().value;
      tf.tidy(() => {
        descend(
          tf.gather(images, tf.tensor1d(chosen, "int32")),
          tf.tensor2d(
            Array.from(chosen, (i) => labels[i]!),
            [chosen.length, 1],
          ),
        );
      });
      await keeper?.taken(step);
      if (step % TURN !== 0 && step !== steps) continue;
      await onProgress?.(step / steps);
      await nextTurn();
    }
  } finally {
    descend.dispose();
    optimizer.dispose();
  }
}

function weightsOf(model: tf.Sequential): CnnState["weights"] {
  const base64 = (weight: tf.Tensor): string =>
    Buffer.from(new Uint8Array(weight.dataSync<"float32">().slice().buffer)).toString("base64");
  return model.getWeights().map(base64);
}

/** Waves of blocks of 8 x 8 pixels, or of the whole image where it is smaller. */
function waves(images: tf.Tensor4D): tf.Tensor2D {
  return blockDct(images, { blockSize: Math.min(8, images.shape[1], images.shape[2]) });
}

function fromState({ imageShape, weights }: CnnState): tf.Sequential {
  const model = buildNetwork(imageShape, createRandom(0));
  const values = model.getWeights().map((weight, i) => {
    const bytes = Uint8Array.from(Buffer.from(weights[i] ?? "", "base64"));
    return tf.tensor(new Float32Array(bytes.buffer), weight.shape);
  });
  model.setWeights(values);
  tf.dispose(values);
  return model;
}

class CnnDetector implements Detector {
  readonly kind = "cnn";
  readonly #steps: number;
  readonly #random: RandomStream;
  #known: Omit<CnnState, "weights"> | undefined;
  #model: tf.Sequential | undefined;

  constructor({ steps = 300, seed = 1, state }: CnnDetectorOptions) {
    requireCount("cnnDetector: steps", steps);
    this.#steps = steps;
    this.#random = createRandom(seed).split("cnnDetector");
    this.#known = state;
    this.#model = state === undefined ? undefined : fromState(state);
  }

  get imageShape(): Detector["imageShape"] {
    return this.#known?.imageShape;
  }

  get fittedTo(): Detector["fittedTo"] {
    return this.#known?.fittedTo;
  }

  async fit(
    images: tf.Tensor4D,
    labels: ArrayLike<number>,
    options: FitOptions = {},
  ): Promise<void> {
    const { height, width, channels, fittedTo, ...rest } = readExamples(this.kind, images, labels);
    requireNative("The cnn detector");
    this.dispose();
    const model = buildNetwork([height, width, channels], this.#random.split("weights"));
    try {
      await train(model, images, rest.labels, this.#steps, this.#random, options);
    } catch (error) {
      model.dispose();
      throw error;
    }
    this.#model = model;
    const range = fitRange(rowsOf(images, waves));
    this.#known = { imageShape: [height, width, channels], fittedTo, range };
  }

  logits(images: tf.Tensor4D): tf.Tensor1D {
    checkImages(this.kind, this.imageShape, images);
    return tf.tidy(() =>
      tf.squeeze((this.#model as tf.Sequential).apply(images) as tf.Tensor2D, [1]),
    );
  }

  score(images: tf.Tensor4D): Float32Array {
    checkImages(this.kind, this.imageShape, images);
    checkRange(this.kind, images);
    return scoresFrom((some) => this.logits(some), images);
  }

  seen(images: tf.Tensor4D): boolean[] {
    checkImages(this.kind, this.imageShape, images);
    return withinRange((this.#known as CnnState).range, rowsOf(images, waves));
  }

  async save(file: string, about: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const [model, known] = [this.#model, this.#known];
    const state = model && known && { ...known, weights: weightsOf(model) };
    await writeDetector(file, this.kind, state, about);
  }

  dispose(): void {
    this.#model?.dispose();
    this.#model = undefined;
    this.#known = undefined;
  }
}

/**
 * A network that learns from the pixels (Wang et al.). Deviations: theirs is a ResNet-50 that ImageNet trained before; ours is
 * three convolutions of 3 x 3 from scratch, enough for small images. Their blurred and compressed copies of the images are
 * given to `fit` as further images, where they are wanted.
 *
 * Fitting needs the native backend; scoring does not.
 *
 * @throws RangeError when `steps` is not at least 1.
 */
export function cnnDetector(options: CnnDetectorOptions = {}): Detector {
  return new CnnDetector(options);
}
