import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { compile, mlpGenerator, createRandom, tf } from "gan-lib";

test("console.log of a tensor is one line, alone and inside of other values", () => {
  const tensor = tf.zeros([64, 28, 28, 1]);
  const line = "Tensor float32 [64, 28, 28, 1], its values by .print()";
  assert.equal(inspect(tensor), line);
  assert.equal(inspect({ real: tensor }), `{ real: ${line} }`);
  assert.equal(
    inspect(tf.variable(tf.scalar(1, "int32"))),
    "Tensor int32 [], its values by .print()",
  );
  tensor.dispose();
  assert.equal(inspect(tensor), "Tensor float32 [64, 28, 28, 1], disposed");
});

test("console.log of a model says its layers, its weights and what goes in and out", () => {
  const model = tf.sequential({ name: "generator" });
  assert.equal(inspect(model), "Model generator: 0 layers, not built yet");
  model.add(tf.layers.dense({ units: 300, inputShape: [10] }));
  assert.equal(
    inspect(model),
    "Model generator: 1 layer, 3,300 weights, [N, 10] to [N, 300]; its layers by .summary()",
  );
  const library = mlpGenerator({ latentDim: 4, imageShape: [2, 2, 1], random: createRandom(1) });
  assert.match(
    inspect(library),
    /^Model .*: \d+ layers, [\d,]+ weights, \[N, 4\] to \[N, 2, 2, 1\]/,
  );
});

test("a step that prints a tensor is compiled all the same", () => {
  const step = compile((x: tf.Tensor) => {
    inspect(x);
    return { sum: tf.sum(x) };
  });
  for (let i = 0; i < 4; i++) {
    const { sum } = step(tf.ones([3]));
    assert.equal(sum.dataSync()[0], 3);
  }
});
