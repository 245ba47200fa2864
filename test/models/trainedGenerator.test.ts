import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { backendName, ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { take, type ImageDataset } from "gan-lib/dist/data/ImageDataset";
import { mnist } from "gan-lib/dist/data/mnist";
import {
  generatorNames,
  generatorRecipe,
  type GeneratorName,
  type GeneratorRecipe,
} from "gan-lib/dist/models/generatorRecipes";
import {
  generatorOf,
  trainedGenerator,
  type TrainedGenerator,
  type TrainedGeneratorOptions,
} from "gan-lib/dist/models/trainedGenerator";
import type { GeneratorProgress } from "gan-lib/dist/models/trainGenerator";
import { embedding } from "gan-lib/dist/layers/Embedding";
import { mlpDiscriminator, mlpGenerator } from "gan-lib/dist/networks/mlp";
import { createRandom } from "gan-lib/dist/ops/random";

const scratch = mkdtempSync(path.join(tmpdir(), "generators-"));
const tiny: GeneratorRecipe = {
  ...generatorRecipe("vanilla"),
  name: "tiny-v1",
  generator: (random) => mlpGenerator({ random, latentDim: 3, units: [4] }),
  discriminator: (random) => mlpDiscriminator({ random, units: [4] }),
  batchSize: 10,
  steps: 12,
};
let digits: ImageDataset;
let folder: string;
let count = 0;

before(async () => {
  await ready();
  digits = await mnist({ source: "package", limit: 50 });
});
beforeEach(() => (folder = path.join(scratch, String(count++))));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** Five images of a generator, which it disposes. */
function imagesOf(generator: TrainedGenerator): number[] {
  const images = tf.tidy(() => Array.from(generator.sample(5, createRandom(9)).dataSync()));
  generator.dispose();
  return images;
}

type Tried = Pick<TrainedGeneratorOptions, "seed"> & {
  readonly recipe?: GeneratorRecipe;
  readonly data?: ImageDataset;
};

/** The images of a recipe's generator, and how often its training told of itself. */
async function make({ recipe = tiny, data = digits, seed = 1 }: Tried = {}): Promise<{
  trained: number;
  images: number[];
}> {
  let trained = 0;
  const generator = await generatorOf(data, recipe, {
    folder,
    seed,
    onProgress: () => void (trained += 1),
  });
  return { trained, images: imagesOf(generator) };
}

describe("a generator that was trained", () => {
  test("comes from the cache the second time, the same to the bit", async () => {
    const first = await make();
    assert.ok(first.trained > 0);
    assert.deepEqual(await make(), { trained: 0, images: first.images });
  });

  test("is the same to the bit when it is trained again", async () => {
    const first = await make();
    rmSync(folder, { recursive: true });
    assert.deepEqual(await make(), first);
  });

  test("is another for another seed, other images, and any other number of its recipe", async () => {
    const { images } = await make();
    const others: Tried[] = [
      { seed: 2 },
      { data: take(digits, 40) },
      { recipe: { ...tiny, steps: 11 } },
      { recipe: { ...tiny, beta1: 0 } },
      { recipe: { ...tiny, discriminatorSteps: 2 } },
    ];
    for (const other of others) {
      const made = await make(other);
      assert.ok(made.trained > 0, JSON.stringify(other.recipe));
      assert.notDeepEqual(made.images, images);
    }
  });

  const keptIn = (): string => path.join(folder, readdirSync(folder)[0] ?? "");

  test("is trained again when its cache is cut short, which is said by name", async (context) => {
    const first = await make();
    const kept = keptIn();
    truncateSync(path.join(kept, readdirSync(kept)[0] ?? ""), 10);
    const warn = context.mock.method(console, "warn", () => undefined);
    assert.deepEqual(await make(), first);
    assert.match(
      String(warn.mock.calls[0]?.arguments[0]),
      /mnist-tiny-v1-package is trained anew.*no checkpoint in .* is whole:\n.*it has 10 bytes, fewer than/,
    );
    assert.equal((await make()).trained, 0);
    assert.equal(readdirSync(kept).length, 1);
  });

  test("is trained again where its cache has an older format, which is removed", async (context) => {
    const first = await make();
    const kept = keptIn();
    rmSync(path.join(kept, readdirSync(kept)[0] ?? ""));
    writeFileSync(path.join(kept, "manifest.json"), '{"format": "gan-lib checkpoint 1"}');
    writeFileSync(path.join(kept, `weights-${"0".repeat(64)}.bin`), "");
    const warn = context.mock.method(console, "warn", () => undefined);
    assert.deepEqual(await make(), first);
    assert.match(String(warn.mock.calls[0]?.arguments[0]), /older format "gan-lib checkpoint 1"/);
    assert.equal(readdirSync(kept).length, 1);
  });

  test("is trained again when it was never finished, which is nothing to speak of", async (context) => {
    const first = await make();
    const kept = keptIn();
    for (const name of readdirSync(kept)) rmSync(path.join(kept, name));
    const warn = context.mock.method(console, "warn", () => undefined);
    assert.deepEqual(await make(), first);
    assert.equal(warn.mock.callCount(), 0);
  });

  test("is given also where the cache cannot be written, which is said", async (context) => {
    const first = await make();
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "a file where the cache's folder should be");
    const warn = context.mock.method(console, "warn", () => undefined);
    assert.deepEqual(await make(), first);
    assert.match(
      String(warn.mock.calls[0]?.arguments[0]),
      /was trained, and will be trained again next time: .*is a file, not a folder.*ENOTDIR/,
    );
  });

  test("is not kept when its training was stopped, and leaves no tensors behind", async () => {
    await make();
    rmSync(folder, { recursive: true });
    const before = tf.memory().numTensors;
    const stop = (): never => {
      throw new Error("stopped");
    };
    await assert.rejects(
      generatorOf(digits, { ...tiny, averageDecay: 0.5 }, { folder, onProgress: stop }),
      /stopped/,
    );
    assert.deepEqual(readdirSync(folder), []);
    for (let i = 0; i < 2; i++) await make({ recipe: { ...tiny, averageDecay: 0.5 } });
    assert.equal(tf.memory().numTensors, before);
  });

  test("tells how far its training is, up to the end", async () => {
    const told: GeneratorProgress[] = [];
    (
      await generatorOf(digits, tiny, {
        folder,
        onProgress: (progress) => void told.push(progress),
      })
    ).dispose();
    assert.deepEqual(told, [
      { step: 10, steps: 12, fraction: 10 / 12 },
      { step: 12, steps: 12, fraction: 1 },
    ]);
  });

  test("has averaged weights where the recipe averages: the last ones by a decay of 0, others by more", async () => {
    const { images } = await make();
    assert.deepEqual((await make({ recipe: { ...tiny, averageDecay: 0 } })).images, images);
    assert.notDeepEqual((await make({ recipe: { ...tiny, averageDecay: 0.9 } })).images, images);
  });

  test("of no steps is untrained, and not kept", async () => {
    const { trained, images } = await make({ recipe: { ...tiny, steps: 0 } });
    assert.deepEqual([trained, existsSync(folder)], [0, false]);
    assert.notDeepEqual(images, (await make()).images);
    await assert.rejects(
      make({ recipe: { ...tiny, steps: -1 } }),
      /steps must be a whole number of at least 0, got -1/,
    );
  });
});

describe("the images", () => {
  const conditional: GeneratorRecipe = {
    ...tiny,
    name: "tiny-conditional-v1",
    steps: 0,
    // Each class has a grey of its own, whatever z is.
    generator: (random) => {
      const [z, labels] = [tf.input({ shape: [3] }), tf.input({ shape: [1], dtype: "int32" })];
      const grey = embedding({ classes: 10, units: 784, seed: random.seed() }).apply(
        labels,
      ) as tf.SymbolicTensor;
      return tf.model({
        inputs: [z, labels],
        outputs: tf.layers.reshape({ targetShape: [28, 28, 1] }).apply(grey) as tf.SymbolicTensor,
      });
    },
  };

  test("of a conditional generator are of the labels, by default of all classes in turn", async () => {
    const generator = await generatorOf(digits, conditional, { folder });
    const first = (count: number, labels?: number[]): number[] =>
      tf.tidy(() =>
        Array.from(
          generator
            .sample(count, createRandom(1), labels)
            .slice([0, 0, 0, 0], [-1, 1, 1, 1])
            .dataSync(),
        ),
      );
    const turns = first(12);
    assert.equal(new Set(turns).size, 10);
    assert.deepEqual(turns.slice(10), turns.slice(0, 2));
    assert.deepEqual(first(3, [7, 0, 7]), [turns[7], turns[0], turns[7]]);
    for (const labels of [[1], [1, 2, 10], [1, 2, -1], [1, 2, 0.5]])
      assert.throws(() => first(3, labels), /give 3 labels, whole numbers from 0 to 9, got/);
    generator.dispose();
  });

  test("are as many as asked for, in [-1, 1], and depend on the stream alone", async () => {
    const generator = await generatorOf(digits, { ...tiny, steps: 0 }, { folder });
    tf.tidy(() => {
      const images = generator.sample(3, createRandom(1));
      assert.deepEqual(images.shape, [3, 28, 28, 1]);
      assert.ok(images.dataSync().every((value) => value >= -1 && value <= 1));
      assert.deepEqual(generator.sample(3, createRandom(1)).dataSync(), images.dataSync());
      assert.notDeepEqual(generator.sample(3, createRandom(2)).dataSync(), images.dataSync());
      assert.throws(
        () => generator.sample(0, createRandom(1)),
        /the number of images must be a whole number of at least 1, got 0/,
      );
      assert.throws(() => generator.sample(2, createRandom(1), [1, 2]), /takes no labels/);
    });
    generator.dispose();
  });
});

describe("the project's generators", () => {
  for (const name of generatorNames) {
    const recipe = generatorRecipe(name);
    const skip =
      recipe.convolutions && backendName !== "tensorflow" ? "needs the native backend" : false;
    test(
      `"${name}" learns in a step, and is named after data, network and steps`,
      { skip },
      async () => {
        const [untrained, trained] = [0, 1].map((steps) =>
          generatorOf(digits, { ...recipe, steps, batchSize: 4 }, { folder }),
        );
        const generator = await (trained as Promise<TrainedGenerator>);
        assert.equal(generator.name, `mnist-${recipe.name} (package, steps: 1)`);
        const [now, then] = [
          imagesOf(generator),
          imagesOf(await (untrained as Promise<TrainedGenerator>)),
        ];
        assert.equal(now.length, 5 * 784);
        assert.ok(now.every(Number.isFinite));
        assert.notDeepEqual(now, then);
      },
    );
  }

  test("go by different names, and another name is refused with a list of them", async () => {
    assert.equal(
      new Set(generatorNames.map((name) => generatorRecipe(name).name)).size,
      generatorNames.length,
    );
    await assert.rejects(
      trainedGenerator("stylegan" as GeneratorName),
      /There is no trained generator "stylegan"\. There are: vanilla, dcgan, /,
    );
  });
});
