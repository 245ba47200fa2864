/** The same emoji in several drawing styles, as data sets whose images belong together. */
import { requireCount } from "../backend/require";
import { renderSvg, svgRenderer } from "../images/svg";
import { resizeSquare } from "../images/resizeSquare";
import { drawnEmoji, emojiNames, type DrawingStyle, type DrawnEmoji } from "./drawnEmoji";
import type { EmojiDataset } from "./emoji";
import { lotOf } from "./lot";
import { drawEach, rendered } from "./renderCache";

/** What {@link emojiStyles} takes. */
export interface EmojiStylesOptions<Style extends DrawingStyle> {
  readonly styles: readonly Style[];
  /** Pixels a side, 8 to 256. Noto and Twemoji come as pictures of 64 pixels, the others as drawings. Default 32. */
  readonly side?: number;
  /** "train" is four fifths of the emoji, "test" the others; each emoji is in the same part in all styles. Default "train". */
  readonly split?: "train" | "test";
  /** Only the first so many. Default: all. */
  readonly limit?: number;
}

const TEST_SHARE = 0.2;
const LARGEST_SIDE = 256;

/** The code points of the emoji that all styles have, in the order of their lots. */
function sharedBy(sets: readonly DrawnEmoji[], split: "train" | "test"): string[] {
  const inSplit = (codes: string): boolean => lotOf(codes) < TEST_SHARE === (split === "test");
  return [...emojiNames().keys()]
    .filter((codes) => inSplit(codes) && sets.every(({ places }) => places.has(codes)))
    .sort((a, b) => lotOf(a) - lotOf(b));
}

/** One emoji's pixels. */
const drawn = (drawing: string | Uint8Array, side: number): Promise<Uint8Array> =>
  typeof drawing === "string" ? renderSvg(drawing, { side }) : resizeSquare(drawing, side);

/**
 * The same emoji in several styles, image by image: "openmoji black" and "openmoji" are line drawings and their colours, whose
 * lines are the same; so are "fluent high contrast" and "fluent flat". Without skin tones and flags, on white. They are drawn once
 * and kept in data/cache/rendered. The classes are Unicode's groups.
 *
 * @returns A data set for each style, by its name; the i-th images of all are the same emoji.
 * @throws RangeError for a side outside 8 … 256; Error for no or an unknown style, and when a package is not installed.
 * @example
 * const sets = await gan.emojiStyles({ styles: ["openmoji black", "openmoji"], side: 32 });
 */
export async function emojiStyles<Style extends DrawingStyle>({
  styles,
  side = 32,
  split = "train",
  limit = Infinity,
}: EmojiStylesOptions<Style>): Promise<Record<Style, EmojiDataset>> {
  requireCount("emojiStyles: side", side, 8);
  if (side > LARGEST_SIDE)
    throw new RangeError(`emojiStyles: side must be at most ${LARGEST_SIDE}, got ${side}.`);
  if (limit !== Infinity) requireCount("emojiStyles: limit", limit);
  if (styles.length === 0) throw new Error("emojiStyles: no style is given; name at least one.");
  const sets = await Promise.all(styles.map(drawnEmoji));
  const chosen = sharedBy(sets, split).slice(0, limit);
  const datasets: [string, EmojiDataset][] = [];
  for (const [i, style] of styles.entries())
    datasets.push([style, await datasetOf(style, sets[i]!, { chosen, side, split })]);
  return Object.fromEntries(datasets) as Record<Style, EmojiDataset>;
}

async function datasetOf(
  style: DrawingStyle,
  { licence, places, read }: DrawnEmoji,
  { chosen, side, split }: { chosen: readonly string[]; side: number; split: "train" | "test" },
): Promise<EmojiDataset> {
  const drawings = await Promise.all(chosen.map((codes) => read(places.get(codes)!)));
  const named = emojiNames();
  const [names, groups] = (["name", "group"] as const).map((field) =>
    chosen.map((codes) => named.get(codes)![field]),
  ) as [string[], string[]];
  const classNames = [...new Set([...named.values()].map(({ group }) => group))].sort();
  const name = `emoji-${style.replace(/ /g, "-")}`;
  return {
    name,
    source: "package",
    split,
    description: `${chosen.length} emoji of ${side} x ${side} pixels (${licence})`,
    images: await rendered({
      name: `${name}-${side}`,
      from: [svgRenderer(), ...drawings],
      bytes: chosen.length * side * side * 3,
      draw: () => drawEach(drawings.length, side, (i) => drawn(drawings[i]!, side)),
    }),
    labels: Uint8Array.from(groups, (group) => classNames.indexOf(group)),
    classNames,
    size: chosen.length,
    imageShape: [side, side, 3],
    names,
    licence,
  };
}
