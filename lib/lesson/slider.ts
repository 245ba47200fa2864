import { requireCount } from "../backend/require";
import { createDisplay, type LiveDisplay } from "./display";
import { failedFigure, follower, requireFigure } from "./following";
import { sayNumber } from "./words";
import { openWidget, showWidget } from "./widget";
import { SLIDER_VIEW } from "./sliderView";

/** Where a slider may stand: at the given values, or at even steps from one end to the other. */
export type SliderPlaces =
  | { readonly values: readonly number[] }
  | { readonly from: number; readonly to: number; readonly step: number };

/** What {@link slider} takes besides its places. */
export interface SliderFrame {
  /** What the slider sets, such as "θ". */
  readonly label: string;
  /** Where it stands at first, and where it stays in headless runs and on exported pages. */
  readonly start: number;
  /** Makes the figure for a value: a chart, a grid, a table, text, or anything else that `gan.display` knows. */
  readonly draw: (value: number) => unknown;
  /** The alternative text of the figure, in place of its own. */
  readonly alt?: (value: number) => string;
}

/** What {@link slider} takes. */
export type SliderOptions = SliderFrame & SliderPlaces;

/** More places than pixels cannot be reached by hand. */
const MOST_PLACES = 1000;

/** Rounds away what adding up steps leaves: 0.1 + 0.2 is shown as 0.3. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}

function evenly(from: number, to: number, step: number): number[] {
  if (!(step > 0) || !(to > from) || !Number.isFinite(to - from))
    throw new RangeError(
      `slider: wanted from < to and a step above 0, got from ${from} to ${to} by ${step}.`,
    );
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > MOST_PLACES)
    throw new RangeError(
      `slider: from ${from} to ${to} by ${step} are ${count} places, at most ${MOST_PLACES} can be; take a larger step.`,
    );
  return Array.from({ length: count }, (_, index) => clean(from + index * step));
}

function placesOf(options: SliderOptions): readonly number[] {
  const values =
    "values" in options ? options.values : evenly(options.from, options.to, options.step);
  requireCount("slider: the number of values", values.length);
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new RangeError(`slider: values must be finite numbers, got ${bad}.`);
  return values;
}

/** The place of the start value; a start between two places is an error, since the figure would not be the slider's. */
function startOf(values: readonly number[], start: number): number {
  const index = values.indexOf(clean(start));
  if (index < 0)
    throw new RangeError(
      `slider: start must be one of the slider's values ${values.map(sayNumber).join(", ")}; got ${start}.`,
    );
  return index;
}

async function drawAt(
  options: SliderFrame,
  value: number,
): Promise<{ figure: unknown; alt?: string }> {
  const figure = requireFigure("slider", await options.draw(value));
  return { figure, ...(options.alt !== undefined && { alt: options.alt(value) }) };
}

async function show(display: LiveDisplay, options: SliderFrame, value: number): Promise<void> {
  const { figure, alt } = await drawAt(options, value);
  await display.update(figure, alt === undefined ? {} : { alt });
}

/**
 * Shows a slider below the cell, and a figure that is drawn anew where the slider is moved. What draws is code of the cell:
 * it may sample from a trained generator. Without a hand, in a headless run, on an exported page and in a Jupyter without
 * widgets, the figure of the start value stays.
 *
 * @throws RangeError for places or a start that make no sense; TypeError when `draw` returns nothing; whatever `draw`
 *   throws for the start value. For later values the error stands in the figure's place.
 * @example
 * await gan.slider({ label: "θ", from: -1, to: 1, step: 0.1, start: 0.5, draw: (theta) => chartOf(theta) });
 */
export async function slider(options: SliderOptions): Promise<void> {
  const values = placesOf(options);
  const index = startOf(values, options.start);
  const { label, draw } = options;
  const words = values.map(sayNumber);
  const display = createDisplay();
  const follow = follower<number>(async (value) => {
    try {
      await show(display, options, value);
    } catch (error) {
      await display.update(failedFigure(`${label} = ${sayNumber(value)}`, error));
    }
  });
  const widget = openWidget(
    SLIDER_VIEW,
    { label, words, index },
    {
      // The cell's text tells a cell that is run again from another one.
      key: `${label} ${String(draw)}`,
      onChange: ({ index: chosen }) => {
        const value = values[Number(chosen)];
        return value === undefined ? undefined : follow(value);
      },
    },
  );
  showWidget(
    widget,
    `${label} = ${words[index] ?? ""}, of ${words[0] ?? ""} to ${words[words.length - 1] ?? ""}: a slider in JupyterLab.`,
  );
  await show(display, options, values[index] ?? options.start);
}
