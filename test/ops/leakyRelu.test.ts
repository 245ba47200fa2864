import assert from "node:assert/strict";
import { before, test } from "node:test";
import { leakyRelu, ready, tf } from "gan-lib";

before(ready);

test("leakyRelu: values by hand", () => {
  assert.deepEqual([...leakyRelu(tf.tensor([-10, -1, 0, 2]), 0.5).dataSync()], [-5, -0.5, 0, 2]);
});
