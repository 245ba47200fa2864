/** Image-to-image games small enough to play in milliseconds: 8 x 8 images. */
import {
  createRandom,
  gatedGenerator,
  imagePool,
  patchDiscriminator,
  residualGenerator,
  styleDiscriminator,
  tf,
  unetGenerator,
  type CycleGame,
  type DiscoGame,
  type GatedGame,
  type PairBatch,
  type Pix2PixGame,
  type RandomStream,
  type StyleBatch,
  type UnpairedBatch,
} from "gan-lib";

export const SHAPE: readonly [number, number, number] = [8, 8, 1];
export const STYLES = 3;

const shared = (random: RandomStream) => ({ imageShape: SHAPE, filters: 2, random });

const optimizers = () => ({
  generatorOptimizer: tf.train.adam(1e-2, 0.5),
  discriminatorOptimizer: tf.train.adam(1e-2, 0.5),
});

/** With dropout; its stream is `noise`. */
export function pix2pixGame(): Pix2PixGame & { readonly noise: RandomStream } {
  const [g, d, noise] = ["g", "d", "noise"].map((name) => createRandom(1).split(name));
  return {
    generator: unetGenerator({ ...shared(g!), depth: 3, noise: noise! }),
    discriminator: patchDiscriminator({ ...shared(d!), patch: 16, sourceChannels: 1 }),
    ...optimizers(),
    noise: noise!,
  };
}

const twoNetworks = (random: RandomStream) => ({
  toB: residualGenerator({ ...shared(random), filters: 1, blocks: 0 }),
  toA: residualGenerator({ ...shared(random), filters: 1, blocks: 0 }),
  discriminatorA: patchDiscriminator({ ...shared(random), patch: 16, normalization: "none" }),
  discriminatorB: patchDiscriminator({ ...shared(random), patch: 16, normalization: "none" }),
});

/** With pools of 6 images; their streams are `forA` and `forB`. */
export function cycleGame(): CycleGame & Record<"forA" | "forB", RandomStream> {
  const [forA, forB] = ["a", "b"].map((name) => createRandom(3).split(name));
  return {
    ...twoNetworks(createRandom(1)),
    poolA: imagePool({ imageShape: SHAPE, size: 6, random: forA! }),
    poolB: imagePool({ imageShape: SHAPE, size: 6, random: forB! }),
    ...optimizers(),
    weights: { identity: 5 },
    forA: forA!,
    forB: forB!,
  };
}

export function discoGame(): DiscoGame {
  return { ...twoNetworks(createRandom(1)), ...optimizers() };
}

/** With a pool of 6 images; its stream is `forPool`. */
export function gatedGame(): GatedGame & { readonly forPool: RandomStream } {
  const [random, forPool] = [createRandom(1), createRandom(2)];
  return {
    generator: gatedGenerator({ ...shared(random), filters: 1, blocks: 0, styles: STYLES }),
    discriminator: styleDiscriminator({ ...shared(random), patch: 16, styles: STYLES }),
    pool: imagePool({ imageShape: SHAPE, size: 6, random: forPool }),
    ...optimizers(),
    forPool,
  };
}

const images = (random: RandomStream): tf.Tensor => random.uniform([4, ...SHAPE], -1, 1);

/** Endless pairs: the target is the negative. */
export function* pairs(random = createRandom(5)): Generator<PairBatch> {
  for (;;) {
    const source = images(random);
    yield { source, target: tf.neg(source) };
  }
}

/** Endless batches of two domains: dark and bright. */
export function* unpaired(random = createRandom(5)): Generator<UnpairedBatch> {
  for (;;)
    yield {
      a: random.uniform([4, ...SHAPE], -1, 0),
      b: random.uniform([4, ...SHAPE], 0, 1),
    };
}

/** Endless contents, and images of three styles. */
export function* styled(random = createRandom(5)): Generator<StyleBatch> {
  for (;;)
    yield {
      content: images(random),
      style: images(random),
      labels: tf.tensor1d([0, 1, 2, 1], "int32"),
    };
}
