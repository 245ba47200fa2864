/** Drawn people whose attributes are known: any number of them, in two styles, by DiceBear. */
import { requireCount } from "../backend/require";
import { renderSvg, svgRenderer } from "../images/svg";
import { avatarDrawings } from "./avatarDrawings";
import {
  avatarAttributes,
  avatarDesigns,
  type AvatarAttributes,
  type AvatarStyle,
} from "./avatarDesigns";
import type { ImageDataset } from "./ImageDataset";
import { drawEach, rendered } from "./renderCache";

/** What {@link avatars} takes. */
export interface AvatarsOptions {
  readonly style: AvatarStyle;
  /** How many, at least 1. */
  readonly count: number;
  /** Pixels a side, 8 to 256. "pixel art" is sharp at 16 and its multiples. Default 32. */
  readonly side?: number;
  /** A fifth of the people (a head with a face) are in "test" only. Default "train". */
  readonly split?: "train" | "test";
  /** Which avatars: a whole number. The same seed gives avatars of the same attributes in both styles. Default 1. */
  readonly seed?: number;
  /** Attributes that all avatars have; the others stay as they are without: one alone can be changed. Default: none. */
  readonly attributes?: Partial<AvatarAttributes>;
}

/** Avatars as a data set, with what is known of each. The classes are the tones of the skin. */
export interface AvatarDataset extends ImageDataset {
  /** In the order of the images. */
  readonly attributes: readonly AvatarAttributes[];
  /** The name of each one's head in its style, such as "longCurly". */
  readonly heads: readonly string[];
  /** Under which licence the pictures are, and who must be named. */
  readonly licence: string;
}

const LARGEST_SIDE = 256;

/** @throws RangeError for an attribute that there is not, or a value that it does not have. */
function requireAttributes(attributes: Partial<AvatarAttributes>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!Object.hasOwn(avatarAttributes, name))
      throw new RangeError(
        `avatars: there is no attribute "${name}"; there are ${Object.keys(avatarAttributes).join(", ")}.`,
      );
    const values: readonly unknown[] = avatarAttributes[name as keyof AvatarAttributes];
    if (!values.includes(value))
      throw new RangeError(
        `avatars: ${name} must be one of ${values.join(", ")}, got ${String(value)}.`,
      );
  }
}

function requireOptions({ side = 32, count, attributes = {} }: AvatarsOptions): void {
  requireCount("avatars: count", count);
  requireCount("avatars: side", side, 8);
  if (side > LARGEST_SIDE)
    throw new RangeError(`avatars: side must be at most ${LARGEST_SIDE}, got ${side}.`);
  requireAttributes(attributes);
}

/**
 * Drawn people on white, as many as are asked for, whose skin, clothes, glasses and beard are known and independent of one
 * another. They are drawn once and kept in data/cache/rendered.
 *
 * @throws RangeError for a count, a side outside 8 … 256, or an attribute that cannot be; Error for an unknown style.
 * @example
 * const bare = await gan.avatars({ style: "open peeps", count: 500, attributes: { glasses: "none" } });
 * const same = await gan.avatars({ style: "open peeps", count: 500, attributes: { glasses: "dark" } });
 */
export async function avatars(options: AvatarsOptions): Promise<AvatarDataset> {
  requireOptions(options);
  const { style, count, side = 32, split = "train", seed = 1, attributes = {} } = options;
  const { people, draw, version, licence } = await avatarDrawings(style);
  const designs = avatarDesigns({ style, people, count, split, seed, attributes });
  const name = `avatars-${style.replace(/ /g, "-")}`;
  const skins: readonly string[] = avatarAttributes.skin;
  return {
    name,
    source: "package",
    split,
    description: `${count} avatars of ${side} x ${side} pixels (${licence})`,
    images: await rendered({
      name: `${name}-${side}`,
      from: [svgRenderer(), version, JSON.stringify(designs)],
      bytes: count * side * side * 3,
      draw: () => drawEach(count, side, (i) => renderSvg(draw(designs[i]!), { side })),
    }),
    labels: Uint8Array.from(designs, ({ skin }) => skins.indexOf(skin)),
    classNames: skins,
    size: count,
    imageShape: [side, side, 3],
    attributes: designs.map(({ skin, clothes, glasses, beard }) => ({
      skin,
      clothes,
      glasses,
      beard,
    })),
    heads: designs.map(({ head }) => head),
    licence,
  };
}
