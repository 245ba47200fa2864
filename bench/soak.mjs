#!/usr/bin/env node
/**
 * Takes many compiled steps of a small MLP GAN and says whether anything grows: tensors, native tensors, resident memory,
 * time a step. Then says which part of a DCGAN step goes to its data.
 */
import { parseArgs } from "node:util";
import gan from "gan-lib";
import { readCount } from "../tools/run/count.mjs";
import { summary } from "./statistics.mjs";

const HELP =
  "node bench/soak.mjs [--steps 10000] [--windows 10]\n\nOne line for each window of steps, then the data's share of a DCGAN step.";

const { tf } = gan;
const milliseconds = () => Number(process.hrtime.bigint()) / 1e6;

/** A game between two networks, each with the Adam of the course. */
const gameOf = (generator, discriminator, seed) => ({
  generator,
  discriminator,
  objective: gan.nonSaturating,
  generatorOptimizer: tf.train.adam(2e-4, 0.5),
  discriminatorOptimizer: tf.train.adam(2e-4, 0.5),
  random: gan.createRandom(seed),
});

/** Small networks for 28 x 28 images. */
function smallGame() {
  const random = gan.createRandom(1);
  return gameOf(
    gan.mlpGenerator({ latentDim: 16, units: [32], random }),
    gan.mlpDiscriminator({ units: [32], random }),
    2,
  );
}

function dcgan() {
  const random = gan.createRandom(1);
  return gameOf(gan.dcganGenerator({ random }), gan.dcganDiscriminator({ random }), 2);
}

/** One record for each window of steps. */
function* soak(game, batches, { steps, windows }) {
  const size = Math.ceil(steps / windows);
  let times = [];
  let before = milliseconds();
  for (const { step } of gan.trainSteps(game, batches, { steps })) {
    times.push(milliseconds() - before);
    if (step % size === 0 || step === steps) {
      globalThis.gc?.();
      const { binding } = /** @type {{ binding: { getNumOfTensors(): number } }} */ (
        /** @type {unknown} */ (tf.backend())
      );
      const [tensors, native] = [tf.memory().numTensors, binding.getNumOfTensors()];
      const resident = Math.round(process.memoryUsage().rss / 1e5) / 10;
      yield {
        step,
        tensors,
        "native tensors": native,
        "resident MB": resident,
        "ms a step": Number(summary(times).median.toFixed(3)),
      };
      times = [];
    }
    before = milliseconds();
  }
}

/** The milliseconds that a batch takes, averaged over enough of them for the shuffle of an epoch to be among them. */
function timeOfBatches(batches) {
  const before = milliseconds();
  let taken = 0;
  while (taken < 100 || batches.epoch === 0) {
    tf.dispose(Object.values(batches.next().value));
    taken++;
  }
  return (milliseconds() - before) / taken;
}

/** The milliseconds that a step takes, data included, once it is compiled: the median. */
function timeOfStep(game, batches, { warmUp, steps }) {
  const times = [];
  let before = milliseconds();
  for (const { step } of gan.trainSteps(game, batches, { steps: warmUp + steps })) {
    if (step > warmUp) times.push(milliseconds() - before);
    before = milliseconds();
  }
  return summary(times).median;
}

async function main() {
  const { values } = parseArgs({
    options: {
      steps: { type: "string", default: "10000" },
      windows: { type: "string", default: "10" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(HELP);
  const [steps, windows] = ["steps", "windows"].map((name) => readCount(name, values[name]));
  await gan.ready();
  const dataset = await gan.mnist();
  const small = gan.batches(dataset, { batchSize: 32, random: gan.createRandom(3) });
  console.table([...soak(smallGame(), small, { steps, windows })]);
  const batches = gan.batches(dataset, { batchSize: 64, random: gan.createRandom(3) });
  const data = timeOfBatches(batches);
  const stepTime = timeOfStep(dcgan(), batches, { warmUp: 5, steps: 20 });
  console.log(
    `Data of a DCGAN step (64 of ${dataset.size} images: shuffled, batched, normalised): ${data.toFixed(2)} ms of ${stepTime.toFixed(1)} ms, ${((100 * data) / stepTime).toFixed(1)} %.`,
  );
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
