/** Every layer of gan-lib in a model: summary, save and loadLayersModel, to the same outputs. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as gan from "gan-lib";
import { ready, tf } from "gan-lib";
import { normalValues } from "../ops/samples";

before(ready);

function everyLayer(): tf.Sequential {
  return tf.sequential({
    layers: [
      gan.layers.spectralConv2d({
        inputShape: [6, 6, 1],
        filters: 3,
        kernelSize: 3,
        strides: 2,
        seed: 1,
      }),
      gan.layers.leakyReLU({ slope: 0.3 }),
      gan.layers.batchNormalization({ momentum: 0.5, epsilon: 1e-3 }),
      gan.layers.instanceNormalization(),
      gan.layers.instanceNormalization({ affine: false }),
      gan.layers.reflectionPad2d({ padding: 2 }),
      gan.layers.layerNormalization(),
      gan.layers.minibatchStandardDeviation({ groupSize: 2 }),
      tf.layers.flatten(),
      gan.layers.activation("tanh"),
      gan.layers.maxoutDense({ units: 4, pieces: 3, standardDeviation: 0.5, seed: 3 }),
      gan.layers.minibatchDiscrimination({
        features: 2,
        dimensions: 3,
        standardDeviation: 0.2,
        seed: 4,
      }),
      gan.layers.spectralDense({ units: 2, useBias: false, seed: 2 }),
    ],
  });
}

async function saved(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  return new Promise((resolve, reject) => {
    const handler = tf.io.withSaveHandler(async (artifacts) => {
      resolve(artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    });
    model.save(handler).catch(reject);
  });
}

test("a model of all layers is summed up, saved and loaded to the same outputs and settings", async () => {
  const model = everyLayer();
  const x = normalValues([4, 6, 6, 1]);
  model.apply(x, { training: true }); // moves the running moments and u away from their start
  const lines: string[] = [];
  model.summary(200, undefined, (line: string) => lines.push(line));
  for (const { name } of model.layers)
    assert.ok(
      lines.some((line) => line.includes(name)),
      `${name} is not in the summary`,
    );

  const loaded = await tf.loadLayersModel(tf.io.fromMemory(await saved(model)));
  assert.deepEqual(
    loaded.layers.map((layer) => layer.getConfig()),
    model.layers.map((layer) => layer.getConfig()),
  );
  assert.deepEqual(
    [...(loaded.predict(x) as tf.Tensor).dataSync()],
    [...(model.predict(x) as tf.Tensor).dataSync()],
  );
});

test("a network with an embedding, which takes two inputs, is saved and loaded to the same outputs", async () => {
  const model = gan.projectionDiscriminator({
    imageShape: [8, 8, 1],
    classes: 3,
    filters: 2,
    random: gan.createRandom(1),
  });
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(await saved(model)));
  const [x, labels] = [normalValues([4, 8, 8, 1]), tf.tensor1d([0, 1, 2, 1], "int32")];
  assert.deepEqual(
    [...(loaded.predict([x, labels]) as tf.Tensor).dataSync()],
    [...(model.predict([x, labels]) as tf.Tensor).dataSync()],
  );
});

test("the shapes that layers announce are those that they return", () => {
  const model = everyLayer();
  let x: tf.Tensor = normalValues([4, 6, 6, 1]);
  for (const layer of model.layers) {
    x = layer.apply(x) as tf.Tensor;
    assert.deepEqual(x.shape.slice(1), (layer.outputShape as tf.Shape).slice(1), layer.name);
  }
});
