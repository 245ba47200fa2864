/** The figures of PacGAN's experiments on mixtures of Gaussians (Lin et al., arXiv 1712.04086, section 4.1). */
import type * as tf from "../backend/tf";
import type { GaussianMixture } from "../data/gaussianMixture";
import { mixtureCoverage } from "../metrics/mixtureCoverage";
import type { RandomStream } from "../ops/random";
import { sampleLatent } from "../training/game";
import type { PlanFigure } from "../experiments/plan";

/** What a generator of points is judged by. */
export type MixtureFigure = "modes" | "highQuality" | "reverseKl";

/** Samples that the figures are of. */
const SAMPLES = 2500;

/** The figures on a mixture, for a plan. */
export function mixtureFigures({ centres }: GaussianMixture): Record<MixtureFigure, PlanFigure> {
  return {
    modes: { unit: `of ${centres.length}` },
    highQuality: { unit: "%" },
    reverseKl: { unit: "nats" },
  };
}

/** The figures of 2,500 points; the divergence is not finite where no point is of high quality. */
export function measureMixture(
  generator: tf.LayersModel,
  mixture: GaussianMixture,
  random: RandomStream,
): Record<MixtureFigure, number> {
  const samples = generator.predict(sampleLatent(generator, SAMPLES, random)) as tf.Tensor2D;
  const { covered, highQuality, reverseKl } = mixtureCoverage(samples, mixture);
  return { modes: covered, highQuality: 100 * highQuality, reverseKl };
}
