import type { TopLevelSpec } from "vega-lite";
import { measureCurves, type MeasureOptions, type MeasureRecord } from "./measureCurves";

/**
 * What the discriminator thought over the training steps: all that is measured under a name ending in `Probability`, such as
 * the means of D(x) and D(G(z)), with a line at 0.5, where the discriminator cannot tell real from generated samples
 * (arXiv 1406.2661, theorem 1). A value that is not finite leaves a gap.
 *
 * @throws Error when the history is empty, or holds no probability.
 */
export function probabilityCurves(
  history: readonly MeasureRecord[],
  options: MeasureOptions = {},
): TopLevelSpec {
  return measureCurves(history, "probability", options);
}
