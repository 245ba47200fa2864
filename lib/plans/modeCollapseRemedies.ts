/** Remedies against mode collapse on a ring of Gaussians, at equally many discriminator updates. */
import { checkpointOf } from "../checkpoint/kept";
import { gaussianRing, mixtureBatches } from "../data/gaussianMixture";
import { createRandom } from "../ops/random";
import { measureMixture, mixtureFigures } from "./mixtureFigures";
import { definePlan } from "../experiments/plan";
import { trainCell } from "../experiments/resume";
import { ringRemedies, ringRemedy } from "./ringRemedies";

const BATCH_SIZE = 64;
const RING = gaussianRing();

/**
 * The small GAN of `ringRemedy` on the ring of 8 Gaussians. Every row has one discriminator update a step, on the same 64
 * fresh points; what a step costs differs, and is kept as CPU time. The figures are those of PacGAN's protocol (arXiv
 * 1712.04086, section 4.1), of 2,500 points; the divergence is not finite where no point is of high quality.
 */
export const modeCollapseRemedies = definePlan({
  name: "mode-collapse-remedies",
  description:
    "A small GAN on a ring of 8 Gaussians, plain and with each remedy against mode collapse, with equally many discriminator updates.",
  version: 1,
  settings: { remedy: ringRemedies },
  seeds: 5,
  steps: 4000,
  figures: mixtureFigures(RING),
  async run({ settings, ...cell }) {
    const random = createRandom(cell.seed);
    const points = random.split("batches");
    const { game, steps: schedule } = ringRemedy(settings.remedy, { random });
    const batches = mixtureBatches(RING, { batchSize: BATCH_SIZE, random: points });
    await trainCell(cell, schedule, {
      batches: () => batches,
      saved: checkpointOf(game, { points }),
    });
    return measureMixture(game.generator, RING, random.split("judge"));
  },
});
