import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Draws, SameOrDifferent } from "gan-exercises";
import { createRandom, ready, tf, type RandomStream } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

test("scaling: the right answer passes; [0, 1] and a flattened result do not", async () => {
  await passes("00-1", (bytes) => tf.sub(tf.div(bytes, 127.5), 1));
  assert.equal((await failedOf("00-1", (bytes) => tf.div(bytes, 255))).length, 2);
  assert.deepEqual(
    await failedOf("00-1", (bytes) => tf.reshape(tf.sub(tf.div(bytes, 127.5), 1), [-1])),
    ["keeps the shape"],
  );
});

test("mean by name: the right answer passes; sums do not", async () => {
  const sums = (names: readonly string[], values: readonly number[]): Record<string, number> => {
    const result: Record<string, number> = {};
    names.forEach((name, i) => (result[name] = (result[name] ?? 0) + (values[i] as number)));
    return result;
  };
  const means = (names: readonly string[], values: readonly number[]): Record<string, number> =>
    Object.fromEntries(
      Object.entries(sums(names, values)).map(([name, sum]) => [
        name,
        sum / names.filter((other) => other === name).length,
      ]),
    );
  await passes("00-2", means);
  assert.deepEqual(await failedOf("00-2", sums), ["three values of one name give their mean"]);
});

const circleOf = (random: RandomStream, n: number, radius: number, turn: number): tf.Tensor2D => {
  const angle = random.uniform([n], 0, turn);
  return tf.mul<tf.Tensor2D>(radius, tf.stack([tf.cos(angle), tf.sin(angle)], 1));
};

test("circle: the right answer passes; half a circle, a disc and unseeded numbers do not", async () => {
  await passes("00-3", (random, n, radius) => circleOf(random, n, radius, 2 * Math.PI));
  assert.deepEqual(
    await failedOf("00-3", (random, n, radius) => circleOf(random, n, radius, Math.PI)),
    ["all directions are equally likely"],
  );
  assert.ok(
    (
      await failedOf("00-3", (random, n, radius) => random.normal([n, 2], 0, radius) as tf.Tensor2D)
    ).includes("every point has the radius"),
  );
  const unseeded = await failedOf("00-3", (_random, n, radius) => {
    const angle = tf.randomUniform([n], 0, 2 * Math.PI);
    return tf.mul<tf.Tensor2D>(radius, tf.stack([tf.cos(angle), tf.sin(angle)], 1));
  });
  assert.deepEqual(unseeded, ["the same seed gives the same points"]);
});

test("draws: what came out of the streams passes; a stream taken for a list does not", async () => {
  const three = (stream: RandomStream): string => stream.normal([3]).dataSync().join();
  const compare = (one: string, other: string): SameOrDifferent =>
    one === other ? "same" : "different";
  const first = createRandom(7);
  const drawn = three(first);
  await passes("00-4", () => ({
    "a second stream of seed 7": compare(drawn, three(createRandom(7))),
    "the same stream, once more": compare(drawn, three(first)),
    "a stream of seed 8": compare(drawn, three(createRandom(8))),
    'its split("a"), twice': compare(three(first.split("a")), three(first.split("a"))),
    'its split("a") and split("b")': compare(three(first.split("a")), three(first.split("b"))),
  }));
  const always: Draws = {
    "a second stream of seed 7": "same",
    "the same stream, once more": "same",
    "a stream of seed 8": "same",
    'its split("a"), twice': "same",
    'its split("a") and split("b")': "same",
  };
  assert.deepEqual(await failedOf("00-4", () => always), [
    "the same stream, once more: different",
    "a stream of seed 8: different",
    'its split("a") and split("b"): different',
  ]);
});
