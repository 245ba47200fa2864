import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createRandom, ready, tf, type RandomStream } from "gan-lib";
import { examine, type Answers } from "gan-exercises";
import { failedOf, passes } from "./answers";

before(ready);

test("the one-sided penalty: the right answer passes; two-sided, not squared or summed does not", async () => {
  const above = (norms: tf.Tensor): tf.Tensor => tf.relu(tf.sub(norms, 1));
  await passes("31-1", (norms, weight) => tf.mul(weight, tf.mean(tf.square(above(norms)))));
  const twoSided = await failedOf("31-1", (norms, weight) =>
    tf.mul(weight, tf.mean(tf.square(tf.sub(norms, 1)))),
  );
  assert.ok(twoSided.includes("leaves norms of at most 1 alone"));
  const bare = await failedOf("31-1", (norms, weight) => tf.mul(weight, tf.mean(above(norms))));
  assert.ok(bare.includes("squares what is above 1"));
  const summed = await failedOf("31-1", (norms, weight) =>
    tf.mul(weight, tf.sum(tf.square(above(norms)))),
  );
  assert.deepEqual(summed, ["is a mean over the batch"]);
  const fixed = await failedOf("31-1", (norms) => tf.mul(10, tf.mean(tf.square(above(norms)))));
  assert.deepEqual(fixed, ["is linear in the weight"]);
});

type Critic = (samples: tf.Tensor) => tf.Tensor;

/** Each sample's squared gradient norm, [N]. */
const squaredNorms = (critic: Critic, samples: tf.Tensor): tf.Tensor =>
  tf.sum(tf.square(tf.grad((x: tf.Tensor) => tf.sum(critic(x)))(samples)), 1);

test("R1: the right answer passes; without the half, summed, rooted or read back as numbers does not", async () => {
  const penalty =
    (of: (squared: tf.Tensor) => tf.Tensor, half = 0.5) =>
    (critic: Critic, real: tf.Tensor, weight: number): tf.Scalar =>
      tf.mul(half * weight, of(squaredNorms(critic, real)));
  await passes("31-2", penalty(tf.mean));
  assert.ok(
    (await failedOf("31-2", penalty(tf.mean, 1))).includes(
      "is weight / 2 times the mean squared norm",
    ),
  );
  assert.ok(
    (await failedOf("31-2", penalty(tf.sum))).includes("is weight / 2 times the mean squared norm"),
  );
  const rooted = await failedOf(
    "31-2",
    penalty((squared) => tf.mean(tf.square(tf.sqrt(squared)))),
  );
  assert.deepEqual(rooted, ["has a finite derivative where the critic is flat"]);
  await assert.rejects(
    examine(
      "31-2",
      penalty((squared) => tf.scalar(squared.dataSync()[0] ?? NaN)),
    ),
    /Cannot compute gradient/,
  );
});

/** Power iteration with a choice of what brings the vectors back to length 1. */
const powerIteration =
  (unit: (vector: tf.Tensor) => tf.Tensor) =>
  (matrix: tf.Tensor2D, iterations: number): number => {
    let u: tf.Tensor = unit(createRandom(2).normal([matrix.shape[0], 1]));
    let v: tf.Tensor = tf.zeros([matrix.shape[1], 1]);
    for (let i = 0; i < iterations; i++) {
      v = unit(tf.matMul(matrix, u, true));
      u = unit(tf.matMul(matrix, v));
    }
    return tf.sum(tf.mul(u, tf.matMul(matrix, v))).dataSync()[0] ?? NaN;
  };

test("the spectral norm: power iteration passes; the largest entry, the Frobenius norm and vectors left to grow do not", async () => {
  await passes(
    "31-3",
    powerIteration((vector) => tf.div(vector, tf.norm(vector))),
  );
  const entry = await failedOf("31-3", (matrix) => tf.max(tf.abs(matrix)).dataSync()[0] ?? NaN);
  assert.ok(entry.includes("is not the largest entry"));
  const frobenius = await failedOf("31-3", (matrix) => tf.norm(matrix).dataSync()[0] ?? NaN);
  assert.ok(frobenius.includes("is not the length of all entries"));
  assert.ok(
    (
      await failedOf(
        "31-3",
        powerIteration((vector) => vector),
      )
    ).includes("stays finite over many iterations"),
  );
  const once = await failedOf("31-3", (matrix) =>
    powerIteration((vector) => tf.div(vector, tf.norm(vector)))(matrix, 1),
  );
  assert.ok(once.includes("is the longest axis of a diagonal matrix"));
});

/** The loss of exercise 4 with a choice of the shares, of what is added under the root, and of the sign of the gap. */
const criticLoss =
  (
    shares: (random: RandomStream, shape: number[]) => tf.Tensor,
    epsilon = 1e-12,
    sign = 1,
  ): Answers["31-4"] =>
  (critic, real, fake, random, weight) => {
    const points = tf.add(real, tf.mul(shares(random, real.shape), tf.sub(fake, real)));
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(critic(x)))(points);
    const squares = tf.sum(tf.square(tf.reshape(gradient, [real.shape[0], -1])), 1);
    const lengths = tf.sqrt(tf.add(squares, epsilon));
    const penalty = tf.mul(weight, tf.mean(tf.square(tf.sub(lengths, 1))));
    const gap = tf.sub(tf.mean(critic(real)), tf.mean(critic(fake)));
    return tf.sub(penalty, tf.mul(sign, gap));
  };
const aPair = (shape: number[]): number[] => [shape[0]!, ...shape.slice(1).map(() => 1)];
const uniform = (random: RandomStream, shape: number[]): tf.Tensor => random.uniform(aPair(shape));

test("the critic's loss: the right answer passes; other shares, no constant, the wrong sign and a stream of one's own do not", async () => {
  await passes("31-4", criticLoss(uniform));
  const SHARE = "one uniform share for each pair";
  assert.deepEqual(
    await failedOf(
      "31-4",
      criticLoss((random, shape) => random.uniform(shape)),
    ),
    [SHARE],
  );
  assert.deepEqual(
    await failedOf(
      "31-4",
      criticLoss((random, shape) => random.normal(aPair(shape))),
    ),
    [SHARE],
  );
  assert.deepEqual(await failedOf("31-4", criticLoss(uniform, 0)), [
    "has a finite derivative where the critic is flat",
  ]);
  assert.deepEqual(
    await failedOf(
      "31-4",
      criticLoss((_, shape) => tf.randomUniform(aPair(shape))),
    ),
    ["draws from the stream it is given"],
  );
  assert.ok(
    (await failedOf("31-4", criticLoss(uniform, 1e-12, -1))).includes(
      "is the loss of lesson 30 plus the weighted penalty",
    ),
  );
});
