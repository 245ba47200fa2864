/** How the papers' experiments on stacked MNIST train and measure, whatever the networks. */
import * as tf from "../backend/tf";
import { checkpointOf } from "../checkpoint/kept";
import type { ImageDataset } from "../data/ImageDataset";
import { stackedDigitBatches } from "../data/stackedDigits";
import { stackedCoverage } from "../metrics/stackedCoverage";
import { createRandom, type RandomStream } from "../ops/random";
import { drawLatent, type Batch, type Game } from "../training/game";
import type { Step } from "../training/step";
import type { DigitClassifier } from "../models/digitClassifier";
import type { PlanCell } from "../experiments/plan";
import { trainCell } from "../experiments/resume";

/** A run's game and its step. */
export interface StackedRun {
  readonly game: Game;
  readonly step: Step<Batch>;
  /** Images a batch. */
  readonly batchSize: number;
}

/** Images that are generated and classified at once. */
const AT_ONCE = 500;

/**
 * Trains a cell from where its last checkpoint was, on fresh stacks of three digits, and returns its run.
 *
 * @param make The run from the cell's stream.
 */
export async function trainStacked(
  cell: Omit<PlanCell, "settings">,
  digits: ImageDataset,
  make: (random: RandomStream) => StackedRun,
): Promise<StackedRun> {
  const random = createRandom(cell.seed);
  const run = make(random);
  const stacks = random.split("stacks");
  const batches = stackedDigitBatches(digits, { batchSize: run.batchSize, random: stacks });
  const saved = checkpointOf(run.game, { stacks });
  await trainCell(cell, run.step, { batches: () => batches, saved });
  return run;
}

/** The figures of so many images of a generator: modes of 1,000 with a sample, and KL(samples || equal shares). */
export function stackedFigures(
  { game }: StackedRun,
  samples: number,
  { probabilities }: Pick<DigitClassifier, "probabilities">,
): { modes: number; kl: number } {
  const parts: tf.Tensor2D[][] = [];
  for (let made = 0; made < samples; made += AT_ONCE) {
    const part = tf.tidy(() => {
      const z = drawLatent(game, Math.min(AT_ONCE, samples - made));
      const images = game.generator.predict(z) as tf.Tensor4D;
      return tf.split(images, 3, 3).map((channel) => probabilities(channel as tf.Tensor4D));
    });
    parts.push(part);
  }
  const channels = [0, 1, 2].map((c) => tf.concat(parts.map((part) => part[c] as tf.Tensor2D)));
  const { covered, klToUniform } = stackedCoverage(channels);
  tf.dispose([parts, channels]);
  return { modes: covered, kl: klToUniform };
}
