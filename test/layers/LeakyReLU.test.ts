import assert from "node:assert/strict";
import { before, test } from "node:test";
import { layers, ready, tf } from "gan-lib";

before(ready);

test("the layer applies its slope and writes it down", () => {
  const layer = layers.leakyReLU({ slope: 0.5, name: "half" });
  assert.deepEqual([...(layer.apply(tf.tensor2d([[-2, 4]])) as tf.Tensor).dataSync()], [-1, 4]);
  assert.equal(layer.getConfig()["slope"], 0.5);
});

test("a negative slope is refused", () => {
  assert.throws(() => layers.leakyReLU({ slope: -1 }), /at least 0, got -1/);
});
