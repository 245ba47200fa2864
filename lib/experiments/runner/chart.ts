/** The chart of an experiment. */
import type { TopLevelSpec } from "vega-lite";
import { dotIntervals, type DotInterval } from "../../plots/dotIntervals";
import { saySettings } from "../identity";
import type { Plan, PlanRow, PublishedRow } from "../plan";
import type { SettingsSummary } from "../summary";
import { publishedFor } from "../table";

/** The dots of one figure for one row of settings: ours, and each paper's. */
function dotsOf(
  name: string,
  { settings, figures }: SettingsSummary,
  published?: readonly PublishedRow[],
): DotInterval[] {
  const label = saySettings(settings);
  const { mean = NaN, standardError = null } = figures[name] ?? {};
  const ours = {
    label,
    series: "ours",
    mean,
    ...(standardError !== null && { error: standardError }),
  };
  const theirs = publishedFor(settings, published).map((row) => {
    const { mean = NaN, standardError } = row.figures[name] ?? {};
    return {
      label,
      series: row.source,
      mean,
      ...(standardError !== undefined && { error: standardError }),
    };
  });
  return [ours, ...theirs].filter((dot) => Number.isFinite(dot.mean));
}

/** A panel for each figure that has a finite value; nothing where none has. */
function defaultChart(
  { name: title, figures, published }: Plan,
  summaries: readonly SettingsSummary[],
): TopLevelSpec | undefined {
  const panels = Object.entries(figures).map(([name, { unit }]) => {
    const label = unit === undefined ? name : `${name} (${unit})`;
    return [label, summaries.flatMap((summary) => dotsOf(name, summary, published))] as const;
  });
  const filled = panels.filter(([, dots]) => dots.length > 0);
  return filled.length === 0
    ? undefined
    : dotIntervals({ panels: Object.fromEntries(filled), title });
}

/** The chart of the plan's own, or the default one; undefined where no figure has a finite value. */
export function chartOf(
  plan: Plan,
  rows: readonly PlanRow[],
  summaries: readonly SettingsSummary[],
): TopLevelSpec | undefined {
  return plan.draw?.(rows) ?? defaultChart(plan, summaries);
}
