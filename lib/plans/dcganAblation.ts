/** DCGAN's guidelines, each switched off in turn, at equal steps. */
import * as tf from "../backend/tf";
import { checkpointOf } from "../checkpoint/kept";
import { batches } from "../data/batches";
import { take, toTensor } from "../data/ImageDataset";
import { mnist } from "../data/mnist";
import { checkerboardShare } from "../metrics/checkerboardShare";
import { classCoverage } from "../metrics/classCoverage";
import { frechetDistance } from "../metrics/frechetDistance";
import { createRandom } from "../ops/random";
import { sampleLatent } from "../training/game";
import { alternating } from "../training/steps";
import { dcganVariant, dcganVariants } from "./dcganVariants";
import { digitClassifier } from "../models/digitClassifier";
import { definePlan } from "../experiments/plan";
import { trainCell } from "../experiments/resume";

const BATCH_SIZE = 64;
/** Images that a figure is of: as many generated ones as test digits. */
const SAMPLES = 2000;

/** The figures of 2,000 images of a generator, in the features of MNIST's classifier. */
async function measure(
  images: tf.Tensor4D,
): Promise<Record<"classes" | "frechet" | "checkerboard", number>> {
  const classifier = await digitClassifier("mnist");
  const held = toTensor(take(await mnist({ split: "test" }), SAMPLES));
  return {
    classes: classCoverage(classifier.probabilities(images)).covered,
    frechet: frechetDistance(classifier.features(held), classifier.features(images)),
    checkerboard: 1000 * checkerboardShare(images),
  };
}

/**
 * DCGAN of 16 filters on MNIST, and its variants, from the same noise and batches. The figures: classes that hold at
 * least 1 % of 2,000 generated images; the Fréchet distance of these to as many test digits, in the features of
 * `digitClassifier("mnist")`; the share of their variance that repeats every two pixels.
 */
export const dcganAblation = definePlan({
  name: "dcgan-ablation",
  description: "DCGAN on MNIST with one of its guidelines switched off in turn, at equal steps.",
  version: 1,
  settings: { variant: dcganVariants },
  seeds: 3,
  steps: 500,
  figures: { classes: { unit: "of 10" }, frechet: {}, checkerboard: { unit: "‰ of the variance" } },
  datasets: ["mnist"],
  prepare: () => digitClassifier("mnist"),
  async run({ settings, ...cell }) {
    const random = createRandom(cell.seed);
    const game = dcganVariant(settings.variant, { random });
    const digits = batches(await mnist(), { batchSize: BATCH_SIZE, random });
    await trainCell(cell, alternating(game), {
      batches: () => digits,
      saved: checkpointOf(game, { digits }),
    });
    const z = sampleLatent(game.generator, SAMPLES, random.split("judge"));
    return measure(game.generator.predict(z) as tf.Tensor4D);
  },
});
