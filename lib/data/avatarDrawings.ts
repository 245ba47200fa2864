/** DiceBear's drawings of avatars, part by part: npm @dicebear/core, @dicebear/open-peeps and @dicebear/pixel-art. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { StyleSchema } from "@dicebear/core" with { "resolution-mode": "import" };
import type { Options as PeepsOptions } from "@dicebear/open-peeps" with {
  "resolution-mode": "import",
};
import type { Options as PixelOptions } from "@dicebear/pixel-art" with {
  "resolution-mode": "import",
};
import { CLOTHES, SKINS, type AvatarDesign, type AvatarStyle, type People } from "./avatarDesigns";

/** A style: its people, and how an avatar is drawn. */
export interface AvatarDrawings {
  readonly people: People;
  /** An SVG. */
  readonly draw: (design: AvatarDesign) => string;
  /** What draws: with another version drawings may differ. */
  readonly version: string;
  readonly licence: string;
}

/** An animal, and what no beard goes with. */
const HEADS_LEFT_OUT = ["bear", "hijab"];
/** Faces of people; monsters and wide eyes are left out. */
const CALM_FACES = [
  "calm",
  "cheeky",
  "concerned",
  "cute",
  "driven",
  "eatingHappy",
  "serious",
  "smile",
  "smileBig",
  "solemn",
  "suspicious",
  "tired",
];
const PEEPS_GLASSES = {
  none: [],
  clear: ["glasses", "glasses2", "glasses3", "glasses4", "glasses5"],
  dark: ["sunglasses", "sunglasses2"],
} satisfies Record<AvatarDesign["glasses"], PeepsOptions["accessories"]>;
const PEEPS_BEARDS = ["full", "full2", "full3", "full4"] satisfies PeepsOptions["facialHair"];
const BROWN = "724133";
const DARK_BROWN = "28150a";

/** What no option names is drawn alike in all avatars. */
const SAME = { seed: "", size: 64 };
const percent = (is: boolean): number => (is ? 100 : 0);

/** One of a style's drawings of a part, as options want it. */
function oneOf<T>(drawings: readonly T[], kind: number): T[] {
  const index = Math.floor(kind * drawings.length);
  return drawings.slice(index, index + 1);
}

/**
 * The names of a style's drawings of a part.
 *
 * @throws Error when it has none.
 */
function drawingsOf({ properties }: StyleSchema, part: string): string[] {
  const described = properties?.[part];
  const names = typeof described === "object" ? described.default : undefined;
  if (!Array.isArray(names) || names.length === 0)
    throw new Error(`avatars: the installed style has no drawings of "${part}"; run npm ci.`);
  return names.map(String);
}

/** A package and its version, which stands in a file that the package does not export. */
function versionOf(name: string): string {
  const file = path.join(path.dirname(require.resolve(name)), "..", "package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { readonly version: string };
  return `${name} ${version}`;
}

async function openPeeps(): Promise<AvatarDrawings> {
  const { createAvatar } = await import("@dicebear/core");
  const style = await import("@dicebear/open-peeps");
  const heads = drawingsOf(style.schema, "head");
  return {
    people: {
      heads: heads.filter((head) => !HEADS_LEFT_OUT.includes(head)),
      faces: CALM_FACES,
    },
    draw: ({ skin, clothes, glasses, beard, head, face, kind }) =>
      createAvatar(style, {
        ...SAME,
        skinColor: [SKINS[skin]],
        clothingColor: [CLOTHES[clothes]],
        headContrastColor: [BROWN],
        head: [head] as PeepsOptions["head"],
        face: [face] as PeepsOptions["face"],
        accessories: oneOf<(typeof PEEPS_GLASSES)["clear" | "dark"][number]>(
          PEEPS_GLASSES[glasses],
          kind,
        ),
        accessoriesProbability: percent(glasses !== "none"),
        facialHair: oneOf(PEEPS_BEARDS, kind),
        facialHairProbability: percent(beard),
        maskProbability: 0,
      }).toString(),
    version: `${versionOf("@dicebear/core")}, ${versionOf("@dicebear/open-peeps")}`,
    licence: "Open Peeps by Pablo Stanley, CC0 1.0; drawn by DiceBear, MIT License",
  };
}

async function pixelArt(): Promise<AvatarDrawings> {
  const { createAvatar } = await import("@dicebear/core");
  const style = await import("@dicebear/pixel-art");
  const [eyes, mouths, beards, clothing] = ["eyes", "mouth", "beard", "clothing"].map((part) =>
    drawingsOf(style.schema, part),
  ) as [string[], string[], string[], string[]];
  const smiles = mouths.filter((name) => name.startsWith("happy"));
  const glassesOf = (start: string): string[] =>
    drawingsOf(style.schema, "glasses").filter((name) => name.startsWith(start));
  const drawn = { none: [], clear: glassesOf("light"), dark: glassesOf("dark") };
  return {
    people: {
      heads: drawingsOf(style.schema, "hair"),
      faces: eyes.flatMap((eye) => smiles.map((smile) => `${eye} ${smile}`)),
    },
    draw: ({ skin, clothes, glasses, beard, head, face, kind }) => {
      const [eye, smile] = face.split(" ");
      return createAvatar(style, {
        ...SAME,
        skinColor: [SKINS[skin]],
        clothing: oneOf(clothing, kind) as PixelOptions["clothing"],
        clothingColor: [CLOTHES[clothes]],
        hair: [head] as PixelOptions["hair"],
        hairColor: [DARK_BROWN],
        eyes: [eye] as PixelOptions["eyes"],
        mouth: [smile] as PixelOptions["mouth"],
        glasses: oneOf(drawn[glasses], kind) as PixelOptions["glasses"],
        glassesProbability: percent(glasses !== "none"),
        beard: oneOf(beards, kind) as PixelOptions["beard"],
        beardProbability: percent(beard),
        accessoriesProbability: 0,
        hatProbability: 0,
      }).toString();
    },
    version: `${versionOf("@dicebear/core")}, ${versionOf("@dicebear/pixel-art")}`,
    licence: "Pixel Art by DiceBear, CC0 1.0; drawn by DiceBear, MIT License",
  };
}

const STYLES: Readonly<Record<AvatarStyle, () => Promise<AvatarDrawings>>> = {
  "open peeps": openPeeps,
  "pixel art": pixelArt,
};

/**
 * Opens the package of a style.
 *
 * @throws Error for a style that is none, and when the package is not installed.
 */
export async function avatarDrawings(style: AvatarStyle): Promise<AvatarDrawings> {
  if (!Object.hasOwn(STYLES, style))
    throw new Error(
      `avatars: there is no style "${style}"; choose from ${Object.keys(STYLES).join(", ")}.`,
    );
  return STYLES[style]();
}
