/** The emoji of people and hands that are drawn in five skin tones: the same pictures but for the skin. */
import type * as tf from "../backend/tf";
import { emojiPackage, SIDE, type EmojiStyle } from "./emojiPackage";
import { toTensor } from "./ImageDataset";

/** Unicode's modifiers (Technical Standard 51), after the types of Fitzpatrick's scale of skin. */
const MODIFIERS = {
  light: "1F3FB",
  "medium-light": "1F3FC",
  medium: "1F3FD",
  "medium-dark": "1F3FE",
  dark: "1F3FF",
} as const;

/** A skin tone by Unicode's name. */
export type SkinTone = keyof typeof MODIFIERS;

/** The five skin tones, from light to dark. */
export const skinTones = Object.keys(MODIFIERS) as readonly SkinTone[];

/** The same subjects in each of the five tones. */
export interface SkinToneEmoji {
  /** What is drawn, such as "waving hand sign"; the subjects' numbers are the places here. */
  readonly names: readonly string[];
  /** Under which licence the pictures are, and who must be named. */
  readonly licence: string;
  /**
   * Subjects in one tone as [N, 64, 64, 3] in [-1, 1] on white, read from their files; the caller disposes it.
   *
   * @param subjects Their numbers, from 0.
   * @throws RangeError when there are none, or a number is not that of a subject.
   */
  images(tone: SkinTone, subjects: ArrayLike<number>): Promise<tf.Tensor4D>;
}

/** One entry of the package's emoji.json, as far as it is used here. */
interface Entry {
  readonly name: string;
  readonly skin_variations?: Readonly<Record<string, { readonly image: string }>>;
}

/** Entries that have one picture a tone; pairs of people have one for each pair of tones. */
function inFiveTones({ skin_variations: variations }: Entry): boolean {
  return variations !== undefined && Object.keys(variations).length === skinTones.length;
}

function requireSubjects(subjects: readonly number[], count: number): void {
  const unknown = subjects.find(
    (subject) => !(Number.isInteger(subject) && subject >= 0 && subject < count),
  );
  if (subjects.length > 0 && unknown === undefined) return;
  throw new RangeError(
    `skinToneEmoji: give at least one number of a subject, from 0 to ${count - 1}, got ${unknown ?? "none"}.`,
  );
}

/**
 * The emoji that one style draws in five skin tones, from its npm package.
 *
 * @throws Error when the package is not installed.
 */
export async function skinToneEmoji(style: EmojiStyle): Promise<SkinToneEmoji> {
  const { entries: all, licence, pictures } = await emojiPackage<Entry>(style);
  const entries = all.filter(inFiveTones);
  return {
    names: entries.map(({ name }) => name.toLowerCase()),
    licence,
    async images(tone, subjects) {
      const chosen = Array.from(subjects);
      requireSubjects(chosen, entries.length);
      const images = await pictures(
        chosen.map((subject) => entries[subject]!.skin_variations![MODIFIERS[tone]]!.image),
      );
      return toTensor({ images, size: chosen.length, imageShape: [SIDE, SIDE, 3] });
    },
  };
}
