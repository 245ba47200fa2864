import type { TopLevelSpec } from "vega-lite";
import { lineChart } from "./lineChart";
import { FAKE_COLOR, REAL_COLOR } from "./theme";

/** The losses of one training step. */
export interface LossRecord {
  readonly step: number;
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
}

/**
 * Both losses over the training steps. A loss that is NaN or infinite leaves a gap, and the alternative text says so.
 *
 * @throws Error when the history is empty.
 */
export function lossCurves(
  history: readonly LossRecord[],
  options: { readonly title?: string } = {},
): TopLevelSpec {
  if (history.length === 0)
    throw new Error("lossCurves: the history is empty; draw after the first step.");
  return lineChart({
    title: options.title ?? "Losses",
    x: history.map(({ step }) => step),
    series: {
      "discriminator loss": history.map(({ discriminatorLoss }) => discriminatorLoss),
      "generator loss": history.map(({ generatorLoss }) => generatorLoss),
    },
    colors: { "discriminator loss": REAL_COLOR, "generator loss": FAKE_COLOR },
    xTitle: "step",
    wholeX: true,
    yTitle: "loss",
  });
}
