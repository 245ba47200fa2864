/** How the papers' experiments on stacked MNIST train and measure, whatever the networks. */
import { compile } from "../compile/compile";
import * as tf from "../backend/tf";
import type { ImageDataset } from "../data/ImageDataset";
import { stackedDigitBatches } from "../data/stackedDigits";
import { stackedCoverage } from "../metrics/stackedCoverage";
import { createRandom, type RandomStream } from "../ops/random";
import { sampleLatent, type Game } from "../training/game";
import { updatePackedDiscriminator, updatePackedGenerator } from "../training/packed";
import { updateUnrolledGenerator, type UnrollOptions } from "../training/unrolled";
import type { DigitClassifier } from "../models/digitClassifier";
import type { PlanCell } from "../experiments/plan";
import { takeSteps, type StepOptions } from "../experiments/resume";

/** A run's game and its step. */
export interface StackedRun {
  readonly game: Game;
  /** Packs a step; each of packSize images. */
  readonly packs: number;
  readonly packSize: number;
  readonly generatorSteps: number;
  /** Draws latent vectors [count, latentDim]. Default: from N(0, I). */
  readonly latent?: (count: number) => tf.Tensor2D;
  /** Unrolls the generator, whose packs are of 1 image then. */
  readonly unroll?: UnrollOptions;
}

/** Images that are generated and classified at once. */
const AT_ONCE = 500;

/** The update of a step: the discriminator's, then the generator's. */
function updateOf({
  game,
  packSize,
  generatorSteps,
  latent,
  unroll,
}: StackedRun): (real: tf.Tensor) => tf.Tensor {
  const options = { packSize, ...(latent && { latent }) };
  return (real) => {
    const measured = updatePackedDiscriminator(game, real, options);
    for (let i = 0; i < generatorSteps; i++) {
      if (unroll === undefined) updatePackedGenerator(game, real, options);
      else updateUnrolledGenerator(game, real, unroll);
    }
    return measured;
  };
}

/**
 * Trains a cell from where its last checkpoint was, on fresh stacks of three digits, and returns its run.
 *
 * @param make The run from the cell's stream.
 * @param options.saveAfter Seconds from checkpoint to checkpoint, as `takeSteps` has it.
 */
export async function trainStacked(
  cell: Omit<PlanCell, "settings">,
  digits: ImageDataset,
  make: (random: RandomStream) => StackedRun,
  options: Pick<StepOptions, "saveAfter"> = {},
): Promise<StackedRun> {
  const random = createRandom(cell.seed);
  const run = make(random);
  const stacks = random.split("stacks");
  const update = compile(updateOf(run));
  const batches = stackedDigitBatches(digits, {
    batchSize: run.packs * run.packSize,
    random: stacks,
  });
  const takeStep = (): void => {
    const { images, labels } = batches.next().value;
    tf.dispose([update(images), images, labels]);
  };
  await takeSteps(cell, run.game, takeStep, { streams: { stacks }, ...options });
  update.dispose();
  return run;
}

/** The figures of so many images of a generator: modes of 1,000 with a sample, and KL(samples || equal shares). */
export function stackedFigures(
  {
    game: { generator, random },
    latent = (count) => sampleLatent(generator, count, random),
  }: StackedRun,
  samples: number,
  { probabilities }: Pick<DigitClassifier, "probabilities">,
): { modes: number; kl: number } {
  const parts: tf.Tensor2D[][] = [];
  for (let made = 0; made < samples; made += AT_ONCE) {
    const part = tf.tidy(() => {
      const images = generator.predict(latent(Math.min(AT_ONCE, samples - made))) as tf.Tensor4D;
      return tf.split(images, 3, 3).map((channel) => probabilities(channel as tf.Tensor4D));
    });
    parts.push(part);
  }
  const channels = [0, 1, 2].map((c) => tf.concat(parts.map((part) => part[c] as tf.Tensor2D)));
  const { covered, klToUniform } = stackedCoverage(channels);
  tf.dispose([parts, channels]);
  return { modes: covered, kl: klToUniform };
}
