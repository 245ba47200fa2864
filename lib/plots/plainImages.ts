import type { Numbers } from "./numbers";

/** Pictures as plain numbers. */
export interface PlainImages {
  /** Pixels in [-1, 1], in the order of the shape. */
  readonly data: Numbers;
  /** [N, height, width, channels]; 1 channel is grey, 3 are red, green and blue. */
  readonly shape: readonly number[];
}

/** The four sizes of a batch of pictures. */
export interface ImageSizes {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Rounding in a network's last layer may leave the range by this much. */
const TOLERANCE = 1e-3;

/**
 * Checks a batch of pictures and names its sizes.
 *
 * @throws Error when the shape is not [N, height, width, 1 or 3], or does not fit the data.
 */
export function sizesOf({ data, shape }: PlainImages): ImageSizes {
  const [count = 0, height = 0, width = 0, channels = 0] = shape;
  const wholeNumbers = shape.every((size) => Number.isInteger(size) && size > 0);
  if (shape.length !== 4 || !wholeNumbers || (channels !== 1 && channels !== 3)) {
    throw new Error(
      `Images must have the shape [N, height, width, 1 or 3], got [${shape.join(", ")}]; reshape them first.`,
    );
  }
  const expected = count * height * width * channels;
  if (data.length !== expected)
    throw new Error(
      `Images of the shape [${shape.join(", ")}] have ${expected} values, got ${data.length}.`,
    );
  return { count, height, width, channels };
}

function toByte(value: number, index: number): number {
  if (Number.isNaN(value))
    throw new Error(
      `Pixel value ${index} of the images is NaN; the network that made them has diverged.`,
    );
  if (Math.abs(value) > 1 + TOLERANCE) {
    throw new Error(
      `Pixel values must lie in [-1, 1]; value ${index} is ${value}. Scale bytes by x / 127.5 - 1, values in [0, 1] by 2 x - 1.`,
    );
  }
  return Math.round((Math.min(1, Math.max(-1, value)) + 1) * 127.5);
}

/**
 * One picture of a batch as red, green, blue and opacity bytes, row by row.
 *
 * @throws Error when a value is NaN or outside [-1, 1].
 */
export function pixelsOf(
  { data }: PlainImages,
  { height, width, channels }: ImageSizes,
  index: number,
): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(height * width * 4);
  const first = index * height * width * channels;
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let part = 0; part < 3; part++) {
      const at = first + pixel * channels + (channels === 3 ? part : 0);
      rgba[pixel * 4 + part] = toByte(data[at]!, at);
    }
    rgba[pixel * 4 + 3] = 255;
  }
  return rgba;
}
