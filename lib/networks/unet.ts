/** The generator of pix2pix (Isola et al., arXiv 1611.07004, section 3.2.1 and appendix 6.1.1), for images of any size that halves well. */
import * as tf from "../backend/tf";
import { requireCount } from "../backend/require";
import { activation } from "../layers/Activation";
import { dropout as dropoutLayer } from "../layers/Dropout";
import { leakyReLU } from "../layers/LeakyReLU";
import type { RandomStream } from "../ops/random";
import {
  halvingsOf,
  normalizing,
  normalWeights,
  through,
  type ImageNormalization,
} from "./imageBlocks";

/** What {@link unetGenerator} takes. */
export interface UnetOptions {
  /** Height, width and channels of the input. Default [32, 32, 3]. */
  readonly imageShape?: readonly [number, number, number];
  /** Channels of the output. Default: those of the input. */
  readonly outputChannels?: number;
  /** Channels of the layers next to the images; each further one has twice as many, up to 8 times. Default 64. */
  readonly filters?: number;
  /** How often the image is halved, at least 2. Default: as often as its sides allow, at most 8 times. */
  readonly depth?: number;
  /** Whether each layer of the encoder is joined to its counterpart in the decoder; without, it is the paper's encoder-decoder. Default true. */
  readonly skips?: boolean;
  /** Default "batch". */
  readonly normalization?: ImageNormalization;
  /** The rate of the dropout in the first three layers of the decoder, in [0, 1); 0 leaves it out. Default 0.5. */
  readonly dropout?: number;
  /** Where the initial weights come from: N(0, 0.02), as in the paper. */
  readonly random: RandomStream;
  /** What dropout draws from: keep it in checkpoints. Default: `random.split("dropout")`. */
  readonly noise?: RandomStream;
}

const KERNEL_SIZE = 4;
const MOST_HALVINGS = 8;
/** Maps have at most so many times the channels of the first. */
const MOST_WIDENING = 8;
const LAYERS_WITH_DROPOUT = 3;

/** @throws RangeError when the image cannot be halved so often, or not twice. */
function depthOf(
  imageShape: readonly [number, number, number],
  depth = Math.min(halvingsOf(imageShape), MOST_HALVINGS),
): number {
  requireCount("unetGenerator: depth", depth, Math.min(depth, 2));
  const [height, width] = imageShape;
  if (depth < 2 || depth > halvingsOf(imageShape))
    throw new RangeError(
      `unetGenerator: images of ${height} x ${width} can be halved ${halvingsOf(imageShape)} times, and ${Math.max(depth, 2)} are wanted; ` +
        "give sides such as 16, 32, 64, 128 or 256, or another depth.",
    );
  return depth;
}

type Convolution = (
  filters: number,
  useBias: boolean,
) => NonNullable<Parameters<typeof tf.layers.conv2d>[0]>;

/** C and CD of the paper: 4 x 4, stride 2. */
function convolution(random: RandomStream): Convolution {
  return (filters, useBias) => ({
    filters,
    kernelSize: KERNEL_SIZE,
    strides: 2,
    padding: "same",
    useBias,
    kernelInitializer: normalWeights(random),
  });
}

/** The maps of the encoder, from the largest to the bottleneck. The first and the last are not normalised. */
function encode(
  images: tf.SymbolicTensor,
  widths: readonly number[],
  normalization: ImageNormalization,
  options: Convolution,
): tf.SymbolicTensor[] {
  const maps: tf.SymbolicTensor[] = [];
  widths.forEach((filters, level) => {
    const normalized = level === 0 || level === widths.length - 1 ? "none" : normalization;
    const layers = [
      ...(level === 0 ? [] : [leakyReLU()]),
      tf.layers.conv2d(options(filters, normalized === "none")),
      ...normalizing(normalized),
    ];
    maps.push(through(maps[level - 1] ?? images, layers));
  });
  return maps;
}

/**
 * The U-Net of pix2pix: an encoder that halves the image down to a bottleneck (4 x 4 convolutions of stride 2, LeakyReLU
 * 0.2), and a decoder that doubles it again (transposed ones, ReLU), each of whose layers also sees the encoder's map of
 * its size; tanh at the end. For 32 x 32 images and 64 filters: C64-C128-C256-C512-C512, then CD512-CD256-CD128-C64. Its only
 * noise is dropout, which stays on when it is used. The layer at the bottleneck is not normalised, as in the paper's code:
 * at 1 x 1 pixel an instance norm would leave nothing.
 *
 * @returns A model from [N, height, width, channels] to [N, height, width, outputChannels] in [-1, 1].
 * @throws RangeError for sides that cannot be halved `depth` times, or a depth below 2.
 */
export function unetGenerator({
  imageShape = [32, 32, 3],
  outputChannels = imageShape[2],
  filters = 64,
  depth: givenDepth,
  skips = true,
  normalization = "batch",
  dropout = 0.5,
  random,
  noise = random.split("dropout"),
}: UnetOptions): tf.LayersModel {
  const depth = depthOf(imageShape, givenDepth);
  const widths = Array.from(
    { length: depth },
    (_, level) => filters * Math.min(2 ** level, MOST_WIDENING),
  );
  const options = convolution(random);
  const images = tf.input({ shape: [...imageShape] });
  const encoded = encode(images, widths, normalization, options);
  let maps = encoded[depth - 1]!;
  for (let level = depth - 2; level >= 0; level--) {
    const place = depth - 1 - level; // of the decoder's layers, from 1
    maps = through(maps, [
      tf.layers.reLU(),
      tf.layers.conv2dTranspose(options(widths[level]!, normalization === "none")),
      ...normalizing(normalization),
      ...(dropout > 0 && place <= LAYERS_WITH_DROPOUT
        ? [dropoutLayer({ name: `dropout${place}`, rate: dropout, random: noise })]
        : []),
    ]);
    if (skips) maps = tf.layers.concatenate().apply([maps, encoded[level]!]) as tf.SymbolicTensor;
  }
  const outputs = through(maps, [
    tf.layers.reLU(),
    tf.layers.conv2dTranspose(options(outputChannels, true)),
    activation("tanh"),
  ]);
  return tf.model({ name: skips ? "unet" : "encoderDecoder", inputs: images, outputs });
}
