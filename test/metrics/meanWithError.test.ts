import assert from "node:assert/strict";
import { test } from "node:test";
import { meanWithError } from "gan-lib";

test("the error of a mean is the sample's deviation by the root of its size", () => {
  assert.deepEqual(meanWithError([1, 2, 3, 4, 5]), { mean: 3, standardError: Math.sqrt(2.5 / 5) });
  const { mean, standardError } = meanWithError([7]);
  assert.equal(mean, 7);
  assert.ok(Number.isNaN(standardError));
});
