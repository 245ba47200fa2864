/** Emoji in two drawing styles: small colour pictures that come as npm packages, the same ones in each style. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { decodeImage } from "../ops/imageCodec";
import { createRandom } from "../ops/random";
import type { ImageDataset } from "./ImageDataset";

/** Who drew them. */
export type EmojiStyle = "google" | "twitter";

/** Emoji as a data set, with their names. */
export interface EmojiDataset extends ImageDataset {
  /** The name of each, such as "grinning face", in the order of the images. */
  readonly names: readonly string[];
  /** Under which licence the pictures are, and who must be named. */
  readonly licence: string;
}

/** What {@link emoji} takes. */
export interface EmojiOptions {
  readonly style: EmojiStyle;
  /** "train" is three quarters of the emoji, "test" the others; the split is the same in both styles. Default "train". */
  readonly split?: "train" | "test";
  /** Only round faces, drawn alike in both styles. Default: all emoji. */
  readonly facesOnly?: boolean;
}

export const LICENCES: Readonly<Record<EmojiStyle, string>> = {
  google: "Noto Emoji, © Google, Apache License 2.0",
  twitter: "Twemoji, © Twitter and other contributors, CC-BY 4.0",
};

/** Pixels a side. */
export const SIDE = 64;
const TEST_SHARE = 0.25;

/** One entry of the package's emoji.json, as far as it is used here. */
interface Entry {
  readonly name: string;
  readonly image: string;
  readonly category: string;
  readonly subcategory: string;
  readonly has_img_google: boolean;
  readonly has_img_twitter: boolean;
}

/** Subcategories of faces that are no discs. */
const NO_DISC = ["face-costume", "face-hat"];

function isFace({ category, subcategory }: Entry): boolean {
  return category === "Smileys & Emotion" && subcategory.startsWith("face-") && !NO_DISC.includes(subcategory);
}

async function readEntries(folder: string): Promise<Entry[]> {
  const entries = JSON.parse(await readFile(path.join(folder, "emoji.json"), "utf8")) as Entry[];
  return entries.filter((entry) => entry.has_img_google && entry.has_img_twitter).sort((a, b) => (a.image < b.image ? -1 : 1));
}

/** The entries of a split, chosen by a fixed seed. */
function ofSplit(entries: readonly Entry[], split: "train" | "test"): Entry[] {
  const order = createRandom(64).split("emoji").shuffledIndices(entries.length);
  const testCount = Math.round(entries.length * TEST_SHARE);
  return Array.from(split === "test" ? order.subarray(0, testCount) : order.subarray(testCount), (i) => entries[i] as Entry);
}

/** A picture's bytes, red, green and blue, on white. */
export async function readPicture(file: string): Promise<Uint8Array> {
  const { rgba } = decodeImage(await readFile(file));
  const bytes = new Uint8Array(SIDE * SIDE * 3);
  for (let i = 0; i < bytes.length; i++) {
    const pixel = Math.floor(i / 3) * 4;
    const opacity = (rgba[pixel + 3] as number) / 255;
    bytes[i] = Math.round(opacity * (rgba[pixel + (i % 3)] as number) + (1 - opacity) * 255);
  }
  return bytes;
}

/**
 * Emoji of one style as 64 x 64 colour images on white, from the npm packages emoji-datasource-google and
 * emoji-datasource-twitter: the 1,911 that are in both, without variants of the skin. The classes are Unicode's categories.
 *
 * @throws Error when the package is not installed.
 */
export async function emoji({ style, split = "train", facesOnly = false }: EmojiOptions): Promise<EmojiDataset> {
  const folder = path.dirname(require.resolve(`emoji-datasource-${style}/package.json`));
  const entries = await readEntries(folder);
  const chosen = ofSplit(facesOnly ? entries.filter(isFace) : entries, split);
  const pictures = await Promise.all(chosen.map(({ image }) => readPicture(path.join(folder, "img", style, String(SIDE), image))));
  const classNames = [...new Set(entries.map(({ category }) => category))].sort();
  return {
    name: `emoji-${style}${facesOnly ? "-faces" : ""}`,
    source: "package",
    split,
    description: `${chosen.length} ${facesOnly ? "face emoji" : "emoji"} of ${SIDE} x ${SIDE} pixels (${LICENCES[style]})`,
    images: new Uint8Array(Buffer.concat(pictures)),
    labels: Uint8Array.from(chosen, ({ category }) => classNames.indexOf(category)),
    classNames,
    size: chosen.length,
    imageShape: [SIDE, SIDE, 3],
    names: chosen.map(({ name }) => name.toLowerCase()),
    licence: LICENCES[style],
  };
}
