import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createRandom, mlpDiscriminator, mlpGenerator, ready, tf } from "gan-lib";

before(ready);

test("the pair of the vanilla lesson: 100-256-512-1024-784 and 784-512-256-1", () => {
  const generator = mlpGenerator({ random: createRandom(1) });
  const discriminator = mlpDiscriminator({ random: createRandom(1) });
  assert.equal(
    generator.countParams(),
    100 * 256 + 256 + 256 * 512 + 512 + 512 * 1024 + 1024 + 1024 * 784 + 784,
  );
  assert.equal(discriminator.countParams(), 784 * 512 + 512 + 512 * 256 + 256 + 256 + 1);
  assert.deepEqual(generator.outputs[0]?.shape, [null, 28, 28, 1]);
  assert.deepEqual(discriminator.outputs[0]?.shape, [null, 1]);
});

test("images come out in [-1, 1], logits unbounded", () => {
  const z = createRandom(2).normal([3, 100], 0, 50);
  const images = mlpGenerator({ random: createRandom(1) }).predict(z) as tf.Tensor;
  const values = [...images.dataSync()];
  assert.ok(values.every((v) => v >= -1 && v <= 1));
  const big = createRandom(2).normal([3, 28, 28, 1], 0, 50);
  const logits = [
    ...(mlpDiscriminator({ random: createRandom(1) }).predict(big) as tf.Tensor).dataSync(),
  ];
  assert.ok(
    logits.some((v) => v < 0 || v > 1),
    String(logits),
  );
});

test("the same stream gives the same weights", () => {
  const weights = () =>
    mlpDiscriminator({ units: [3], random: createRandom(9) })
      .getWeights()
      .map((w) => [...w.dataSync()]);
  assert.deepEqual(weights(), weights());
});

test("a model with our layers can be saved, loaded and summarised", async () => {
  const generator = mlpGenerator({
    latentDim: 2,
    units: [4],
    imageShape: [2, 2, 1],
    random: createRandom(1),
  });
  let saved: tf.io.ModelArtifacts | undefined;
  await generator.save(
    tf.io.withSaveHandler((artifacts) => {
      saved = artifacts;
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" },
      });
    }),
  );
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved as tf.io.ModelArtifacts));
  const z = createRandom(3).normal([2, 2]);
  assert.deepEqual(
    [...(loaded.predict(z) as tf.Tensor).dataSync()],
    [...(generator.predict(z) as tf.Tensor).dataSync()],
  );
  const lines: string[] = [];
  loaded.summary(80, undefined, (line) => lines.push(String(line)));
  assert.ok(
    lines.some((line) => line.includes("gan_leaky_re_lu")),
    lines.join("\n"),
  );
});
