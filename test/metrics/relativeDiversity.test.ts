import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createRandom, ready, relativeDiversity, tf } from "gan-lib";
import type { Rows } from "gan-lib";

const line = (...places: number[]): Rows => ({ data: places, shape: [places.length, 1] });

before(ready);

test("by hand: the median distance to the k-th neighbour over that of real samples", () => {
  const real = line(0, 1, 3, 6, 10); // nearest: 1 1 2 3 4; second: 3 2 3 4 7
  const fake = line(0, 0.5, 1, 1.5, 2); // nearest: 0.5; second: 1 0.5 0.5 0.5 1
  assert.equal(relativeDiversity(real, fake), 0.5 / 2);
  assert.equal(relativeDiversity(real, fake, { k: 2 }), 0.5 / 3);
  assert.equal(relativeDiversity(real, real), 1);
});

test("copies have no diversity, though they lie in places far apart; one outlier changes nothing", () => {
  const real = line(0, 1, 2, 3, 4, 5);
  assert.equal(relativeDiversity(real, line(0, 0, 0, 100, 100, 100)), 0);
  assert.equal(relativeDiversity(real, line(0, 0, 0, 0, 0, 1e6)), 0);
});

test("samples of one distribution have about 1; a part of it has diversity, but no spread", () => {
  const random = createRandom(1);
  const [real, fake] = [
    random.normal([200, 2]) as tf.Tensor2D,
    random.normal([200, 2]) as tf.Tensor2D,
  ];
  for (const k of [1, 100]) assert.ok(Math.abs(relativeDiversity(real, fake, { k }) - 1) < 0.25);
  const corners = tf.mul(20, tf.round(random.uniform([200, 2])));
  const whole: tf.Tensor2D = tf.add(corners, tf.mul(0.5, fake));
  assert.ok(relativeDiversity(whole, fake) > 0.8);
  assert.ok(relativeDiversity(whole, fake, { k: 100 }) < 0.1);
});

test("sets that cannot be compared are refused", () => {
  assert.throws(
    () => relativeDiversity(line(0, 1, 2), line(0, 1)),
    /equally many samples, got 3 and 2/,
  );
  assert.throws(
    () => relativeDiversity(line(1, 1, 1, 2), line(0, 1, 2, 3)),
    /half of the real samples have equal ones/,
  );
  assert.throws(() => relativeDiversity(line(0, 1), line(0, 1), { k: 2 }), RangeError);
  assert.throws(() => relativeDiversity(line(0, 1), line(0, NaN)), /fake must be finite/);
});
