/** Emoji in two drawing styles: small colour pictures that come as npm packages, the same ones in each style. */
import { createRandom } from "../ops/random";
import { emojiPackage, SIDE, type EmojiStyle } from "./emojiPackage";
import type { ImageDataset } from "./ImageDataset";

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
  return (
    category === "Smileys & Emotion" &&
    subcategory.startsWith("face-") &&
    !NO_DISC.includes(subcategory)
  );
}

/** Those that both styles have, in an order that is the same in both. */
function inBothStyles(entries: readonly Entry[]): Entry[] {
  return entries
    .filter((entry) => entry.has_img_google && entry.has_img_twitter)
    .sort((a, b) => (a.image < b.image ? -1 : 1));
}

/** The entries of a split, chosen by a fixed seed. */
function ofSplit(entries: readonly Entry[], split: "train" | "test"): Entry[] {
  const order = createRandom(64).split("emoji").shuffledIndices(entries.length);
  const testCount = Math.round(entries.length * TEST_SHARE);
  return Array.from(
    split === "test" ? order.subarray(0, testCount) : order.subarray(testCount),
    (i) => entries[i] as Entry,
  );
}

/**
 * Emoji of one style as 64 x 64 colour images on white, from the npm packages emoji-datasource-google and
 * emoji-datasource-twitter: the 1,911 that are in both, without variants of the skin. The classes are Unicode's categories.
 *
 * @throws Error when the package is not installed.
 */
export async function emoji({
  style,
  split = "train",
  facesOnly = false,
}: EmojiOptions): Promise<EmojiDataset> {
  const { entries: all, licence, pictures } = await emojiPackage<Entry>(style);
  const entries = inBothStyles(all);
  const chosen = ofSplit(facesOnly ? entries.filter(isFace) : entries, split);
  const classNames = [...new Set(entries.map(({ category }) => category))].sort();
  return {
    name: `emoji-${style}${facesOnly ? "-faces" : ""}`,
    source: "package",
    split,
    description: `${chosen.length} ${facesOnly ? "face emoji" : "emoji"} of ${SIDE} x ${SIDE} pixels (${licence})`,
    images: await pictures(chosen.map(({ image }) => image)),
    labels: Uint8Array.from(chosen, ({ category }) => classNames.indexOf(category)),
    classNames,
    size: chosen.length,
    imageShape: [SIDE, SIDE, 3],
    names: chosen.map(({ name }) => name.toLowerCase()),
    licence,
  };
}
