import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Answers } from "gan-exercises";
import { ready, tf } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
const logit = (weights: readonly number[], bias: number, image: readonly number[]): number =>
  bias + sum(weights.map((weight, i) => weight * image[i]!));

test("smallest attack: right, and typical mistakes", async () => {
  assert.equal(
    (await failedOf("91-1", (w, b, x) => Math.abs(logit(w, b, x)) / sum(w.map(Math.abs)))).length,
    0,
  );
  assert.ok(
    (await failedOf("91-1", (w, b, x) => Math.abs(logit(w, b, x)) / Math.hypot(...w))).length > 0,
    "the Euclidean distance",
  );
  assert.ok(
    (await failedOf("91-1", (w, b, x) => logit(w, b, x) / sum(w.map(Math.abs)))).length > 0,
    "a sign",
  );
  assert.ok(
    (await failedOf("91-1", (w, b, x) => Math.abs(logit(w, b, x)) / Math.abs(sum(w)))).length > 0,
    "weights that cancel",
  );
  assert.ok(
    (await failedOf("91-1", (w, _, x) => Math.abs(logit(w, 0, x)) / sum(w.map(Math.abs)))).length >
      0,
    "no bias",
  );
});

test("best border: right, and typical mistakes", async () => {
  const right = (scores: readonly number[], labels: readonly number[], border: number): number =>
    scores.filter((score, i) => Number(score >= border) === labels[i]).length;
  const search =
    (extra: readonly number[]) =>
    (scores: readonly number[], labels: readonly number[]): number =>
      [...scores, ...extra].reduce((best, border) =>
        right(scores, labels, border) > right(scores, labels, best) ? border : best,
      );
  assert.equal((await failedOf("91-2", search([Infinity]))).length, 0);
  assert.ok((await failedOf("91-2", search([]))).length > 0, "nothing above all scores");
  assert.ok((await failedOf("91-2", () => 0.5)).length > 0, "the usual border");
  assert.ok(
    (
      await failedOf(
        "91-2",
        (scores) => [...scores].sort((a, b) => a - b)[Math.floor(scores.length / 2)]!,
      )
    ).length > 0,
    "the median",
  );
});

test("partial gains: right, and typical mistakes", async () => {
  assert.equal(
    (
      await failedOf("91-3", (real, made, t) =>
        made.map((power, i) => (real[i]! / power) ** (t / 2)),
      )
    ).length,
    0,
  );
  assert.ok(
    (await failedOf("91-3", (real, made, t) => made.map((power, i) => (real[i]! / power) ** t)))
      .length > 0,
    "no root",
  );
  assert.ok(
    (
      await failedOf("91-3", (real, made, t) =>
        made.map((power, i) => 1 + t * (Math.sqrt(real[i]! / power) - 1)),
      )
    ).length > 0,
    "half the factor",
  );
  assert.ok(
    (
      await failedOf("91-3", (real, made, t) =>
        made.map((power, i) => (power / real[i]!) ** (t / 2)),
      )
    ).length > 0,
    "upside down",
  );
  assert.ok((await failedOf("91-3", () => [])).length > 0, "nothing");
});

interface Faults {
  readonly sign?: number;
  readonly free?: boolean;
  readonly dark?: boolean;
  readonly once?: boolean;
}
const framing =
  ({ sign = 1, free = false, dark = false, once = false }: Faults = {}): Answers["91-5"] =>
  (logits, images, epsilon, steps) => {
    const slope = tf.grad((x: tf.Tensor) => tf.sum(logits(x)));
    let framed = images;
    for (let step = 0; step < steps; step++) {
      const direction = tf.sign(slope(once ? images : framed));
      framed = tf.add(framed, tf.mul((sign * 2 * epsilon) / steps, direction));
      if (!free)
        framed = tf.minimum(tf.maximum(framed, tf.sub(images, epsilon)), tf.add(images, epsilon));
      if (!dark) framed = tf.clipByValue(framed, -1, 1);
    }
    return framed;
  };

test("the framing attack: the right answer passes; down the slope, too far, out of range and one gradient for all do not", async () => {
  await passes("91-5", framing());
  const RANGE = "no pixel moves by more than epsilon, nor out of [-1, 1]";
  const ANEW = "every step asks for the gradient anew";
  assert.ok(
    (await failedOf("91-5", framing({ sign: -1 }))).includes(
      "each pixel goes the way that raises the logit",
    ),
  );
  assert.deepEqual(await failedOf("91-5", framing({ free: true })), [RANGE]);
  assert.deepEqual(await failedOf("91-5", framing({ dark: true })), [RANGE]);
  assert.deepEqual(await failedOf("91-5", framing({ once: true })), [ANEW]);
});
