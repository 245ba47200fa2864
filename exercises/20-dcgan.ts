/** The checks of lesson 20's exercises. */
import { createRandom, type ExerciseCheck, type RandomStream, tf } from "gan-lib";
import { close, expectNumber, expectWord } from "./expect";

/** Whether a transposed convolution reaches its inner pixels equally often. */
export type EvenOrNot = "even" | "uneven";

/** Exercise 1's kernels. */
export interface Evenness {
  readonly "size 4, stride 2": EvenOrNot;
  readonly "size 3, stride 2": EvenOrNot;
  readonly "size 6, stride 2": EvenOrNot;
  readonly "size 4, stride 3": EvenOrNot;
  readonly "size 6, stride 3": EvenOrNot;
  readonly "size 5, stride 1": EvenOrNot;
}

/** Exercise 1: which kernels overlap unevenly (Odena et al., doi 10.23915/distill.00003, "Deconvolution & Overlap"). */
function checkEvenness(predict: () => Evenness): ExerciseCheck[] {
  const predicted = predict();
  const expectEvenness = (kernel: keyof Evenness, right: EvenOrNot, why: string): ExerciseCheck =>
    expectWord(`${kernel}: ${right}`, predicted[kernel], right, why);
  return [
    expectEvenness("size 4, stride 2", "even", "Each inner pixel is reached by 4 / 2 = 2 kernels."),
    expectEvenness("size 3, stride 2", "uneven", "The counts alternate between 2 and 1."),
    expectEvenness("size 6, stride 2", "even", "Each inner pixel is reached by 6 / 2 = 3 kernels."),
    expectEvenness(
      "size 4, stride 3",
      "uneven",
      "4 is even, but the stride is 3: the counts are 2, 1, 1, 2, 1, 1.",
    ),
    expectEvenness(
      "size 6, stride 3",
      "even",
      "The stride may be odd, as long as it divides the size: 6 / 3 = 2 kernels everywhere.",
    ),
    expectEvenness(
      "size 5, stride 1",
      "even",
      "With stride 1 every inner pixel is reached by all 5 weights, as in any convolution.",
    ),
  ];
}

type BatchNorm = (
  x: tf.Tensor2D,
  scale: tf.Tensor1D,
  shift: tf.Tensor1D,
  epsilon: number,
) => tf.Tensor;

/** Exercise 2: batch normalisation while training (Ioffe and Szegedy, arXiv 1502.03167, algorithm 1). */
function checkBatchNorm(batchNorm: BatchNorm): ExerciseCheck[] {
  const rows = [
    [1, 10],
    [3, 10],
    [5, 40],
  ];
  const at = (scale: number[], shift: number[], epsilon: number): number[][] => {
    const result = tf.tidy(() =>
      batchNorm(tf.tensor2d(rows), tf.tensor1d(scale), tf.tensor1d(shift), epsilon),
    );
    const values = result.arraySync() as number[][];
    result.dispose();
    return values;
  };
  const plain = at([1, 1], [0, 0], 0);
  const mean = (values: number[][], channel: number): number =>
    values.reduce((sum, row) => sum + row[channel]! / values.length, 0);
  return [
    expectNumber(
      "each channel has the mean 0 over the batch",
      Math.max(Math.abs(mean(plain, 0)), Math.abs(mean(plain, 1))),
      0,
      "Take the mean over axis 0, the samples; not over a sample's channels.",
    ),
    expectNumber(
      "the variance is the mean of squares, divided by N and not N - 1",
      plain[2]![0]!,
      2 / Math.sqrt(8 / 3),
      "The channel [1, 3, 5] has the variance 8/3.",
    ),
    expectNumber(
      "every channel has its own variance",
      plain[2]![1]!,
      Math.SQRT2,
      "The channel [10, 10, 40] has the mean 20 and the variance 200.",
    ),
    expectNumber(
      "scales, then shifts",
      at([2, 1], [7, 0], 0)[2]![0]!,
      7 + 4 / Math.sqrt(8 / 3),
      "y = a x̂ + b, with the scale a and the shift b, after the normalisation.",
    ),
    expectNumber(
      "epsilon is added to the variance, under the root",
      at([1, 1], [0, 0], 1)[2]![0]!,
      2 / Math.sqrt(8 / 3 + 1),
      "Divide by sqrt(variance + epsilon).",
    ),
  ];
}

/** Exercise 3's answer: the generator of the paper's figure 1, for colour images of 64 x 64. */
type MakeGenerator = (filters: number, weights: RandomStream) => tf.LayersModel;

/** Few channels: the structure is what is looked at. */
const FILTERS = 2;
const STEPS_UP = 4;

const className = (layer: tf.layers.Layer): string => layer.getClassName();

/** Layers of a model, those inside of a nested one too. */
function layersOf(model: tf.LayersModel): tf.layers.Layer[] {
  return model.layers.flatMap((layer) =>
    layer instanceof tf.LayersModel ? layersOf(layer) : [layer],
  );
}

/** Whether a layer of one of the kinds stands between a linear layer and the next, or is its own activation. */
function behind(layers: readonly tf.layers.Layer[], at: number, kinds: RegExp): boolean {
  const next = layers.findIndex((layer, i) => i > at && isLinear(layer));
  const between = layers.slice(at + 1, next < 0 ? undefined : next);
  const own = (layers[at]?.getConfig()["activation"] ?? "linear") as string;
  return between.some((layer) => kinds.test(describe(layer))) || kinds.test(own);
}

const isLinear = (layer: tf.layers.Layer): boolean =>
  /^(Dense|Conv2D|Conv2DTranspose)$/.test(className(layer));

/** A layer's class, with its activation where it is one: "GanActivation tanh", "ReLU". */
function describe(layer: tf.layers.Layer): string {
  const { activation = "" } = layer.getConfig() as { activation?: string };
  return `${className(layer)} ${activation}`;
}

/** Exercise 3: whether a network follows DCGAN's guidelines (Radford et al., arXiv 1511.06434, section 3 and figure 1). */
function checkColourGenerator(make: MakeGenerator): ExerciseCheck[] {
  const model = make(FILTERS, createRandom(1));
  const layers = layersOf(model);
  const shape = JSON.stringify(model.outputs[0]?.shape);
  const input = JSON.stringify(model.inputs[0]?.shape);
  const checks = [
    {
      name: "takes 100 numbers and gives images of 64 × 64 × 3",
      pass: input === "[null,100]" && shape === "[null,64,64,3]",
      hint: `Wanted [null,100] to [null,64,64,3], yours goes from ${input} to ${shape}.`,
    },
    ...structureChecks(layers),
    ...(input === "[null,100]" ? valueChecks(model, layers) : []),
  ];
  model.dispose();
  return checks;
}

/** What the layers are, in which order. */
function structureChecks(layers: readonly tf.layers.Layer[]): ExerciseCheck[] {
  const linear = layers.flatMap((layer, at) => (isLinear(layer) ? [{ layer, at }] : []));
  const hidden = linear.slice(0, -1);
  const last = linear.at(-1);
  const up = linear.filter(({ layer }) => className(layer) === "Conv2DTranspose");
  const channels = up.map(({ layer }) => (layer.getConfig() as { filters: number }).filters);
  const wanted = [4 * FILTERS, 2 * FILTERS, FILTERS, 3];
  const dense = linear.filter(({ layer }) => className(layer) === "Dense").length;
  const every = (kinds: RegExp): boolean => hidden.every(({ at }) => behind(layers, at, kinds));
  return [
    {
      name: "grows by four transposed convolutions, and halves its channels each time",
      pass: up.length === STEPS_UP && channels.join() === wanted.join(),
      hint: `For filters = ${FILTERS} they have ${wanted.join(", ")} channels; yours have ${channels.join(", ") || "none"}.`,
    },
    {
      name: "has no fully connected layer but the first",
      pass: dense === 1,
      hint: `One dense layer maps z to 4 × 4 × ${8 * FILTERS}; yours has ${dense}.`,
    },
    {
      name: "normalises every hidden layer",
      pass: hidden.length > 0 && every(/BatchNorm/),
      hint: "Batch normalisation stands behind the dense layer and behind every transposed convolution but the last.",
    },
    {
      name: "has a ReLU in every hidden layer",
      pass: hidden.length > 0 && every(/^ReLU|\brelu$/),
      hint: "A ReLU stands behind each batch normalisation.",
    },
    {
      name: "does not normalise its output",
      pass: last !== undefined && !behind(layers, last.at, /BatchNorm/),
      hint: "Behind the last transposed convolution stands tanh alone: normalised, the images of a batch would share one mean.",
    },
  ];
}

const least = (a: number, b: number): number => Math.min(a, b);
const most = (a: number, b: number): number => Math.max(a, b);

/** What it computes before any training. */
function valueChecks(model: tf.LayersModel, layers: readonly tf.layers.Layer[]): ExerciseCheck[] {
  const z = createRandom(2).normal([2, 100]);
  const pixels = tf.tidy(() => (model.predict(tf.mul(z, 1e6)) as tf.Tensor).dataSync<"float32">());
  const [smallest, largest] = [pixels.reduce(least), pixels.reduce(most)];
  const kernels = layers.filter(isLinear).map((layer) => layer.getWeights()[0] as tf.Tensor);
  const deviations = kernels.map((kernel) =>
    tf.tidy(() => Math.sqrt(tf.moments(kernel).variance.dataSync()[0] ?? NaN)),
  );
  z.dispose();
  return [
    {
      name: "gives pixels in [-1, 1]",
      pass: close(smallest, -1, 0.01) && close(largest, 1, 0.01),
      hint: `End with tanh, gan.layers.activation("tanh"). For a huge z pixels should go from -1 to 1, yours go from ${smallest} to ${largest}.`,
    },
    {
      name: "starts with small weights",
      pass: deviations.every((deviation) => deviation > 0.015 && deviation < 0.025),
      hint: `The kernels have the standard deviation 0.02; yours have ${deviations.map((one) => one.toFixed(3)).join(", ")}.`,
    },
  ];
}

/** Lesson 20. */
export const lesson20 = {
  "20-1": checkEvenness,
  "20-2": checkBatchNorm,
  "20-3": checkColourGenerator,
};
