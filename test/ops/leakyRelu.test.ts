import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createRandom, leakyRelu, ready, tf } from "gan-lib";
import { firstOrderError, secondOrderError } from "./finiteDifferences";

before(ready);

/** Random values at least 0.1 away from the kink at 0. */
function awayFromKink(shape: number[]): tf.Tensor {
  return tf.tidy(() => {
    const x = createRandom(4).normal(shape);
    return tf.add(x, tf.mul(0.1, tf.sign(x)));
  });
}

test("leakyRelu: values by hand", () => {
  assert.deepEqual([...leakyRelu(tf.tensor([-10, -1, 0, 2]), 0.5).dataSync()], [-5, -0.5, 0, 2]);
});

for (const shape of [[1], [3, 5], [2, 3, 3, 1]]) {
  test(`leakyRelu: first and second derivative against finite differences, shape [${shape}]`, () => {
    const x = awayFromKink(shape);
    assert.ok(firstOrderError(leakyRelu, x) < 1e-2);
    assert.ok(secondOrderError(leakyRelu, x) < 1e-2);
  });
}

test("tf.js's own leakyRelu cannot be differentiated twice: the reason for ours", () => {
  assert.throws(() => secondOrderError((x) => tf.leakyRelu(x, 0.2), awayFromKink([4])));
});
