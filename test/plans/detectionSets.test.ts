import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  asDetected,
  createRandom,
  detectedGenerators,
  detectionSets,
  ready,
  tf,
  type DetectedGenerator,
  type TrainedGenerator,
} from "gan-lib";

before(ready);

/** Stands for a generator: uniform noise. It notes how many it is asked for and how often it was disposed. */
function noise(
  side: number,
  channels: number,
): TrainedGenerator & { readonly asked: number[]; readonly disposed: () => number } {
  let times = 0;
  const asked: number[] = [];
  const sample: TrainedGenerator["sample"] = (count, random) => {
    asked.push(count);
    return random.uniform([count, side, side, channels], -1, 1) as tf.Tensor4D;
  };
  return {
    name: "noise",
    lesson: "none",
    model: undefined as never,
    sample,
    dispose: () => {
      times++;
    },
    asked,
    disposed: () => times,
  };
}
const generators = new Map(
  detectedGenerators.map((name) => [name, name.startsWith("emoji") ? noise(64, 3) : noise(28, 1)]),
);
const open = async (name: DetectedGenerator): Promise<TrainedGenerator> => generators.get(name)!;
const make = (seed: number, count = 8): ReturnType<typeof detectionSets> =>
  detectionSets({ random: createRandom(seed), count, open });

test("each generator has as many real as generated images in each half, all of one size, and is disposed", async () => {
  const before = tf.memory().numTensors;
  const sets = await make(1);
  assert.deepEqual([...sets.keys()], [...detectedGenerators]);
  for (const { train, test: held } of sets.values()) {
    for (const { real, fake } of [train, held])
      assert.deepEqual(
        [real.shape, fake.shape],
        [
          [8, 28, 28, 1],
          [8, 28, 28, 1],
        ],
      );
  }
  for (const { asked, disposed } of generators.values())
    assert.deepEqual([asked, disposed()], [[8, 8], 1]);
  assert.equal(
    tf.memory().numTensors,
    before + 4 + 2 * detectedGenerators.length,
    "two halves of two kinds of real images, and two of each generator",
  );
});

test("no image is in both halves, and digits are not emoji", async () => {
  const sets = await make(2, 200);
  const keys = (images: tf.Tensor4D): Set<string> =>
    new Set((tf.reshape(images, [200, 784]).arraySync() as number[][]).map(String));
  for (const name of ["vanilla", "emoji-resize"] as const) {
    const { train, test: held } = sets.get(name)!;
    for (const kind of ["real", "fake"] as const) {
      const seen = keys(train[kind]);
      const twice = [...keys(held[kind])].filter((key) => seen.has(key)).length;
      assert.ok(
        twice <= (name === "vanilla" || kind === "fake" ? 0 : 20),
        `${name}, ${kind}: ${twice} in both`,
      ); // different emoji can look alike in their middle
    }
  }
  assert.equal(sets.get("vanilla")!.test.real, sets.get("wgan-gp")!.test.real);
  assert.notEqual(sets.get("vanilla")!.test.real, sets.get("emoji-resize")!.test.real);
});

test("the seed alone decides what is drawn", async () => {
  const read = async (seed: number): Promise<Float32Array[]> => {
    const {
      test: { real, fake },
    } = (
      await detectionSets({ random: createRandom(seed), count: 3, generators: ["dcgan"], open })
    ).get("dcgan")!;
    return [real, fake].map((images) => images.dataSync() as Float32Array);
  };
  const first = await read(3);
  assert.deepEqual(await read(3), first);
  (await read(4)).forEach((other, i) => assert.notDeepEqual(other, first[i]));
});

test("what detectors see is the brightness of the middle, cut and not scaled, through the codec", () => {
  const left = tf.concat<tf.Tensor4D>([tf.fill([1, 40, 20, 3], -1), tf.fill([1, 40, 20, 3], 1)], 2); // black and white halves
  const seen = asDetected(left);
  assert.deepEqual(seen.shape, [1, 28, 28, 1]);
  const row = tf.slice(seen, [0, 14, 0, 0], [1, 1, 28, 1]).dataSync();
  assert.ok(
    row.slice(0, 12).every((value) => value < -0.8) && row.slice(16).every((value) => value > 0.8),
    String(row),
  );
  const fine = createRandom(1).uniform([1, 28, 28, 1], -1, 1) as tf.Tensor4D;
  const gap = tf.mean(tf.abs(tf.sub(asDetected(fine), fine))).dataSync()[0]!;
  assert.ok(gap > 0.02 && gap < 0.3, `JPEG changes a pixel by ${gap}`);
  assert.throws(() => asDetected(tf.zeros([1, 28, 20, 1])), /at least 28 x 28 pixels, got 28 x 20/);
});

test("more real images than there are, and counts that are none, are refused", async () => {
  await assert.rejects(detectionSets({ random: createRandom(1), count: 0, open }), /count.*got 0/);
  await assert.rejects(
    detectionSets({ random: createRandom(1), count: 479, open }),
    /at most 478 images of .*emoji.*479/,
  );
});
