/** The npm packages of drawn emoji: OpenMoji, Microsoft's Fluent Emoji, Noto and Twemoji, by Unicode's code points. */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { emojiPackage } from "./emojiPackage";

/** The drawing styles. In "openmoji black" and "openmoji" the lines are the same, and so are the shapes of the two of Fluent. */
export type DrawingStyle =
  "openmoji" | "openmoji black" | "fluent flat" | "fluent high contrast" | "noto" | "twemoji";

/** One style: its emoji, and how each is drawn. */
export interface DrawnEmoji {
  /** Under which licence the pictures are, and who must be named. */
  readonly licence: string;
  /** By code points, such as "1F600": where the drawing is found. */
  readonly places: ReadonlyMap<string, string>;
  /** The drawing at a place: an SVG's text, or the 64 x 64 pixels of a picture, red, green and blue on white. */
  readonly read: (place: string) => Promise<string | Uint8Array>;
}

const OPENMOJI = "OpenMoji, © the OpenMoji contributors, CC BY-SA 4.0";
const FLUENT = "Fluent Emoji, © Microsoft, MIT License";

/** Code points without the selector that only says "as a picture". */
export const withoutSelector = (codes: string): string => codes.toUpperCase().replace(/-FE0F/g, "");

const folderOf = (name: string): string => path.dirname(require.resolve(`${name}/package.json`));

function jsonIn(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, name), "utf8"));
}

/** One entry of openmoji.json, as far as it is used here. */
interface OpenMojiEntry {
  readonly hexcode: string;
  readonly group: string;
  readonly annotation: string;
  readonly skintone: string;
}

/** Groups that are not Unicode's, or are flags: coloured fields whose lines say little. */
const LEFT_OUT = ["flags", "component", "extras-openmoji", "extras-unicode"];

/** The emoji that are drawn, without skin tones and flags, by code points: their names and groups. */
export function emojiNames(): ReadonlyMap<
  string,
  { readonly name: string; readonly group: string }
> {
  const entries = jsonIn(folderOf("openmoji"), "data/openmoji.json") as OpenMojiEntry[];
  return new Map(
    entries
      .filter(({ group, skintone }) => skintone === "" && !LEFT_OUT.includes(group))
      .map(({ hexcode, annotation: name, group }) => [withoutSelector(hexcode), { name, group }]),
  );
}

function openmoji(kind: "black" | "color"): DrawnEmoji {
  const folder = folderOf("openmoji");
  const entries = jsonIn(folder, "data/openmoji.json") as OpenMojiEntry[];
  return {
    licence: OPENMOJI,
    places: new Map(entries.map(({ hexcode }) => [withoutSelector(hexcode), hexcode])),
    read: (hexcode) => readFile(path.join(folder, kind, "svg", `${hexcode}.svg`), "utf8"),
  };
}

/** Iconify's form: the bodies of drawings by name, and names by code points. */
interface IconSet {
  readonly icons: Readonly<Record<string, { readonly body: string }>>;
  readonly width: number;
  readonly height: number;
}

function fluent(kind: "flat" | "high-contrast"): DrawnEmoji {
  const folder = folderOf(`@iconify-json/fluent-emoji-${kind}`);
  const { icons, width, height } = jsonIn(folder, "icons.json") as IconSet;
  const names = Object.entries(jsonIn(folder, "chars.json") as Record<string, string>);
  const drawn = names.filter(([, name]) => Object.hasOwn(icons, name));
  return {
    licence: FLUENT,
    places: new Map(drawn.map(([codes, name]) => [withoutSelector(codes), name])),
    read: async (name) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${icons[name]!.body}</svg>`,
  };
}

async function pictures(style: "google" | "twitter"): Promise<DrawnEmoji> {
  const has = `has_img_${style}` as const;
  type Entry = Readonly<Record<typeof has, boolean>> & {
    readonly unified: string;
    readonly image: string;
  };
  const { entries, licence, pictures: read } = await emojiPackage<Entry>(style);
  const drawn = entries.filter((entry) => entry[has]);
  return {
    licence,
    places: new Map(drawn.map(({ unified, image }) => [withoutSelector(unified), image])),
    read: (image) => read([image]),
  };
}

const STYLES: Readonly<Record<DrawingStyle, () => DrawnEmoji | Promise<DrawnEmoji>>> = {
  openmoji: () => openmoji("color"),
  "openmoji black": () => openmoji("black"),
  "fluent flat": () => fluent("flat"),
  "fluent high contrast": () => fluent("high-contrast"),
  noto: () => pictures("google"),
  twemoji: () => pictures("twitter"),
};

/**
 * Opens the package of a style.
 *
 * @throws Error for a style that is none, and when the package is not installed.
 */
export async function drawnEmoji(style: DrawingStyle): Promise<DrawnEmoji> {
  if (!Object.hasOwn(STYLES, style))
    throw new Error(
      `emojiStyles: there is no style "${style}"; choose from ${Object.keys(STYLES).join(", ")}.`,
    );
  return STYLES[style]();
}
