/** A GAN of a few dozen weights, with Adam, that says where it stands. As a program: load, train, print the weights. */
import { ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { createRandom } from "gan-lib/dist/ops/random";
import { loadCheckpoint } from "gan-lib/dist/checkpoint/checkpoint";
import type { Checkpointable } from "gan-lib/dist/checkpoint/save";

type Pair<Value> = Record<"generator" | "discriminator", Value>;

/** A run that can be saved and trained. */
export interface TinyGan extends Checkpointable {
  readonly models: Pair<tf.LayersModel>;
  readonly optimizers: Pair<tf.Optimizer>;
  train(steps: number): void;
  /** Trains with other optimizers than its own. */
  trainWith(optimizers: Pair<tf.Optimizer>, steps: number): void;
}

const LATENT = 3;
const BATCH = 4;

/** The GAN at its start; the same options make the same one. */
export function createTinyGan({
  seed = 1,
  hidden = 8,
  slope = 0.2,
  learningRate = 0.01,
  beta1 = 0.5,
  make = (): tf.Optimizer => tf.train.adam(learningRate, beta1),
} = {}): TinyGan {
  const random = createRandom(seed);
  const init = random.split("init");
  const layer = (units: number, inputShape?: number[]): tf.layers.Layer =>
    tf.layers.dense({
      units,
      kernelInitializer: tf.initializers.glorotNormal({ seed: init.seed() }),
      ...(inputShape && { inputShape }),
    });
  const network = (inputs: number, outputs: number): tf.LayersModel =>
    tf.sequential({
      layers: [layer(hidden, [inputs]), tf.layers.leakyReLU({ alpha: slope }), layer(outputs)],
    });
  const models = { generator: network(LATENT, 2), discriminator: network(2, 1) };
  const optimizers = {
    generator: make(),
    discriminator: make(),
  };
  const stream = random.split("noise");
  const trainWith = (chosen: Pair<tf.Optimizer>, steps: number): void => {
    for (let i = 0; i < steps; i++) tf.tidy(() => takeStep(models, chosen, stream));
  };
  return {
    models,
    optimizers,
    streams: { noise: stream },
    trainWith,
    train: (steps) => trainWith(optimizers, steps),
  };
}

function takeStep(
  models: Pair<tf.LayersModel>,
  optimizers: Pair<tf.Optimizer>,
  noise: ReturnType<typeof createRandom>,
): void {
  const real = noise.normal([BATCH, 2], 1, 0.1);
  const z = noise.normal([BATCH, LATENT]);
  const judge = (x: tf.Tensor): tf.Tensor => models.discriminator.apply(x) as tf.Tensor;
  const generate = (): tf.Tensor => models.generator.apply(z) as tf.Tensor;
  const weights = (model: tf.LayersModel): tf.Variable[] =>
    model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  optimizers.discriminator.minimize(
    () =>
      tf
        .add(tf.softplus(tf.neg(judge(real))).mean(), tf.softplus(judge(generate())).mean())
        .asScalar(),
    false,
    weights(models.discriminator),
  );
  optimizers.generator.minimize(
    () =>
      tf
        .softplus(tf.neg(judge(generate())))
        .mean()
        .asScalar(),
    false,
    weights(models.generator),
  );
}

/** All weights of both networks as plain numbers. */
export function weightsOf({ models }: TinyGan): number[][] {
  return Object.values(models).flatMap((model) =>
    model.getWeights().map((weight) => Array.from(weight.dataSync())),
  );
}

async function main(folder: string, steps: number): Promise<void> {
  await ready();
  const gan = createTinyGan();
  await loadCheckpoint(folder, gan);
  gan.train(steps);
  process.stdout.write(JSON.stringify(weightsOf(gan)));
}

if (require.main === module) void main(process.argv[2] ?? "", Number(process.argv[3]));
