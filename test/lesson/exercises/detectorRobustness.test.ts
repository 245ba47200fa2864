import assert from "node:assert/strict";
import { test } from "node:test";
import {
  checkBestBorder,
  checkPartialGains,
  checkSmallestAttack,
  type ExerciseCheck,
} from "gan-lib";

const failed = (checks: readonly ExerciseCheck[]): number =>
  checks.filter(({ pass }) => !pass).length;
const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
const logit = (weights: readonly number[], bias: number, image: readonly number[]): number =>
  bias + sum(weights.map((weight, i) => weight * image[i]!));

test("smallest attack: right, and typical mistakes", () => {
  assert.equal(
    failed(checkSmallestAttack((w, b, x) => Math.abs(logit(w, b, x)) / sum(w.map(Math.abs)))),
    0,
  );
  assert.ok(
    failed(checkSmallestAttack((w, b, x) => Math.abs(logit(w, b, x)) / Math.hypot(...w))) > 0,
    "the Euclidean distance",
  );
  assert.ok(
    failed(checkSmallestAttack((w, b, x) => logit(w, b, x) / sum(w.map(Math.abs)))) > 0,
    "a sign",
  );
  assert.ok(
    failed(checkSmallestAttack((w, b, x) => Math.abs(logit(w, b, x)) / Math.abs(sum(w)))) > 0,
    "weights that cancel",
  );
  assert.ok(
    failed(checkSmallestAttack((w, _, x) => Math.abs(logit(w, 0, x)) / sum(w.map(Math.abs)))) > 0,
    "no bias",
  );
});

test("best border: right, and typical mistakes", () => {
  const right = (scores: readonly number[], labels: readonly number[], border: number): number =>
    scores.filter((score, i) => Number(score >= border) === labels[i]).length;
  const search =
    (extra: readonly number[]) =>
    (scores: readonly number[], labels: readonly number[]): number =>
      [...scores, ...extra].reduce((best, border) =>
        right(scores, labels, border) > right(scores, labels, best) ? border : best,
      );
  assert.equal(failed(checkBestBorder(search([Infinity]))), 0);
  assert.ok(failed(checkBestBorder(search([]))) > 0, "nothing above all scores");
  assert.ok(failed(checkBestBorder(() => 0.5)) > 0, "the usual border");
  assert.ok(
    failed(
      checkBestBorder(
        (scores) => [...scores].sort((a, b) => a - b)[Math.floor(scores.length / 2)]!,
      ),
    ) > 0,
    "the median",
  );
});

test("partial gains: right, and typical mistakes", () => {
  assert.equal(
    failed(
      checkPartialGains((real, made, t) => made.map((power, i) => (real[i]! / power) ** (t / 2))),
    ),
    0,
  );
  assert.ok(
    failed(checkPartialGains((real, made, t) => made.map((power, i) => (real[i]! / power) ** t))) >
      0,
    "no root",
  );
  assert.ok(
    failed(
      checkPartialGains((real, made, t) =>
        made.map((power, i) => 1 + t * (Math.sqrt(real[i]! / power) - 1)),
      ),
    ) > 0,
    "half the factor",
  );
  assert.ok(
    failed(
      checkPartialGains((real, made, t) => made.map((power, i) => (power / real[i]!) ** (t / 2))),
    ) > 0,
    "upside down",
  );
  assert.ok(failed(checkPartialGains(() => [])) > 0, "nothing");
});
