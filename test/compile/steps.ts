/** Small games, and twins of them, for the tests of the compiler. */
import assert from "node:assert/strict";
import {
  createRandom,
  type Game,
  layers,
  type Objective,
  tf,
  updateDiscriminator,
  updateGenerator,
} from "gan-lib";

/** What a game of these tests is made of. */
export interface GameOptions {
  readonly networks: "mlp" | "conv";
  readonly objective: Objective;
  readonly optimizer: () => tf.Optimizer;
}

export const IMAGE_SHAPE: [number, number, number] = [4, 4, 1];

function conv(seed: () => number): Pick<Game, "generator" | "discriminator"> {
  const kernelInitializer = (): ReturnType<typeof tf.initializers.glorotUniform> =>
    tf.initializers.glorotUniform({ seed: seed() });
  const generator = tf.sequential();
  generator.add(
    tf.layers.dense({ units: 8, inputShape: [3], kernelInitializer: kernelInitializer() }),
  );
  generator.add(tf.layers.reshape({ targetShape: [2, 2, 2] }));
  generator.add(tf.layers.batchNormalization());
  generator.add(
    tf.layers.conv2dTranspose({
      filters: 1,
      kernelSize: 4,
      strides: 2,
      padding: "same",
      activation: "tanh",
      kernelInitializer: kernelInitializer(),
    }),
  );
  const discriminator = tf.sequential();
  discriminator.add(
    tf.layers.conv2d({
      filters: 3,
      kernelSize: 3,
      strides: 2,
      padding: "same",
      inputShape: IMAGE_SHAPE,
      kernelInitializer: kernelInitializer(),
    }),
  );
  discriminator.add(layers.leakyReLU());
  discriminator.add(tf.layers.flatten());
  discriminator.add(tf.layers.dense({ units: 1, kernelInitializer: kernelInitializer() }));
  return { generator, discriminator };
}

function mlp(seed: () => number): Pick<Game, "generator" | "discriminator"> {
  const dense = (units: number, inputShape?: number[]): tf.layers.Layer =>
    tf.layers.dense({
      units,
      kernelInitializer: tf.initializers.glorotUniform({ seed: seed() }),
      ...(inputShape && { inputShape }),
    });
  const stack = (inputs: number[], outputs: number): tf.layers.Layer[] => [
    dense(8, inputs),
    layers.leakyReLU(),
    dense(outputs),
  ];
  const generator = tf.sequential({
    layers: [...stack([3], 16), tf.layers.reshape({ targetShape: IMAGE_SHAPE })],
  });
  const discriminator = tf.sequential({
    layers: [tf.layers.flatten({ inputShape: IMAGE_SHAPE }), ...stack([16], 1)],
  });
  return { generator, discriminator };
}

/** A game; the same options make the same one. */
export function gameOf({ networks, objective, optimizer }: GameOptions): Game {
  const random = createRandom(3);
  const init = random.split("init");
  return {
    ...(networks === "mlp" ? mlp : conv)(() => init.seed()),
    objective,
    generatorOptimizer: optimizer(),
    discriminatorOptimizer: optimizer(),
    random: random.split("latent"),
  };
}

/** One step of both players, in plain tf.js. */
export function stepOf(
  game: Game,
): (real: tf.Tensor) => { discriminator: tf.Tensor; generator: tf.Tensor } {
  return (real) => ({
    discriminator: tf.stack(Object.values(updateDiscriminator(game, { images: real }))),
    generator: updateGenerator(game, { images: real }).generatorLoss,
  });
}

/** Batches of random images, each to be disposed. */
export function* images(size = 4): Generator<tf.Tensor, never> {
  const random = createRandom(4);
  for (;;) yield random.uniform([size, ...IMAGE_SHAPE], -1, 1);
}

/** The values of tensors, bit for bit. */
export function bitsOf(tensors: readonly tf.Tensor[]): string[] {
  return tensors.map((tensor) =>
    Buffer.from(Float32Array.from(tensor.dataSync()).buffer).toString("hex"),
  );
}

/** Floats that {@link bitsOf} wrote. */
const floatsOf = (bits: string): number[] => [
  ...new Float32Array(Uint8Array.from(Buffer.from(bits, "hex")).buffer),
];

/** Asserts that two results or states, with values as {@link bitsOf} writes them, differ by at most `tolerance`; 0 means not in a bit. */
export function assertSame(actual: unknown, expected: unknown, tolerance: number): void {
  if (tolerance > 0 && Array.isArray(expected)) {
    expected.forEach((item, i) => assertSame((actual as unknown[])[i], item, tolerance));
  } else if (tolerance > 0 && typeof expected === "string" && /^([0-9a-f]{8})+$/.test(expected)) {
    const got = floatsOf(actual as string);
    const furthest = Math.max(
      ...floatsOf(expected).map((value, i) => Math.abs(value - (got[i] as number))),
    );
    assert.ok(furthest <= tolerance, `off by ${furthest}, allowed is ${tolerance}`);
  } else assert.deepEqual(actual, expected);
}

/** Everything that training changes in a game, bit for bit. */
export async function stateOf(game: Game): Promise<unknown[]> {
  const optimizers = [game.generatorOptimizer, game.discriminatorOptimizer];
  const slots = await Promise.all(optimizers.map((optimizer) => optimizer.getWeights()));
  return [
    bitsOf([game.generator, game.discriminator].flatMap((model) => model.getWeights())),
    bitsOf(slots.flat().map(({ tensor }) => tensor)),
    optimizers.map(({ iterations }) => iterations),
    game.random.state(),
  ];
}
