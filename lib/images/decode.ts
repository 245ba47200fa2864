/** Pictures of anyone's: what a PNG or JPEG file says of itself, and its pixels, through sharp (libvips, libpng, libjpeg). */
import type { Metadata, SharpOptions } from "sharp";
import { libjpegQuality, quantizationTables } from "./jpegTables";
import { upright, type Pixels } from "./pixels";

/** What a file says of its picture, before its pixels are looked at. */
export interface ImageHeader {
  readonly format: "png" | "jpeg";
  /** The sides as they are stored, before the picture is turned upright. */
  readonly width: number;
  readonly height: number;
  /** EXIF's orientation, 1 … 8; 1 is upright. */
  readonly orientation: number;
  /** Such as "8-bit srgb" or "16-bit b-w": libvips's names. */
  readonly colours: string;
  /** How a JPEG was compressed. */
  readonly jpeg?: {
    /** Of the colours, such as "4:2:0". */
    readonly subsampling: string;
    readonly progressive: boolean;
    /** libjpeg's quality to which the table for brightness comes nearest. */
    readonly quality: number;
    /** All quantization tables, as one text. */
    readonly tables: string;
  };
  /** Whether it has notes of a camera or program. */
  readonly exif: boolean;
  /** Whether it has a colour profile; it is not applied. */
  readonly profile: boolean;
}

/** More pixels than nearly every camera takes: a header that promises them is broken or hostile, and would cost gigabytes. */
const MOST_PIXELS = 64e6;

/** Every warning of a codec is an error: what it has of a damaged file is not the picture. */
export const STRICT: SharpOptions = {
  failOn: "warning",
  ignoreIcc: true,
  limitInputPixels: MOST_PIXELS,
};

/** sharp, without a cache of what it decoded. */
export function sharpPackage(): typeof import("sharp") {
  const sharp = require("sharp") as typeof import("sharp");
  sharp.cache(false);
  return sharp;
}

/** How files of pictures begin; the first two can be read. */
const SIGNATURES: readonly (readonly [format: string, place: number, text: string])[] = [
  ["png", 0, "\x89PNG\r\n\x1a\n"],
  ["jpeg", 0, "\xff\xd8"],
  ["GIF", 0, "GIF8"],
  ["WebP", 8, "WEBP"],
  ["TIFF", 0, "II*\0"],
  ["TIFF", 0, "MM\0*"],
  ["HEIC or AVIF", 4, "ftyp"],
  ["BMP", 0, "BM"],
  ["JPEG XL", 0, "\xff\x0a"],
];

function formatOf(bytes: Buffer): ImageHeader["format"] {
  if (bytes.length === 0) throw new Error("the file is empty");
  const start = bytes.toString("latin1", 0, 16);
  const format = SIGNATURES.find(([, place, text]) => start.startsWith(text, place))?.[0];
  if (format === "png" || format === "jpeg") return format;
  throw new Error(
    `it is neither PNG nor JPEG${format === undefined ? "" : ` but ${format}; save it as PNG`}`,
  );
}

/** @throws Error when the size makes no sense, or there is more than one picture. */
function checkSize(bytes: Buffer, { format, width, height }: ImageHeader): void {
  if (!(width > 0 && height > 0)) throw new Error(`its ${format.toUpperCase()} header is broken`);
  if (width * height > MOST_PIXELS)
    throw new Error(
      `its header promises ${width} x ${height} pixels, more than ${MOST_PIXELS / 1e6} million`,
    );
  if (format === "png" && bytes.subarray(0, bytes.indexOf("IDAT")).includes("acTL"))
    throw new Error("it is animated; save one picture of it by itself");
}

function jpegHeader(bytes: Buffer, metadata: Metadata): ImageHeader["jpeg"] {
  const tables = [...quantizationTables(bytes)];
  return {
    subsampling: metadata.chromaSubsampling ?? "none",
    progressive: metadata.isProgressive,
    quality: libjpegQuality(tables[0]?.[1] ?? []),
    tables: tables.map(([number, steps]) => `${number}: ${steps.join(" ")}`).join("; "),
  };
}

/** The bytes of a file as a Buffer, without a copy. */
function bufferOf(file: Uint8Array): Buffer {
  return Buffer.from(file.buffer, file.byteOffset, file.length);
}

const BITS: Readonly<Record<string, string>> = { uchar: "8-bit", ushort: "16-bit" };

/**
 * What a PNG or JPEG file says of its picture, by its content and not by its name.
 *
 * @throws Error when it is neither, or its header is broken, promises more than 64 million pixels or is that of an animation.
 */
export async function imageHeader(file: Uint8Array): Promise<ImageHeader> {
  const bytes = bufferOf(file);
  const format = formatOf(bytes);
  let metadata: Metadata;
  try {
    metadata = await sharpPackage()(bytes, { ...STRICT, limitInputPixels: false }).metadata();
  } catch (error) {
    throw new Error(`its ${format.toUpperCase()} header is broken or cut off`, { cause: error });
  }
  const { width, height, orientation = 1, exif, hasProfile } = metadata;
  const header: ImageHeader = {
    format,
    width,
    height,
    orientation,
    colours: `${BITS[metadata.depth] ?? metadata.depth} ${metadata.space}`,
    ...(format === "jpeg" ? { jpeg: jpegHeader(bytes, metadata) } : {}),
    exif: exif !== undefined,
    profile: hasProfile,
  };
  checkSize(bytes, header);
  return header;
}

/** What codecs say of a file that ends too early. */
const CUT_OFF = /premature end|truncated|end of (stream|file|input)|EOF|read error/i;

/**
 * The pixels of a file as they are stored, 8 bits a channel, before the picture is turned upright.
 *
 * @param header As `imageHeader` gives it.
 * @throws Error when the file is cut off or damaged.
 */
export async function decodeStored(file: Uint8Array, header: ImageHeader): Promise<Pixels> {
  const decoded = sharpPackage()(bufferOf(file), STRICT)
    .toColourspace("srgb")
    .ensureAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { data, info } = await decoded.catch((error: unknown) => {
    const said = (error as Error).message.split("\n")[0]!;
    const what = CUT_OFF.test(said) ? "the file is cut off" : "the file is damaged";
    throw new Error(`${what} (${said})`, { cause: error });
  });
  if (info.width !== header.width || info.height !== header.height || info.channels !== 4)
    throw new Error(
      `its header promises ${header.width} x ${header.height} pixels, but it holds ${info.width} x ${info.height}`,
    );
  return {
    width: info.width,
    height: info.height,
    rgba: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
  };
}

/**
 * Decodes a PNG or JPEG file, and turns the picture upright. 16 bits become 8, palettes, greys and CMYK become red, green and
 * blue; a colour profile is not applied, since that would change what cameras and generators left in the pixels.
 *
 * A PNG is checked by its sums. A JPEG has none: where damage within its coded data happens to be valid code, other pixels come
 * out, which nobody can tell from the file.
 *
 * @throws Error when it is neither, animated, too large, cut off or damaged.
 */
export async function decodeImage(file: Uint8Array): Promise<Pixels> {
  const header = await imageHeader(file);
  return upright(await decodeStored(file, header), header.orientation);
}
