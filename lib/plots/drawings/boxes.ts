/** Boxes: networks, layers, losses; and the piles of maps that convolutions make. */
import { group, INKS, part, px, text, type Ink, type Part, type Place } from "./part";

/** What {@link box} takes. */
export interface BoxOptions {
  /** The upper left corner. */
  readonly at: Place;
  readonly width: number;
  readonly height: number;
  /** What it is, in the middle. */
  readonly label: string;
  /** Below the label, such as the shape of what comes out: "[N, 7, 7, 128]". */
  readonly note?: string;
  /** Default "quiet". */
  readonly ink?: Ink;
}

const LINE = 21;

/** A rectangle with rounded corners, filled with a breath of its ink. */
function frame([x, y]: Place, width: number, height: number, ink: Ink, round: number): Part {
  const looks = `rx="${round}" fill="${INKS[ink]}" fill-opacity="0.12" stroke="${INKS[ink]}" stroke-width="2"`;
  return part(
    `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" ${looks}/>`,
  );
}

/** A box with a label, and a note below it. */
export function box({ at, width, height, label, note, ink = "quiet" }: BoxOptions): Part {
  const middle = at[0] + width / 2;
  const line = at[1] + height / 2 + 6;
  const first = note === undefined ? line : line - LINE / 2;
  return group([
    frame(at, width, height, ink, 6),
    text([middle, first], label),
    ...(note === undefined ? [] : [text([middle, first + LINE], note, { size: 15 })]),
  ]);
}

/** What {@link maps} takes. */
export interface MapsOptions {
  /** The upper left corner of the foremost map. */
  readonly at: Place;
  /** The side of a map. */
  readonly side: number;
  /** How many are drawn, one behind the other. */
  readonly count: number;
  /** Below the pile, such as "7 × 7 × 128". */
  readonly label: string;
  /** Default "quiet". */
  readonly ink?: Ink;
}

/** How far each map looks out behind the one before it. */
const SHIFT = 5;

/** A pile of square maps: the channels of an image inside a network. */
export function maps({ at: [x, y], side, count, label, ink = "quiet" }: MapsOptions): Part {
  const pile = Array.from({ length: count }, (_, index) => {
    const back = (count - 1 - index) * SHIFT;
    return group([
      part(
        `<rect x="${px(x + back)}" y="${px(y - back)}" width="${px(side)}" height="${px(side)}" fill="#FCFCFA"/>`,
      ),
      frame([x + back, y - back], side, side, ink, 0),
    ]);
  });
  return group([...pile, text([x + (side + (count - 1) * SHIFT) / 2, y + side + 20], label)]);
}
