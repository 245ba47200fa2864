import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
  classCoverage,
  classifierScore,
  densityCoverage,
  frechetDistance,
  gaussianRing,
  kernelDistance,
  meanConfidence,
  mixtureCoverage,
  precisionRecall,
  ready,
  type Rows,
} from "gan-lib";

/** A set that every metric takes: each row is a point in the plane and a distribution over two classes. */
const good: Rows = {
  data: [1, 0, 0, 1, 0.5, 0.5, 0.25, 0.75, 0.75, 0.25, 0.1, 0.9],
  shape: [6, 2],
};

/** Every metric of samples, with the set in each of its places. */
const metrics: Readonly<Record<string, ((set: Rows) => unknown)[]>> = {
  classCoverage: [classCoverage],
  classifierScore: [classifierScore],
  meanConfidence: [meanConfidence],
  mixtureCoverage: [(set) => mixtureCoverage(set, gaussianRing())],
  ...Object.fromEntries(
    [frechetDistance, kernelDistance, precisionRecall, densityCoverage].map((metric) => [
      metric.name,
      [(set: Rows) => metric(set, good), (set: Rows) => metric(good, set)],
    ]),
  ),
};

before(ready);

for (const [name, places] of Object.entries(metrics)) {
  describe(name, () => {
    places.forEach((metric, place) => {
      test(`argument ${place + 1}: takes a good set, and refuses an empty one, one without columns, and NaN`, () => {
        metric(good);
        const said = (message: string): RegExp => new RegExp(`^Error: ${name}: .*${message}`);
        assert.throws(
          () => metric({ data: [], shape: [0, 2] }),
          said("at least one row and one column, got \\[0, 2\\]"),
        );
        assert.throws(
          () => metric({ data: [], shape: [6, 0] }),
          said("at least one row and one column, got \\[6, 0\\]"),
        );
        assert.throws(
          () => metric({ ...good, data: [...Array.from(good.data).slice(0, 11), NaN] }),
          said("must be finite, got NaN in row 5"),
        );
      });
    });
  });
}
