/** What training steps measured, drawn by its kind: the last word of its name. */
import type { TopLevelSpec } from "vega-lite";
import { lineChart, type LineChartOptions } from "./lineChart";
import { FAKE_COLOR, REAL_COLOR } from "./theme";

/** The numbers of one training step; `generatorLoss` is a loss, `realProbability` a probability. */
export interface MeasureRecord {
  readonly step: number;
  readonly [name: string]: number | undefined;
}

/** What {@link measureCurves} takes. */
export interface MeasureOptions {
  readonly title?: string;
  /** How the chart names a measure; where left out, by its name in words. */
  readonly labels?: Readonly<Record<string, string | undefined>>;
}

const USUAL_LABELS: Readonly<Record<string, string>> = {
  realProbability: "D(x), real",
  fakeProbability: "D(G(z)), generated",
};

/** How kinds are drawn that are drawn in a way of their own. */
const LAYOUTS: Readonly<Record<string, Omit<LineChartOptions, "x" | "series" | "xTitle">>> = {
  loss: { title: "Losses", yTitle: "loss" },
  probability: {
    title: "What the discriminator thinks",
    yTitle: "mean probability of being real",
    yDomain: [0, 1],
    reference: { y: 0.5, label: "cannot tell" },
  },
  score: { title: "What the critic says", yTitle: "mean score" },
};

/** A name's words: "generatorLoss" is generator, loss. */
function wordsOf(name: string): string[] {
  return name
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, " ")
    .split(" ")
    .map((word) => (/^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word));
}

/** A measure's kind: the last word of its name, as in "loss" for `generatorLoss`. */
export function kindOf(name: string): string {
  return (wordsOf(name).pop() ?? name).toLowerCase();
}

/** The kinds of what is measured, in the order in which they come. */
export function kindsOf(history: readonly MeasureRecord[]): string[] {
  return [...new Set(namesIn(history).map(kindOf))];
}

function namesIn(history: readonly MeasureRecord[]): string[] {
  const names = new Set(history.flatMap((record) => Object.keys(record)));
  names.delete("step");
  return [...names];
}

/** Real data and the discriminator have a colour of their own, and generated data and the generator; the others the palette's. */
function colorOf(name: string): string | undefined {
  if (/^(discriminator|critic|real)/.test(name)) return REAL_COLOR;
  return /^(generator|fake)/.test(name) ? FAKE_COLOR : undefined;
}

function colorsOf(labels: ReadonlyMap<string, string>): Record<string, string> {
  const colors = [...labels].map(([name, label]) => [label, colorOf(name)] as const);
  const own = colors.filter((entry): entry is [string, string] => entry[1] !== undefined);
  const twice = new Set(own.map(([, color]) => color)).size < own.length;
  return twice ? {} : Object.fromEntries(own);
}

/**
 * All measures of a kind over the training steps, in one chart. A value that is missing or not finite leaves a gap.
 *
 * @throws Error when the history is empty, or holds nothing of this kind.
 */
export function measureCurves(
  history: readonly MeasureRecord[],
  kind: string,
  options: MeasureOptions = {},
): TopLevelSpec {
  return curvesOf("measureCurves", history, kind, options);
}

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
  return curvesOf("lossCurves", history, "loss", options);
}

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
  return curvesOf("probabilityCurves", history, "probability", options);
}

function curvesOf(
  caller: string,
  history: readonly MeasureRecord[],
  kind: string,
  { title, labels = {} }: MeasureOptions,
): TopLevelSpec {
  const names = namesIn(history).filter((name) => kindOf(name) === kind);
  if (names.length === 0)
    throw new Error(
      history.length === 0
        ? `${caller}: the history is empty; draw after the first step.`
        : `${caller}: no name in the history ends in "${kind}"; it has ${namesIn(history).join(", ")}.`,
    );
  const named = new Map(
    names.map((name) => [name, labels[name] ?? USUAL_LABELS[name] ?? wordsOf(name).join(" ")]),
  );
  const layout = LAYOUTS[kind] ?? {
    title: `${kind[0]?.toUpperCase()}${kind.slice(1)}`,
    yTitle: kind,
  };
  return lineChart({
    ...layout,
    ...(title !== undefined && { title }),
    x: history.map(({ step }) => step),
    series: Object.fromEntries(
      [...named].map(([name, label]) => [label, history.map((record) => record[name] ?? NaN)]),
    ),
    colors: colorsOf(named),
    xTitle: "step",
    wholeX: true,
    smooth: true,
  });
}
