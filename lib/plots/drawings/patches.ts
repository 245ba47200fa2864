import { drawing, type Drawing } from "./drawing";
import { group, INKS, part, px, text, type Part, type Place } from "./part";

/** The pixels of the image's side, and how large it is drawn. */
const PIXELS = 32;
const SIDE = 160;
const GAP = 40;
const TOP = 20;

/** What one logit sees, and how many logits there are: of `patchDiscriminator` for images of 32 x 32. */
const PANELS = [
  { patch: 1, corner: [0.6, 0.4], logits: "32 × 32 logits" },
  { patch: 16, corner: [0.3, 0.25], logits: "14 × 14 logits" },
  { patch: 70, corner: [0, 0], logits: "2 × 2 logits" },
] as const;

/** The corners of a house, as shares of the image's side. */
const HOUSE: readonly Place[] = [
  [0.2, 0.9],
  [0.2, 0.45],
  [0.5, 0.12],
  [0.8, 0.45],
  [0.8, 0.9],
  [0.2, 0.9],
];
const DOOR: readonly Place[] = [
  [0.42, 0.9],
  [0.42, 0.62],
  [0.58, 0.62],
  [0.58, 0.9],
];

function line([x, y]: Place, corners: readonly Place[]): Part {
  const points = corners.map(([a, b]) => `${px(x + a * SIDE)},${px(y + b * SIDE)}`).join(" ");
  return part(
    `<polyline points="${points}" fill="none" stroke="${INKS.text}" stroke-width="3" stroke-linejoin="round"/>`,
  );
}

function rectangle([x, y]: Place, side: number, looks: string): Part {
  return part(
    `<rect x="${px(x)}" y="${px(y)}" width="${px(side)}" height="${px(side)}" ${looks}/>`,
  );
}

function panel({ patch, corner, logits }: (typeof PANELS)[number], index: number): Part {
  const at: Place = [20 + index * (SIDE + GAP), TOP];
  const side = Math.min(SIDE, (patch / PIXELS) * SIDE);
  const seen: Place = [at[0] + corner[0] * SIDE, at[1] + corner[1] * SIDE];
  const middle = at[0] + SIDE / 2;
  return group([
    rectangle(at, SIDE, `fill="#FFFFFF" stroke="${INKS.quiet}"`),
    line(at, HOUSE),
    line(at, DOOR),
    rectangle(
      seen,
      side,
      `fill="${INKS.mark}" fill-opacity="0.35" stroke="${INKS.mark}" stroke-width="2"`,
    ),
    text([middle, TOP + SIDE + 28], patch === 1 ? "1 pixel" : `${patch} × ${patch} pixels`),
    text([middle, TOP + SIDE + 52], logits, { size: 15 }),
  ]);
}

/** What one logit of a PatchGAN sees of a drawing, for three sizes of patches. */
export function patches(): Drawing {
  const frame = {
    title: "Patches of three sizes",
    alt:
      "The same line drawing of a house three times, 32 × 32 pixels. Marked on each is what one logit of a discriminator sees: a " +
      "single pixel, of 32 × 32 logits; a patch of 16 × 16 pixels, about a quarter of the image, of 14 × 14 logits; and a patch of " +
      "70 × 70 pixels, more than the whole image, of 2 × 2 logits.",
    width: 40 + PANELS.length * SIDE + (PANELS.length - 1) * GAP,
    height: TOP + SIDE + 72,
  };
  return drawing(frame, PANELS.map(panel));
}
