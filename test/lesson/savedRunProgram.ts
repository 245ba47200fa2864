/**
 * A lesson's training, which may kill its process in its middle; as a program: `node savedRunProgram.js '{ "lesson": …, "killAt": 7 }'`.
 */
import {
  createRandom,
  drawnBatches,
  movingAverage,
  ready,
  tf,
  type Batch,
  type Game,
} from "gan-lib";
import { runsWritten } from "gan-lib/dist/lesson/runPlace";
import { savedTrainSteps, type SavedTrainSteps } from "gan-lib/dist/lesson/trainSteps";
import { tinyGame, weightsOf } from "../training/tinyGame";

/** How it trains. */
export interface SavedRunOptions {
  readonly lesson: string;
  /** The step in which it kills its process. */
  readonly killAt?: number;
  /** One of its hyperparameters. */
  readonly rate?: number;
  /** The seed of the networks' weights. */
  readonly initial?: number;
  /** The seed of the batches. */
  readonly data?: number;
}

/** What came out. */
export interface SavedRunEnd {
  /** The steps that were taken. */
  readonly taken: number[];
  /** Of all steps. */
  readonly losses: number[];
  /** Means of images that were kept as tensors. */
  readonly film: number[];
  readonly weights: number[];
  readonly averaged: number[];
}

const STEPS = 12;

/** `lesson.trainSteps` of a standard profile, which saves after each step. */
export function standardTrainSteps(lesson: string): SavedTrainSteps {
  const run = { lesson, profile: "standard", seed: 1, backend: "tensorflow", device: "" } as const;
  return savedTrainSteps(run, 0);
}

/** Trains, and says what came out. */
export async function trainSaved({
  lesson,
  killAt,
  rate = 1e-2,
  initial = 1,
  data = 2,
}: SavedRunOptions): Promise<SavedRunEnd> {
  const game: Game = { ...tinyGame(initial), generatorOptimizer: tf.train.adam(rate, 0.5) };
  const average = await movingAverage(game.generator, { decay: 0.9 });
  const random = createRandom(data);
  const batches = drawnBatches(random, (): Batch => ({
    images: random.uniform([4, 2, 2, 1], -1, 1),
  }));
  const [taken, losses, film]: [number[], number[], tf.Tensor[]] = [[], [], []];
  for (const { step, generatorLoss } of await standardTrainSteps(lesson)("Tiny", game, batches, {
    steps: STEPS,
    kept: { average: average.model, losses, film },
    hyperparameters: { rate },
  })) {
    average.update();
    taken.push(step);
    losses.push(generatorLoss);
    if (step % 4 === 0) film.push(game.generator.predict(tf.ones([1, 3])) as tf.Tensor);
    await runsWritten(); // the step before is saved
    if (step === killAt) process.kill(process.pid, "SIGKILL");
  }
  return {
    taken,
    losses,
    film: film.map((image) => tf.mean(image).dataSync()[0] ?? 0),
    weights: [game.generator, game.discriminator].flatMap(weightsOf),
    averaged: weightsOf(average.model),
  };
}

async function main(): Promise<void> {
  await ready();
  await trainSaved(JSON.parse(process.argv[2] ?? "{}") as SavedRunOptions);
}

if (require.main === module) void main();
