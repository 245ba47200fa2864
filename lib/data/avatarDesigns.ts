/** What the avatars of two drawing styles are made of: attributes that both share, and people that each has of its own. */
import { createRandom, type RandomStream } from "../ops/random";
import { lotOf } from "./lot";
import { skinTones, type SkinTone } from "./skinToneEmoji";

/** The drawing styles: line drawings of people turned to the right, and faces of 16 x 16 pixels. */
export type AvatarStyle = "open peeps" | "pixel art";

/** The colours of clothes, as red, green and blue. */
export const CLOTHES = {
  red: "e78276",
  orange: "ffcf77",
  yellow: "fdea6b",
  green: "78e185",
  cyan: "9ddadb",
  blue: "8fa7df",
  pink: "e279c7",
} as const;

/** The colours of skin, from light to dark. */
export const SKINS: Readonly<Record<SkinTone, string>> = {
  light: "ffdbb4",
  "medium-light": "edb98a",
  medium: "d08b5b",
  "medium-dark": "ae5d29",
  dark: "694d3d",
};

/** Of four avatars two have no glasses. */
const GLASSES = ["none", "none", "clear", "dark"] as const;

/** What is known of an avatar, whatever its style. */
export interface AvatarAttributes {
  readonly skin: SkinTone;
  readonly clothes: keyof typeof CLOTHES;
  /** Half of the avatars wear none, a quarter clear ones, a quarter sunglasses. */
  readonly glasses: (typeof GLASSES)[number];
  /** Half of the avatars have one. */
  readonly beard: boolean;
}

/** An avatar before it is drawn. */
export interface AvatarDesign extends AvatarAttributes {
  /** The drawing of head and hair, by its name in the style. */
  readonly head: string;
  /** The drawing of the face, by its name in the style; in "pixel art", eyes and mouth. */
  readonly face: string;
  /** Which of the style's drawings of its glasses and its beard are taken, in [0, 1). */
  readonly kind: number;
}

/** Every value that an attribute of an avatar can have, in order. */
export const avatarAttributes = {
  skin: skinTones,
  clothes: Object.keys(CLOTHES) as readonly (keyof typeof CLOTHES)[],
  glasses: ["none", "clear", "dark"],
  beard: [false, true],
} as const;

/** The heads and faces of a style. */
export interface People {
  readonly heads: readonly string[];
  readonly faces: readonly string[];
}

/** What designs are drawn by. */
export interface DesignOptions {
  readonly style: AvatarStyle;
  readonly people: People;
  readonly count: number;
  readonly split: "train" | "test";
  readonly seed: number;
  /** These are as given, all others as drawn. */
  readonly attributes: Partial<AvatarAttributes>;
}

const TEST_SHARE = 0.2;

/** One of several, each as likely as the others. */
const one = <T>(values: readonly T[], random: RandomStream): T =>
  values[random.integer(values.length)]!;

/** Whether a person, a head with a face, is held out: once and for all, whatever the seed. */
const isHeldOut = (style: AvatarStyle, head: string, face: string): boolean =>
  lotOf(`${style} ${head} ${face}`) < TEST_SHARE;

function personOf({ style, people, split }: DesignOptions, random: RandomStream) {
  for (;;) {
    const [head, face] = [one(people.heads, random), one(people.faces, random)];
    if (isHeldOut(style, head, face) === (split === "test")) return { head, face };
  }
}

/** Avatars by a seed: attributes by a stream that is the same in all styles, people by another. */
export function avatarDesigns(options: DesignOptions): AvatarDesign[] {
  const random = createRandom(options.seed).split(`avatars ${options.split}`);
  const [ofAttributes, ofPeople] = [random.split("attributes"), random.split("people")];
  return Array.from({ length: options.count }, () => ({
    skin: one(skinTones, ofAttributes),
    clothes: one(avatarAttributes.clothes, ofAttributes),
    glasses: one(GLASSES, ofAttributes),
    beard: one(avatarAttributes.beard, ofAttributes),
    ...options.attributes,
    ...personOf(options, ofPeople),
    kind: ofPeople.next(),
  }));
}
