/** The networks that are told a class. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  conditionalDiscriminator,
  conditionalGenerator,
  createRandom,
  gradientPenalty,
  projectionDiscriminator,
  ready,
  tf,
  trainableVariables,
} from "gan-lib";

before(ready);

const options = () => ({ classes: 3, filters: 4, random: createRandom(1) });
const discriminators = { conditionalDiscriminator, projectionDiscriminator };
const images = (count: number): tf.Tensor => createRandom(2).normal([count, 28, 28, 1]);
const apply = (
  model: tf.LayersModel,
  x: tf.Tensor,
  labels: number[],
  training = false,
): tf.Tensor =>
  model.apply([x, tf.tensor2d(labels, [labels.length, 1], "int32")], { training }) as tf.Tensor;
const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];

test("the generator makes images of z and label: the label changes them, and one sample's label changes no other sample", () => {
  const model = conditionalGenerator({ ...options(), latentDim: 5, embeddingDim: 2 });
  const z = createRandom(3).normal([2, 5]);
  const [same, other] = [apply(model, z, [0, 2]), apply(model, z, [1, 2])];
  assert.deepEqual(same.shape, [2, 28, 28, 1]);
  assert.ok(numbers(same).every((value) => Math.abs(value) <= 1));
  assert.notDeepEqual(numbers(tf.slice(same, 0, 1)), numbers(tf.slice(other, 0, 1)));
  assert.deepEqual(numbers(tf.slice(same, 1, 1)), numbers(tf.slice(other, 1, 1)));
});

test("labels may be given to predict as [N], as a batch has them", () => {
  const model = conditionalGenerator({ ...options(), latentDim: 5 });
  const z = createRandom(3).normal([2, 5]);
  assert.deepEqual(
    numbers(model.predict([z, tf.tensor1d([2, 0], "int32")]) as tf.Tensor),
    numbers(apply(model, z, [2, 0])),
  );
  assert.throws(
    () => model.predict([z, tf.tensor1d([3, 0], "int32")]),
    /labels must be from 0 to 2, got 3/,
  );
});

for (const [name, make] of Object.entries(discriminators)) {
  test(`${name}: one logit an image, which depends on the label; the same stream gives the same network`, () => {
    const model = make(options());
    const x = images(2);
    assert.deepEqual(apply(model, x, [0, 1]).shape, [2, 1]);
    assert.notDeepEqual(numbers(apply(model, x, [0, 1])), numbers(apply(model, x, [1, 2])));
    assert.deepEqual(numbers(apply(make(options()), x, [0, 1])), numbers(apply(model, x, [0, 1])));
  });

  test(`${name}: a gradient penalty reaches every kernel and the table, and is finite there`, () => {
    const model = make({ ...options(), normalization: "layer" });
    const discriminate = (x: tf.Tensor): tf.Tensor => apply(model, x, [0, 2], true);
    const penalty = (): tf.Scalar =>
      gradientPenalty()({
        discriminate,
        real: images(2),
        fake: tf.neg(images(2)),
        random: createRandom(5),
      });
    const { grads } = tf.variableGrads(penalty, trainableVariables(model));
    const reached = Object.entries(grads).filter(([own]) => /table|kernel/.test(own));
    assert.equal(reached.length, 4); // two convolutions, the dense layer and the table
    for (const [own, gradient] of reached) {
      const size = tf.sum(tf.abs(gradient)).dataSync()[0] as number;
      assert.ok(Number.isFinite(size) && size > 0, `${own}: ${size}`);
    }
  });
}

test("the projection's logit is psi(phi(x)) + <V_y, phi(x)>", () => {
  const model = projectionDiscriminator(options());
  const x = images(3);
  const flat = model.layers.find((layer) => layer.getClassName() === "Flatten") as tf.layers.Layer;
  const phi = tf
    .model({ inputs: model.inputs[0] as tf.SymbolicTensor, outputs: flat.output })
    .predict(x) as tf.Tensor2D;
  const weightOf = (part: string): tf.Tensor =>
    (
      model.weights.find(({ originalName }) => originalName.includes(part)) as tf.LayerVariable
    ).read();
  const kernel = model.weights
    .filter(({ shape }) => shape.join() === `${phi.shape[1]},1`)[0]
    ?.read() as tf.Tensor2D;
  const expected = tf.add(
    tf.matMul(phi, kernel),
    tf.sum(tf.mul(phi, tf.gather(weightOf("table"), [2, 0, 1])), 1, true),
  );
  numbers(tf.sub(apply(model, x, [2, 0, 1]), expected)).forEach((gap) =>
    assert.ok(Math.abs(gap) < 1e-4, String(gap)),
  );
});
