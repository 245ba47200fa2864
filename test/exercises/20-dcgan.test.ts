import assert from "node:assert/strict";
import { before, test } from "node:test";
import { examine, type Evenness } from "gan-exercises";
import { layers as ganLayers, type RandomStream, ready, tf } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

/** How often inner pixels are reached, counted kernel by kernel. */
function evenness(size: number, stride: number): "even" | "uneven" {
  const counts = Array.from({ length: 20 * stride + size }, () => 0);
  for (let place = 0; place < 20; place++)
    for (let i = 0; i < size; i++) counts[place * stride + i]! += 1;
  return new Set(counts.slice(10, 10 + stride)).size === 1 ? "even" : "uneven";
}

const EVENNESS: Evenness = {
  "size 4, stride 2": evenness(4, 2),
  "size 3, stride 2": evenness(3, 2),
  "size 6, stride 2": evenness(6, 2),
  "size 4, stride 3": evenness(4, 3),
  "size 6, stride 3": evenness(6, 3),
  "size 5, stride 1": evenness(5, 1),
};

test("evenness: what counting gives passes; each wrong word is told, with what was written", async () => {
  await passes("20-1", () => EVENNESS);
  for (const kernel of Object.keys(EVENNESS) as (keyof Evenness)[]) {
    const turned = EVENNESS[kernel] === "even" ? "uneven" : "even";
    const failed = (await examine("20-1", () => ({ ...EVENNESS, [kernel]: turned }))).filter(
      ({ pass }) => !pass,
    );
    assert.deepEqual(
      failed.map(({ name }) => name),
      [`${kernel}: ${EVENNESS[kernel]}`],
    );
    assert.match(failed[0]!.hint, new RegExp(`You wrote "${turned}"`));
  }
});

test("evenness: whoever goes by the size alone is told where the stride decides", async () => {
  const bySize = (size: number): "even" | "uneven" => (size % 2 === 0 ? "even" : "uneven");
  const failed = await failedOf("20-1", () => ({
    "size 4, stride 2": bySize(4),
    "size 3, stride 2": bySize(3),
    "size 6, stride 2": bySize(6),
    "size 4, stride 3": bySize(4),
    "size 6, stride 3": bySize(6),
    "size 5, stride 1": bySize(5),
  }));
  assert.deepEqual(failed, ["size 4, stride 3: uneven", "size 5, stride 1: even"]);
});

interface Choice {
  readonly axis?: number;
  readonly unbiased?: boolean;
  readonly outside?: boolean;
  readonly shiftFirst?: boolean;
}

const batchNorm =
  ({ axis = 0, unbiased = false, outside = false, shiftFirst = false }: Choice = {}) =>
  (x: tf.Tensor2D, gamma: tf.Tensor1D, beta: tf.Tensor1D, epsilon: number): tf.Tensor2D => {
    const { mean, variance } = tf.moments(x, axis, true);
    const count = x.shape[axis]!;
    const spread = unbiased ? tf.mul(variance, count / (count - 1)) : variance;
    const deviation = outside ? tf.add(tf.sqrt(spread), epsilon) : tf.sqrt(tf.add(spread, epsilon));
    const normal = tf.div(tf.sub(x, mean), deviation);
    return shiftFirst ? tf.mul(gamma, tf.add(normal, beta)) : tf.add(tf.mul(gamma, normal), beta);
  };

test("batch normalisation: the right answer passes, each typical mistake fails its own check", async () => {
  await passes("20-2", batchNorm());
  assert.ok(
    (await failedOf("20-2", batchNorm({ axis: 1 }))).includes(
      "each channel has the mean 0 over the batch",
    ),
  );
  assert.ok(
    (await failedOf("20-2", batchNorm({ unbiased: true }))).includes(
      "the variance is the mean of squares, divided by N and not N - 1",
    ),
  );
  assert.deepEqual(await failedOf("20-2", batchNorm({ outside: true })), [
    "epsilon is added to the variance, under the root",
  ]);
  assert.deepEqual(await failedOf("20-2", batchNorm({ shiftFirst: true })), [
    "scales, then shifts",
  ]);
});

test("batch normalisation: one variance for all channels is told", async () => {
  const pooled = (x: tf.Tensor2D): tf.Tensor2D => {
    const centred = tf.sub(x, tf.mean(x, 0, true));
    return tf.div(centred, tf.sqrt(tf.mean(tf.square(centred))));
  };
  assert.ok((await failedOf("20-2", pooled)).includes("every channel has its own variance"));
});

interface Plan {
  readonly deviation?: number;
  readonly channels?: readonly number[];
  readonly hiddenDense?: boolean;
  readonly normalized?: boolean;
  readonly normalizedOutput?: boolean;
  readonly rectifier?: () => tf.layers.Layer;
  readonly end?: "tanh" | "sigmoid" | "linear";
}

/** The generator of exercise 3 with a part of it changed. */
const generatorBy =
  ({
    deviation = 0.02,
    channels = [4, 2, 1],
    hiddenDense = false,
    normalized = true,
    normalizedOutput = false,
    rectifier = () => tf.layers.reLU(),
    end = "tanh",
  }: Plan = {}) =>
  (filters: number, random: RandomStream): tf.LayersModel => {
    const weights = () => ({
      kernelInitializer: tf.initializers.randomNormal({ stddev: deviation, seed: random.seed() }),
    });
    const norm = (wanted: boolean) => (wanted ? [ganLayers.batchNormalization()] : []);
    const up = (count: number): tf.layers.Layer =>
      tf.layers.conv2dTranspose({
        filters: count,
        kernelSize: 5,
        strides: 2,
        padding: "same",
        ...weights(),
      });
    const units = 4 * 4 * 8 * filters;
    return tf.sequential({
      layers: [
        ...(hiddenDense
          ? [tf.layers.dense({ units: 8, inputShape: [100], activation: "relu", ...weights() })]
          : []),
        tf.layers.dense({ units, inputShape: [100], ...weights() }),
        ...norm(normalized),
        rectifier(),
        tf.layers.reshape({ targetShape: [4, 4, 8 * filters] }),
        ...channels.flatMap((times) => [up(times * filters), ...norm(normalized), rectifier()]),
        up(3),
        ...norm(normalizedOutput),
        tf.layers.activation({ activation: end }),
      ],
    });
  };

test("the paper's generator: the right network passes, each guideline that is broken is told", async () => {
  await passes("20-3", generatorBy());
  const told: [Plan, string[]][] = [
    [{ deviation: 1 }, ["starts with small weights"]],
    [
      { channels: [4, 2] },
      [
        "takes 100 numbers and gives images of 64 × 64 × 3",
        "grows by four transposed convolutions, and halves its channels each time",
      ],
    ],
    [
      { channels: [1, 1, 1] },
      ["grows by four transposed convolutions, and halves its channels each time"],
    ],
    [{ normalized: false }, ["normalises every hidden layer"]],
    [{ normalizedOutput: true }, ["does not normalise its output"]],
    [{ rectifier: () => ganLayers.leakyReLU() }, ["has a ReLU in every hidden layer"]],
    [{ end: "sigmoid" }, ["gives pixels in [-1, 1]"]],
    [{ end: "linear" }, ["gives pixels in [-1, 1]"]],
  ];
  for (const [plan, names] of told)
    assert.deepEqual(await failedOf("20-3", generatorBy(plan)), names, JSON.stringify(plan));
  assert.ok(
    (await failedOf("20-3", generatorBy({ hiddenDense: true }))).includes(
      "has no fully connected layer but the first",
    ),
  );
});
