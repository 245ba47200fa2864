/** Pictures as bytes, and what is done to them without a codec. */

/** A picture. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity, 0 … 255, row by row. */
  readonly rgba: Uint8ClampedArray;
}

/** A part of a picture, its corner and its sides in pixels; it must lie inside. */
export function cut(
  { width, rgba }: Pixels,
  left: number,
  top: number,
  sides: { readonly width: number; readonly height: number },
): Pixels {
  const part = new Uint8ClampedArray(sides.width * sides.height * 4);
  for (let row = 0; row < sides.height; row++) {
    const start = ((top + row) * width + left) * 4;
    part.set(rgba.subarray(start, start + sides.width * 4), row * sides.width * 4);
  }
  return { width: sides.width, height: sides.height, rgba: part };
}

/**
 * Where a pixel of the upright picture stands in the stored one, by EXIF's orientation (Exif 2.3, tag 0x0112); w and h are the
 * stored sides, less one.
 */
const STORED_AT: readonly ((x: number, y: number, w: number, h: number) => [number, number])[] = [
  (x, y) => [x, y],
  (x, y, w) => [w - x, y],
  (x, y, w, h) => [w - x, h - y],
  (x, y, _, h) => [x, h - y],
  (x, y) => [y, x],
  (x, y, _, h) => [y, h - x],
  (x, y, w, h) => [w - y, h - x],
  (x, y, w) => [w - y, x],
];

/**
 * A picture as it is to be seen.
 *
 * @param orientation EXIF's, 1 … 8; 1 leaves it as it is, 6 is a camera held upright.
 */
export function upright(pixels: Pixels, orientation: number): Pixels {
  const storedAt = STORED_AT[orientation - 1];
  if (orientation === 1 || storedAt === undefined) return pixels;
  const [width, height] =
    orientation >= 5 ? [pixels.height, pixels.width] : [pixels.width, pixels.height];
  const from = new Uint32Array(pixels.rgba.slice().buffer);
  const to = new Uint32Array(from.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [column, row] = storedAt(x, y, pixels.width - 1, pixels.height - 1);
      to[y * width + x] = from[row * pixels.width + column]!;
    }
  return { width, height, rgba: new Uint8ClampedArray(to.buffer) };
}

/**
 * The colours as a browser's canvas keeps them: multiplied by the opacity, rounded to bytes and divided again (Cairo's rounding).
 * What is nearly transparent loses colour by it.
 */
export function asCanvasKeeps({ width, height, rgba }: Pixels): Pixels {
  const kept = Uint8ClampedArray.from(rgba, (value, i) => {
    const opacity = rgba[i - (i % 4) + 3]!;
    if (i % 4 === 3 || opacity === 255) return value;
    const product = opacity * value + 128;
    const scale = Math.fround(255 / opacity);
    return opacity === 0 ? 0 : Math.trunc(Math.fround(((product + (product >> 8)) >> 8) * scale));
  });
  return { width, height, rgba: kept };
}

/** How many rows or columns at each side of a picture hold one colour and nothing else. */
export interface Border {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How far a border's pixels may be from its colour: what JPEG makes of a flat colour. */
const FLAT = 6;

/** The uniform border of a picture, such as a frame or bars, each side by itself; a picture of one colour is all border. */
export function uniformBorder({ width, height, rgba }: Pixels): Border {
  const flat = (first: number, step: number, count: number): boolean => {
    for (let i = 1; i < count; i++)
      for (let channel = 0; channel < 4; channel++) {
        const distance = rgba[(first + i * step) * 4 + channel]! - rgba[first * 4 + channel]!;
        if (Math.abs(distance) > FLAT) return false;
      }
    return true;
  };
  const depth = (most: number, isFlat: (at: number) => boolean): number => {
    let found = 0;
    while (found < most && isFlat(found)) found++;
    return found;
  };
  return {
    left: depth(width, (x) => flat(x, width, height)),
    right: depth(width, (x) => flat(width - 1 - x, width, height)),
    top: depth(height, (y) => flat(y * width, 1, width)),
    bottom: depth(height, (y) => flat((height - 1 - y) * width, 1, width)),
  };
}
