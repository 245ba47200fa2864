import assert from "node:assert/strict";
import { before, test } from "node:test";
import { peakSignalToNoise, ready, tf } from "gan-lib";

before(ready);

test("the peak is 2: an error of 0.2 everywhere is 20 dB, of 0.02 it is 40, and none is infinite; each image by itself", () => {
  const black = tf.fill<tf.Rank.R4>([3, 4, 4, 1], -1);
  const changed = tf.concat([
    tf.fill<tf.Rank.R4>([1, 4, 4, 1], -0.8),
    tf.fill<tf.Rank.R4>([1, 4, 4, 1], -0.98),
    tf.fill<tf.Rank.R4>([1, 4, 4, 1], -1),
  ]);
  const [coarse, fine, none] = peakSignalToNoise(black, changed);
  assert.ok(Math.abs(coarse! - 20) < 1e-3 && Math.abs(fine! - 40) < 1e-2, `${coarse} ${fine}`);
  assert.equal(none, Infinity);
  assert.ok(
    Math.abs(peakSignalToNoise(black, tf.neg(black))[0]!) < 1e-6,
    "black for white is 0 dB",
  );
});

test("shapes that differ are named", () => {
  assert.throws(
    () => peakSignalToNoise(tf.zeros([1, 4, 4, 1]), tf.zeros([1, 4, 4, 3])),
    /\[1, 4, 4, 1\] and \[1, 4, 4, 3\]/,
  );
});
