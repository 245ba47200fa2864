import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "gan-exercises";
import { shareInterval } from "gan-lib";
import { failedOf, passes } from "./answers";

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The least squares line through x and y at 0. */
function intercept(x: readonly number[], y: readonly number[]): number {
  const sum = (f: (i: number) => number): number => x.reduce((total, _, i) => total + f(i), 0);
  const [mx, my] = [mean(x), mean(y)];
  return my - (sum((i) => (x[i]! - mx) * (y[i]! - my)) / sum((i) => (x[i]! - mx) ** 2)) * mx;
}
const inverses = (sizes: readonly number[]): number[] => sizes.map((n) => 1 / n);

test("endless samples: the right answer passes; a line in n, the last distance and two points alone do not", async () => {
  await passes("42-1", (sizes, distances) => intercept(inverses(sizes), distances));
  assert.ok((await failedOf("42-1", intercept)).includes("finds where a line in 1 / n begins"));
  assert.equal(
    (await failedOf("42-1", (_, distances) => distances[distances.length - 1]!)).length,
    3,
  );
  const ends = (values: readonly number[]): number[] => [values[0]!, values[values.length - 1]!];
  assert.deepEqual(
    await failedOf("42-1", (sizes, distances) => intercept(inverses(ends(sizes)), ends(distances))),
    ["scattered distances: the least squares decide"],
  );
});

/** The test's accuracy; hooks make its mistakes. */
const accuracyOf =
  ({ skipSelf = true, asked = "both", dimensions = Infinity } = {}) =>
  (real: readonly (readonly number[])[], fake: readonly (readonly number[])[]): number => {
    const all = [
      ...real.map((point) => ({ point, set: "real" })),
      ...fake.map((point) => ({ point, set: "fake" })),
    ];
    const gap = (a: readonly number[], b: readonly number[]): number =>
      a.slice(0, dimensions).reduce((sum, value, d) => sum + (value - b[d]!) ** 2, 0);
    const right = all
      .map(({ point, set }, i) => {
        const others = all.filter((_, j) => !skipSelf || j !== i);
        const nearest = others.reduce((best, other) =>
          gap(point, other.point) < gap(point, best.point) ? other : best,
        );
        return { counted: asked === "both" || set === asked, right: nearest.set === set };
      })
      .filter(({ counted }) => counted);
    return mean(right.map((answer) => Number(answer.right)));
  };

test("nearest neighbours: the right answer passes; one that finds itself, asks one set, or sees one dimension does not", async () => {
  await passes("42-2", accuracyOf());
  const itself = await failedOf("42-2", accuracyOf({ skipSelf: false }));
  assert.ok(itself.includes("exact copies are taken for the other set always"));
  assert.deepEqual(await failedOf("42-2", accuracyOf({ asked: "real" })), [
    "samples of both sets are asked",
    "every sample has one vote, also where one set is larger",
  ]);
  assert.ok(
    (await failedOf("42-2", accuracyOf({ dimensions: 1 }))).includes("all dimensions count"),
  );
});

const needed =
  (isEnough: (right: number, pictures: number) => boolean) =>
  (share: number): number => {
    let pictures = 2000;
    while (pictures > 0 && isEnough(Math.round(share * pictures), pictures)) pictures--;
    return pictures + 1;
  };

test("pictures needed: the right answer passes; the share alone, the upper end and one picture less do not", async () => {
  const right = needed((k, n) => shareInterval(k, n).low > 0.5);
  await passes("42-3", right);
  for (const wrong of [
    needed((k, n) => k / n > 0.5),
    needed((k, n) => shareInterval(k, n).high > 0.5),
    (share: number): number => right(share) - 1,
  ]) {
    assert.equal((await failedOf("42-3", wrong)).length, 4);
  }
});

type Balls = (cloud: readonly (readonly number[])[], k: number) => number[];
type Norm = (a: readonly number[], b: readonly number[]) => number;
const straight: Norm = (a, b) => Math.hypot(...a.map((x, i) => x - b[i]!));
const ballsBy =
  (norm: Norm, others = true): Balls =>
  (cloud, k) =>
    cloud.map(
      (point, i) =>
        cloud
          .filter((_, j) => !others || j !== i)
          .map((other) => norm(point, other))
          .sort((a, b) => a - b)[k - 1]!,
    );
const regionsBy =
  (balls: Balls, norm = straight, open = false): Answers["42-5"] =>
  (real, fake, k) => {
    const share = (points: typeof real, centres: typeof real): number => {
      const radii = balls(centres, k);
      const inside = (point: readonly number[]): boolean =>
        centres.some((centre, i) => norm(point, centre) < radii[i]! + (open ? 0 : 1e-12));
      return points.filter(inside).length / points.length;
    };
    return { precision: share(fake, real), recall: share(real, fake) };
  };

test("precision and recall: the right answer passes; exchanged, with itself as neighbour, open balls and other distances do not", async () => {
  await passes("42-5", regionsBy(ballsBy(straight)));
  const right = regionsBy(ballsBy(straight));
  const exchanged = await failedOf("42-5", (real, fake, k) => right(fake, real, k));
  assert.ok(exchanged.includes("precision: generated points in the real region"));
  const withItself = await failedOf("42-5", regionsBy(ballsBy(straight, false)));
  assert.ok(withItself.includes("the k-th neighbour is another point"));
  const open = await failedOf("42-5", regionsBy(ballsBy(straight), straight, true));
  assert.ok(open.includes("the border belongs to the ball"));
  const manhattan: Norm = (a, b) => a.reduce((sum, x, i) => sum + Math.abs(x - b[i]!), 0);
  const longest: Norm = (a, b) => Math.max(...a.map((x, i) => Math.abs(x - b[i]!)));
  for (const norm of [manhattan, longest])
    assert.deepEqual(await failedOf("42-5", regionsBy(ballsBy(norm), norm)), [
      "distances are straight lines",
    ]);
});
