import assert from "node:assert/strict";
import { test } from "node:test";
import { failedOf } from "./answers";

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
