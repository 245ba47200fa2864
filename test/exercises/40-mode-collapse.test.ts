import assert from "node:assert/strict";
import { test } from "node:test";
import { failedOf, passes } from "./answers";

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
const divergence =
  (modes: (counts: number[]) => number, log = Math.log) =>
  (counts: number[]): number =>
    sum(
      counts
        .filter((n) => n > 0)
        .map((n) => (n / sum(counts)) * log((n / sum(counts)) * modes(counts))),
    );

test("reverse KL: the right formula passes; covered modes for K, forward KL, NaN at 0, another base and plain counts do not", async () => {
  await passes(
    "40-1",
    divergence((counts) => counts.length),
  );
  assert.deepEqual(
    await failedOf(
      "40-1",
      divergence((counts) => counts.filter((n) => n > 0).length),
    ),
    ["one mode of eight has log 8"],
  );
  const forward = (counts: number[]): number =>
    sum(counts.map((n) => Math.log(sum(counts) / (n * counts.length)) / counts.length));
  assert.ok(
    (await failedOf("40-1", forward)).includes("unequal counts are weighed by their shares"),
  );
  const withZeros = (counts: number[]): number =>
    sum(counts.map((n) => (n / sum(counts)) * Math.log((n / sum(counts)) * counts.length)));
  assert.deepEqual(await failedOf("40-1", withZeros), ["one mode of eight has log 8"]);
  assert.equal(
    (
      await failedOf(
        "40-1",
        divergence((counts) => counts.length, Math.log2),
      )
    ).length,
    2,
  );
  assert.ok(
    (await failedOf("40-1", (counts) => sum(counts.map((n) => n * Math.log(1 + n))))).includes(
      "only shares matter",
    ),
  );
});

test("expected modes: K (1 - (1 - 1/K)^N) passes; all modes, the smaller of both, and exponents mistaken do not", async () => {
  await passes("40-2", (modes, samples) => modes * (1 - (1 - 1 / modes) ** samples));
  assert.ok((await failedOf("40-2", (modes) => modes)).includes("one sample covers one mode"));
  assert.ok(
    (await failedOf("40-2", (modes, samples) => Math.min(modes, samples))).includes(
      "two samples of two modes",
    ),
  );
  assert.ok(
    (await failedOf("40-2", (modes, samples) => modes * (1 - Math.exp(-samples / modes)))).includes(
      "two samples of two modes",
    ),
  );
  assert.ok(
    (await failedOf("40-2", (modes, samples) => 1 - (1 - 1 / modes) ** samples)).includes(
      "many samples cover all",
    ),
  );
});

type Point = [number, number];
const nearest =
  (
    isOther: (i: number, j: number, a: Point, b: Point) => boolean,
    distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]),
  ) =>
  (points: Point[]): number[] =>
    points.map((a, i) =>
      Math.min(...points.filter((b, j) => isOther(i, j, a, b)).map((b) => distance(a, b))),
    );

test("nearest distances: by place passes; itself, copies left out, the city's distance, squares and a single number do not", async () => {
  await passes(
    "40-3",
    nearest((i, j) => i !== j),
  );
  assert.ok(
    (
      await failedOf(
        "40-3",
        nearest(() => true),
      )
    ).includes("the point itself is no neighbour"),
  );
  assert.deepEqual(
    await failedOf(
      "40-3",
      nearest((_i, _j, a, b) => a.join() !== b.join()),
    ),
    ["a copy is at distance 0, and another point is not"],
  );
  assert.ok(
    (
      await failedOf(
        "40-3",
        nearest(
          (i, j) => i !== j,
          (a, b) => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]),
        ),
      )
    ).includes("distances are Euclidean"),
  );
  assert.ok(
    (
      await failedOf(
        "40-3",
        nearest(
          (i, j) => i !== j,
          (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2,
        ),
      )
    ).includes("distances are Euclidean"),
  );
  assert.deepEqual(await failedOf("40-3", () => [1]), ["gives one distance for each point"]);
});
