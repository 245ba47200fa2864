import type { Config } from "vega-lite";

/** Every chart says with it that it is Vega-Lite 5, the newest that JupyterLab draws by itself. */
export const VEGA_LITE_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

/** Colours that stay apart for colour-blind readers (Okabe and Ito, "Color Universal Design", 2008). */
export const PALETTE = {
  blue: "#0072B2",
  vermillion: "#D55E00",
  green: "#009E73",
  purple: "#CC79A7",
  orange: "#E69F00",
  sky: "#56B4E9",
  black: "#000000",
} as const;

/** The order in which the series of a chart take their colours. */
export const SERIES_COLORS: readonly string[] = Object.values(PALETTE);

/** What stands for real data and for the discriminator, and what for generated data and for the generator, in every chart. */
export const REAL_COLOR = PALETTE.blue;
export const FAKE_COLOR = PALETTE.vermillion;

/** The size of a chart's plotting area in pixels. */
export const CHART_WIDTH = 480;
export const CHART_HEIGHT = 260;

/** Width and height of a plane whose two axes mean the same, so that a circle looks like one. */
export const SQUARE_SIZE = 340;

/** Text and lines of a chart. They are named, since JupyterLab's dark theme would draw them white on the white ground. */
const INK = "#1A1A1A";
const QUIET_INK = "#767676";

/** Readable sizes, quiet grid lines, the legend on top where it never covers data. */
export const CHART_CONFIG: Config = {
  background: "white",
  font: "DejaVu Sans, Verdana, sans-serif",
  title: { fontSize: 16, anchor: "start", color: INK, subtitleColor: INK },
  axis: {
    labelFontSize: 12,
    titleFontSize: 13,
    labelSeparation: 6,
    labelColor: INK,
    titleColor: INK,
    domainColor: QUIET_INK,
    tickColor: QUIET_INK,
    gridColor: "#E5E5E5",
  },
  legend: {
    orient: "top",
    title: null,
    labelFontSize: 13,
    labelLimit: 0,
    labelColor: INK,
    titleColor: INK,
    symbolStrokeWidth: 3,
  },
  header: { labelColor: INK, titleColor: INK },
  text: { color: INK },
  style: { "guide-label": { fill: INK }, "guide-title": { fill: INK } },
  view: { stroke: null },
};
