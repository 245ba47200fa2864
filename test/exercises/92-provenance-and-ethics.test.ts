import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { GroupErrors } from "gan-exercises";
import type { Pixels } from "gan-lib";
import { failedOf, passes } from "./answers";

test("the pixels' hash: sizes and bytes pass; bytes alone, sizes alone, a part or a time do not", async () => {
  const sha256 = (...parts: (string | Uint8Array)[]): string => {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    return hash.digest("hex");
  };
  const bytes = ({ rgba }: Pixels): Uint8Array => new Uint8Array(rgba);
  await passes("92-1", (pixels) => sha256(`${pixels.width}x${pixels.height}:`, bytes(pixels)));
  assert.deepEqual(await failedOf("92-1", (pixels) => sha256(bytes(pixels))), [
    "tells 6 x 4 from 4 x 6",
  ]);
  assert.deepEqual(await failedOf("92-1", ({ width, height }) => sha256(`${width}x${height}`)), [
    "sees one level of one pixel",
    "sees the last pixel",
  ]);
  assert.deepEqual(
    await failedOf("92-1", (pixels) =>
      sha256(`${pixels.width}x${pixels.height}:`, bytes(pixels).subarray(0, 80)),
    ),
    ["sees the last pixel"],
  );
  let calls = 0;
  assert.ok(
    (
      await failedOf("92-1", (pixels) => sha256(`${calls++}${pixels.width}`, bytes(pixels)))
    ).includes("is the same for the same picture"),
  );
  assert.ok(
    (await failedOf("92-1", (pixels) => String(pixels.rgba.length))).includes(
      "is a SHA-256 in hexadecimal",
    ),
  );
});

/** The chance of exactly k of n coins, in logarithms. */
function chance(n: number, k: number): number {
  let log = -n * Math.LN2;
  for (let i = 1; i <= k; i++) log += Math.log((n - k + i) / i);
  return Math.exp(log);
}

/** Counts down from all bits as long as the tail stays within the limit. */
const countedDown =
  (probability: (n: number, k: number) => number) =>
  (bits: number, limit: number): number => {
    let [tail, matches] = [0, bits + 1];
    while (matches > 0) {
      tail += probability(bits, matches - 1);
      if (tail > limit * (1 + 1e-9)) return matches;
      matches--;
    }
    return 0;
  };

test("the threshold: the tail passes; the chance of exactly k, and a threshold that is never out of reach, do not", async () => {
  await passes("92-2", countedDown(chance));
  const exactly = await failedOf("92-2", (bits, limit) => {
    let matches = bits + 1;
    while (matches > 0 && chance(bits, matches - 1) <= limit) matches--;
    return matches;
  });
  assert.ok(
    exactly.includes("0 matches come always") || exactly.includes("many bits"),
    exactly.join(),
  );
  const reached = await failedOf("92-2", (bits, limit) =>
    Math.min(bits, countedDown(chance)(bits, limit)),
  );
  assert.deepEqual(reached, ["says bits + 1 where even all bits are too few"]);
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const overflowing = await failedOf(
    "92-2",
    countedDown(
      (n, k) => (factorial(n) / factorial(k) / factorial(n - k) / 2 ** n) * (n > 100 ? 10 : 1),
    ),
  );
  assert.deepEqual(overflowing, ["many bits"]);
});

test("the gap: rates of both errors pass; counts, accuracy, one error alone or the first two groups do not", async () => {
  const spread = (values: number[]): number => Math.max(...values) - Math.min(...values);
  const positives = (groups: readonly GroupErrors[]): number =>
    spread(groups.map((g) => g.falsePositives / g.real));
  const negatives = (groups: readonly GroupErrors[]): number =>
    spread(groups.map((g) => g.falseNegatives / g.generated));
  const rightGap = (groups: readonly GroupErrors[]): number =>
    Math.max(positives(groups), negatives(groups));
  await passes("92-3", rightGap);
  assert.deepEqual(await failedOf("92-3", positives), ["takes false negatives"]);
  assert.ok((await failedOf("92-3", negatives)).includes("takes false positives"));
  assert.ok(
    (await failedOf("92-3", (groups) => spread(groups.map((g) => g.falsePositives)))).includes(
      "is 0 where all groups fare alike",
    ),
  );
  const accuracy = (groups: readonly GroupErrors[]): number =>
    spread(groups.map((g) => (g.falsePositives + g.falseNegatives) / (g.real + g.generated)));
  assert.ok((await failedOf("92-3", accuracy)).includes("does not let them cancel out"));
  assert.ok(
    (await failedOf("92-3", (groups) => rightGap(groups.slice(0, 2)))).includes(
      "takes the two groups that are farthest apart",
    ),
  );
});
