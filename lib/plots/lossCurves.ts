import type { TopLevelSpec } from "vega-lite";
import { measureCurves, type MeasureOptions, type MeasureRecord } from "./measureCurves";

/**
 * The losses over the training steps: all that is measured under a name ending in `Loss`. A loss that is NaN or infinite leaves
 * a gap, and the alternative text says so.
 *
 * @throws Error when the history is empty, or holds no loss.
 */
export function lossCurves(
  history: readonly MeasureRecord[],
  options: MeasureOptions = {},
): TopLevelSpec {
  return measureCurves(history, "loss", options);
}
