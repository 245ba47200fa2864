import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  createRandom,
  dcganDiscriminator,
  dcganGenerator,
  dcganVariant,
  dcganVariants,
  experimentPlan,
  ready,
  tf,
  type DcganVariant,
  type Game,
} from "gan-lib";

before(ready);

const FILTERS = 4;
const game = (variant: DcganVariant): Game =>
  dcganVariant(variant, { filters: FILTERS, random: createRandom(3) });
const layersOf = (model: tf.LayersModel): string[] =>
  model.layers.map((layer) => layer.getClassName());
const count = ({ generator, discriminator }: Game, name: RegExp): number =>
  [...layersOf(generator), ...layersOf(discriminator)].filter((layer) => name.test(layer)).length;
const sample = (model: tf.LayersModel, input: tf.Tensor): Float32Array =>
  Float32Array.from((model.apply(input, { training: true }) as tf.Tensor).dataSync());

test("the variant DCGAN is the library's pair", () => {
  const { generator, discriminator } = game("DCGAN");
  const random = createRandom(3);
  const twins = {
    generator: dcganGenerator({ filters: FILTERS, random: random.split("generator") }),
    discriminator: dcganDiscriminator({ filters: FILTERS, random: random.split("discriminator") }),
  };
  const z = createRandom(1).normal([5, 100]);
  const images = createRandom(2).normal([5, 28, 28, 1]);
  assert.deepEqual(sample(generator, z), sample(twins.generator, z));
  assert.deepEqual(sample(discriminator, images), sample(twins.discriminator, images));
});

test("each variant takes images and makes images and logits", () => {
  for (const variant of dcganVariants) {
    const { generator, discriminator } = game(variant);
    assert.deepEqual(
      [generator.inputs[0]?.shape, generator.outputs[0]?.shape],
      [
        [null, 100],
        [null, 28, 28, 1],
      ],
      variant,
    );
    assert.deepEqual(
      [discriminator.inputs[0]?.shape, discriminator.outputs[0]?.shape],
      [
        [null, 28, 28, 1],
        [null, 1],
      ],
      variant,
    );
  }
});

/** Layers of both networks by kind: batch normalisations, rectifiers, dense, transposed, pooling or resizing, strided. */
const KINDS = {
  normalization: /^GanBatchNormalization$/,
  rectifier: /ReLU$/,
  dense: /^Dense$/,
  transposed: /Transpose$/,
  resampling: /Pooling|UpSampling/,
};
const kindsOf = (variant: DcganVariant): Record<string, number> => {
  const built = game(variant);
  return Object.fromEntries(
    Object.entries(KINDS).map(([kind, name]) => [kind, count(built, name)]),
  );
};

test("each variant differs from DCGAN in the layers that it names, and in no other kind", () => {
  const whole = { normalization: 3, rectifier: 4, dense: 2, transposed: 2, resampling: 0 };
  const changes: Partial<Record<DcganVariant, Partial<typeof whole>>> = {
    "pooling and resizing": { transposed: 0, resampling: 4 },
    "no batch-norm": { normalization: 0 },
    "tanh inside": { rectifier: 0 },
    "dense hidden layers": { normalization: 5, rectifier: 6, dense: 4 },
  };
  for (const variant of dcganVariants)
    assert.deepEqual(kindsOf(variant), { ...whole, ...changes[variant] }, variant);
});

test("without strides every convolution has stride 1", () => {
  const strides = ({ generator, discriminator }: Game): unknown[] =>
    [...generator.layers, ...discriminator.layers].flatMap((layer) =>
      /Conv2D/.test(layer.getClassName()) ? [layer.getConfig()["strides"]] : [],
    );
  assert.deepEqual(strides(game("DCGAN")), Array(4).fill([2, 2]));
  assert.deepEqual(strides(game("pooling and resizing")), Array(4).fill([1, 1]));
});

test("weights are from N(0, 0.02), or Glorot's, which reach further in the middle layers", () => {
  const largest = (variant: DcganVariant): number => {
    const { discriminator } = dcganVariant(variant, { filters: 16, random: createRandom(3) });
    return Math.max(...(discriminator.getWeights()[2] as tf.Tensor).dataSync()); // 5 x 5 x 16 x 32
  };
  const bound = Math.sqrt(6 / (25 * 16 + 25 * 32)); // of Glorot's uniform distribution: 0.0707
  const glorot = largest("Glorot weights");
  assert.ok(glorot <= bound && glorot > 0.99 * bound, String(glorot));
  const normal = largest("DCGAN"); // of 12,800 draws: 4 standard deviations, give or take
  assert.ok(normal > 0.06 && normal < 0.12, String(normal));
});

test("optimizers have the paper's constants but in the variants of them", () => {
  const constants = (variant: DcganVariant): unknown[] => {
    const { generatorOptimizer, discriminatorOptimizer } = game(variant);
    return [generatorOptimizer, discriminatorOptimizer].map((optimizer) => {
      const { learningRate, beta1 } = optimizer.getConfig();
      return [learningRate, beta1];
    });
  };
  for (const variant of dcganVariants) {
    const rate = variant === "learning rate 0.001" ? 1e-3 : 2e-4;
    const beta1 = variant === "beta1 0.9" ? 0.9 : 0.5;
    assert.deepEqual(
      constants(variant),
      [
        [rate, beta1],
        [rate, beta1],
      ],
      variant,
    );
  }
});

test("variants of one stream are given the same latent vectors", () => {
  const first = (variant: DcganVariant): Float32Array =>
    Float32Array.from(game(variant).random.normal([2, 3]).dataSync());
  assert.deepEqual(first("dense hidden layers"), first("DCGAN"));
});

test("the plan has a row for every variant, DCGAN first", () => {
  assert.deepEqual(experimentPlan("dcgan-ablation").settings, { variant: dcganVariants });
  assert.equal(dcganVariants[0], "DCGAN");
});
