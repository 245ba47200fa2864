/** What all parts of a drawing share: their type, their inks, places and texts. */
import { FAKE_COLOR, PALETTE, REAL_COLOR } from "../theme";

/** A piece of SVG; only the functions of this folder make one, and they escape their texts. */
export type Part = string & { readonly part: unique symbol };

/** A place in pixels, from the drawing's upper left corner. */
export type Place = readonly [x: number, y: number];

/** What the colours of a drawing mean; they stay apart for colour-blind readers, and dashes tell gradients too. */
export const INKS = {
  text: "#1A1A1A",
  quiet: "#5F5F5F",
  /** Real data and the discriminator. */
  real: REAL_COLOR,
  /** Generated data and the generator. */
  fake: FAKE_COLOR,
  gradient: PALETTE.green,
  /** What the eye is to look at, such as a kernel. */
  mark: PALETTE.orange,
} as const;

/** A colour of {@link INKS}, by what it means. */
export type Ink = keyof typeof INKS;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Makes any text safe inside XML, between tags and in quoted attributes. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** Takes markup of this folder's own for a part. */
export function part(markup: string): Part {
  return markup as Part;
}

/** Several parts as one. */
export function group(parts: readonly Part[]): Part {
  return part(parts.join("\n"));
}

/** A coordinate, to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** How a text is written. */
export interface TextStyle {
  /** In pixels, at least 15. Default 16. */
  readonly size?: number;
  /** Which end of the text stands at its place. Default "middle". */
  readonly anchor?: "start" | "middle" | "end";
  /** Default "text". */
  readonly ink?: Ink;
  readonly bold?: boolean;
  /** As symbols are. */
  readonly italic?: boolean;
}

/** A line of text; its place is on the line that the letters stand on. */
export function text([x, y]: Place, words: string, style: TextStyle = {}): Part {
  const { size = 16, anchor = "middle", ink = "text", bold = false, italic = false } = style;
  const looks = [
    `font-size="${size}" text-anchor="${anchor}" fill="${INKS[ink]}"`,
    ...(bold ? ['font-weight="bold"'] : []),
    ...(italic ? ['font-style="italic"'] : []),
  ];
  return part(`<text x="${px(x)}" y="${px(y)}" ${looks.join(" ")}>${escapeXml(words)}</text>`);
}
