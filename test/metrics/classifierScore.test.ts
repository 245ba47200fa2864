import assert from "node:assert/strict";
import { before, test } from "node:test";
import { classifierScore, ready } from "gan-lib";

before(ready);

test("sure and equally frequent classes score K, one class or none sure scores 1", () => {
  assert.ok(Math.abs(classifierScore({ data: [1, 0, 0, 0, 1, 0, 0, 0, 1], shape: [3, 3] }) - 3) < 1e-12);
  assert.equal(classifierScore({ data: [1, 0, 1, 0], shape: [2, 2] }), 1);
  assert.equal(classifierScore({ data: [0.5, 0.5, 0.5, 0.5], shape: [2, 2] }), 1);
});

test("by hand: shares 0.9 and 0.1 of two samples", () => {
  // The marginal is (0.5, 0.5); each row has divergence 0.9 ln 1.8 + 0.1 ln 0.2.
  const wanted = Math.exp(0.9 * Math.log(1.8) + 0.1 * Math.log(0.2));
  assert.ok(Math.abs(classifierScore({ data: [0.9, 0.1, 0.1, 0.9], shape: [2, 2] }) - wanted) < 1e-12);
});

test("logits are refused", () => {
  assert.throws(() => classifierScore({ data: [3, -1], shape: [1, 2] }), /not a distribution.*softmax/);
});
