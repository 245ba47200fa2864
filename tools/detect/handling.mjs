/** What handling tells two folders of pictures apart, and what takes it out of the pictures. */
import { compareHandling } from "gan-lib";

/** The best quality that pictures go through where their compression differs. */
const COMMON_QUALITY = 75;
/** A common quality below this would leave too little to look at. */
const LEAST_QUALITY = 30;
/** Sides of the square are multiples of this, as JPEG rounds colours. */
export const SIDE_STEP = 16;

/** Differences that a common JPEG file takes out, as far as it can be done. */
const OF_COMPRESSION = ["format", "JPEG quantization", "JPEG subsampling"];

const NOT_IN_PIXELS =
  "Not in the pixels, so the detector does not see it. But the folders come from different hands, and what else was done to them no file says.";
const OF_SIZE =
  "Not taken out: a detector may learn how finely pictures were scaled. Take pictures of one source size.";

/** What is done about each difference. */
const REMEDIES = {
  "progressive JPEG": () => NOT_IN_PIXELS,
  "EXIF notes": () => NOT_IN_PIXELS,
  "colour profile": () => `Not applied. ${NOT_IN_PIXELS}`,
  orientation: () => "Taken out: all are turned upright.",
  colours: () =>
    "All become 8 bits of red, green and blue; grey pictures stay grey. Take one kind.",
  "uniform border": () =>
    "Taken out where squares fit within the border; a warning follows where they do not.",
  "border in the square": ({ side }) =>
    `Not taken out: even ${side} x ${side} pixels do not fit within the border. The detector may learn it; take pictures without.`,
  "sides modulo 8": () =>
    "Taken out: each square begins on the grid of JPEG's blocks, whatever the picture's size.",
  "shorter side": () => OF_SIZE,
  "longer side": () => OF_SIZE,
};

/** @returns {number} The quality that no picture was better than, within limits: what was coarser stays coarser. */
function commonQuality(files) {
  const qualities = files.flatMap(({ jpeg }) => jpeg?.quality ?? []);
  return Math.max(LEAST_QUALITY, Math.min(COMMON_QUALITY, ...qualities));
}

/**
 * Whether the square must become smaller to lie within every border, because only one folder has borders in it.
 *
 * @returns {number} The side that fits, or the one that was asked for.
 */
export function sideWithinBorders(real, fake, side) {
  const differs = compareHandling(real.files, fake.files).some(
    ({ property }) => property === "border in the square",
  );
  if (!differs) return side;
  const room = [...real.files, ...fake.files].flatMap(({ width, height, border, seesBorder }) => {
    const onGrid = (begin, end) => end - SIDE_STEP * Math.ceil(begin / SIDE_STEP);
    if (!seesBorder) return [];
    return [onGrid(border.left, width - border.right), onGrid(border.top, height - border.bottom)];
  });
  const fits = SIDE_STEP * Math.floor(Math.min(side, ...room) / SIDE_STEP);
  return fits < SIDE_STEP ? side : fits;
}

/**
 * Compares what the files say of how the pictures were handled, prints each difference by name, and settles what all pictures
 * go through.
 *
 * @returns {{ pipeline: import("gan-lib").Pipeline, differences: string[] }}
 */
export function settleHandling(real, fake, { side, quality }) {
  const found = compareHandling(real.files, fake.files);
  const isCompression = ({ property }) => OF_COMPRESSION.includes(property);
  const settled =
    quality ??
    (found.some(isCompression) ? commonQuality([...real.files, ...fake.files]) : undefined);
  for (const difference of found) {
    const { property, accuracy } = difference;
    const remedy = isCompression(difference)
      ? `All go through JPEG files of quality ${settled}, on one grid of blocks; traces of an earlier compression may stay. Take pictures of one format and quality.`
      : REMEDIES[property]({ side });
    console.log(
      `Warning: ${property}: real ${difference.real}, generated ${difference.fake}. This alone tells ${Math.round(100 * accuracy)} % apart. ${remedy}`,
    );
  }
  return {
    pipeline: { side, ...(settled === undefined ? {} : { quality: settled }) },
    differences: found.map(({ property }) => property),
  };
}
