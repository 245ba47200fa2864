import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { backendName, ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { emoji } from "gan-lib/dist/data/emoji";
import { take, type ImageDataset } from "gan-lib/dist/data/ImageDataset";
import { emojiRecipe } from "gan-lib/dist/models/emojiGenerator";
import { generatorOf } from "gan-lib/dist/models/trainedGenerator";
import { createRandom } from "gan-lib/dist/ops/random";

const folder = mkdtempSync(path.join(tmpdir(), "emoji-generators-"));
let few: ImageDataset;

before(async () => {
  await ready();
  few = take(await emoji({ style: "google" }), 8);
});
after(() => rmSync(folder, { recursive: true, force: true }));

for (const upsampling of ["transposed", "resize"] as const) {
  test(
    `"${upsampling}" learns in a step, grows as it says, and makes colour images of 64 x 64`,
    { skip: backendName !== "tensorflow" && "needs the native backend" },
    async () => {
      const recipe = emojiRecipe(upsampling);
      const [untrained, trained] = [
        await generatorOf(few, { ...recipe, steps: 0 }, { folder }),
        await generatorOf(few, { ...recipe, steps: 1, batchSize: 4 }, { folder }),
      ];
      assert.equal(trained.name, `emoji-google-dcgan-${upsampling}-64-v1 (package, steps: 1)`);
      assert.equal(
        trained.model.layers.some((layer) => layer.getClassName() === "Conv2DTranspose"),
        upsampling === "transposed",
      );
      tf.tidy(() => {
        const [then, now] = [untrained, trained].map((generator) =>
          generator.sample(2, createRandom(1)),
        ) as [tf.Tensor4D, tf.Tensor4D];
        assert.deepEqual(now.shape, [2, 64, 64, 3]);
        assert.ok(now.dataSync().every((value) => value >= -1 && value <= 1));
        assert.notDeepEqual(now.dataSync(), then.dataSync());
      });
      untrained.dispose();
      trained.dispose();
    },
  );
}
