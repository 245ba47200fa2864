/** A drawing: an SVG on a card of its own, with the text that stands for it. */
import { renderSvg } from "../render";
import { CHART_CONFIG } from "../theme";
import { escapeXml, type Part } from "./part";

/** What a drawing is made of besides its parts. */
export interface DrawingFrame {
  /** A few words: what it is. */
  readonly title: string;
  /** The alternative text: all that a reader who does not see the drawing needs. */
  readonly alt: string;
  /** The size in pixels; a drawing shrinks with the page, so one wider than 660 has small text on a phone. */
  readonly width: number;
  readonly height: number;
}

/** A drawing made by code; a notebook shows it, as the last value of a cell or by `gan.display`. */
export interface Drawing extends DrawingFrame {
  /** The whole picture, needing no other file. */
  readonly svg: string;
  /** What Jupyter shows: data by MIME type. */
  [JUPYTER_DISPLAY](): Promise<Record<string, unknown>>;
}

const JUPYTER_DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** Off white with a quiet edge: the inks stay readable, and the card belongs to light and dark pages alike. */
const CARD = 'fill="#FCFCFA" stroke="#D0D0CC"';

/** An image and not the SVG itself: a notebook that is not trusted loses an inline SVG, and shows an image. */
function htmlOf(svg: string, { alt, width, height }: DrawingFrame): string {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const style = "max-width: 100%; height: auto";
  return `<img src="${source}" alt="${escapeXml(alt)}" width="${width}" height="${height}" style="${style}">`;
}

/**
 * Puts parts together to a drawing, in the order in which they cover one another.
 *
 * @throws Error when title or alternative text are empty.
 */
export function drawing(frame: DrawingFrame, parts: readonly Part[]): Drawing {
  const { title, alt, width, height } = frame;
  if (title.trim() === "" || alt.trim() === "")
    throw new Error("A drawing needs a title and an alternative text; say what it shows.");
  const attributes = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"`;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${attributes} aria-label="${escapeXml(alt)}" font-family="${String(CHART_CONFIG.font)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" ${CARD}/>`,
    ...parts,
    "</svg>",
  ].join("\n");
  const display = async (): Promise<Record<string, unknown>> => ({
    "text/html": htmlOf(svg, frame),
    "image/png": await renderSvg(svg),
    "text/plain": alt,
  });
  return { ...frame, svg, [JUPYTER_DISPLAY]: display };
}
