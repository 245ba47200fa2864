import type { TopLevelSpec } from "vega-lite";
import { lineChart } from "./lineChart";
import { FAKE_COLOR, REAL_COLOR } from "./theme";

/** What the discriminator thought in one training step: the means of D(x) and of D(G(z)), in [0, 1]. */
export interface ProbabilityRecord {
  readonly step: number;
  readonly realProbability: number;
  readonly fakeProbability: number;
}

/**
 * D(x) and D(G(z)) over the training steps, with a line at 0.5, where the discriminator cannot tell real from
 * generated samples (arXiv 1406.2661, theorem 1). A value that is not finite leaves a gap.
 *
 * @throws Error when the history is empty.
 */
export function probabilityCurves(
  history: readonly ProbabilityRecord[],
  options: { readonly title?: string } = {},
): TopLevelSpec {
  if (history.length === 0)
    throw new Error("probabilityCurves: the history is empty; draw after the first step.");
  return lineChart({
    title: options.title ?? "What the discriminator thinks",
    x: history.map(({ step }) => step),
    series: {
      "D(x), real": history.map(({ realProbability }) => realProbability),
      "D(G(z)), generated": history.map(({ fakeProbability }) => fakeProbability),
    },
    colors: { "D(x), real": REAL_COLOR, "D(G(z)), generated": FAKE_COLOR },
    xTitle: "step",
    wholeX: true,
    yTitle: "mean probability of being real",
    yDomain: [0, 1],
    reference: { y: 0.5, label: "cannot tell" },
  });
}
