import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createRandom, pacganDiscriminator, pacganGenerator, ready, tf } from "gan-lib";

before(ready);

test("the generator has four layers of 400 with batch normalisation, without biases but at the output", () => {
  const generator = pacganGenerator({ random: createRandom(1) });
  const dense = 2 * 400 + 3 * 400 * 400 + (400 * 2 + 2);
  assert.equal(generator.countParams(), dense + 4 * 4 * 400);
  assert.deepEqual((generator.predict(tf.zeros([3, 2])) as tf.Tensor).shape, [3, 2]);
});

test("the discriminator has three maxout layers of 200 units with 5 pieces, over packs", () => {
  const discriminator = pacganDiscriminator({ packSize: 2, random: createRandom(1) });
  assert.equal(discriminator.countParams(), (4 + 1) * 1000 + 2 * (200 + 1) * 1000 + 201);
  assert.deepEqual((discriminator.predict(tf.zeros([3, 4])) as tf.Tensor).shape, [3, 1]);
});

test("kernels start as N(0, 0.02^2), a seed's always the same", () => {
  for (const build of [pacganGenerator, pacganDiscriminator]) {
    const kernels = () =>
      build({ random: createRandom(2) })
        .getWeights()
        .filter(({ rank }) => rank === 2);
    const values = tf.concat(kernels().map((kernel) => tf.reshape(kernel, [-1])));
    const { mean, variance } = tf.moments(values);
    assert.ok(Math.abs(Math.sqrt(variance.dataSync()[0]!) - 0.02) < 1e-4, String(variance));
    assert.ok(Math.abs(mean.dataSync()[0]!) < 2e-4, String(mean));
    assert.deepEqual(
      kernels().map((kernel) => [...kernel.dataSync()]),
      kernels().map((kernel) => [...kernel.dataSync()]),
    );
  }
});

test("packs of half a point are refused", () => {
  assert.throws(
    () => pacganDiscriminator({ packSize: 1.5, random: createRandom(1) }),
    /packSize must be .* got 1.5/,
  );
});
