import assert from "node:assert/strict";
import { test } from "node:test";
import * as gan from "gan-lib";
import { toMimeBundle } from "gan-lib/dist/lesson/mime";

const { tf } = gan;

test("variables are listed by use, the largest first; other tensors are counted", () => {
  const before = gan.tensors();
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] })] });
  const own = tf.variable(tf.zeros([100]), true);
  const state = tf.variable(tf.zeros([5, 5], "int32"), false);
  const forgotten = tf.zeros([7]);
  const found = gan.tensors();
  const isNew = ({ name }: gan.LiveVariable): boolean =>
    before.variables.every((variable) => variable.name !== name);
  const added = found.variables.filter(isNew).map(({ kind, shape, dtype, bytes }) => {
    return [kind, `[${shape.join()}]`, dtype, bytes];
  });
  assert.deepEqual(added, [
    ["variable", "[100]", "float32", 400],
    ["state", "[5,5]", "int32", 100],
    ["weight", "[2,3]", "float32", 24],
    ["weight", "[3]", "float32", 12],
  ]);
  assert.deepEqual(
    [found.others.count - before.others.count, found.others.bytes - before.others.bytes],
    [1 + 2, 28 + 4 * 100 + 4 * 25], // zeros of which the two variables were made are alive as well
  );
  for (const made of [model, own, state, forgotten]) made.dispose();
});

test("what a compiled step holds is said", () => {
  const weight = tf.variable(tf.tensor1d([1, 2]));
  const optimizer = tf.train.sgd(0.1);
  const step = gan.compile(() => {
    optimizer.minimize(() => tf.sum(tf.square(weight)));
    return tf.sum(weight);
  });
  const held = (): boolean[] =>
    gan
      .tensors()
      .variables.filter(({ name }) => name === weight.name)
      .map((one) => one.held);
  assert.deepEqual(held(), [false]);
  for (let i = 0; i < 4; i++) step().dispose();
  assert.deepEqual(held(), [true]);
  step.dispose();
  assert.deepEqual(held(), [false]);
  weight.dispose();
});

test("a cell shows a table of the largest, with names made safe", async () => {
  const many = Array.from({ length: 25 }, (_, i) =>
    tf.variable(tf.zeros([i + 1]), true, `<v${i}>`),
  );
  const { data } = await toMimeBundle(gan.tensors());
  const html = String(data["text/html"]);
  assert.match(html, /&lt;v24&gt;/);
  assert.doesNotMatch(html, /<v24>/);
  assert.match(html, /\d+ smaller variables/);
  assert.match(String(data["text/plain"]), /\d+ other tensors/);
  for (const variable of many) variable.dispose();
});
