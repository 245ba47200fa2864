/** Discriminators that judge patches (Isola et al., pix2pix, arXiv 1611.07004, section 3.2.2 and appendix 6.1.2). */
import * as tf from "../backend/tf";
import { leakyReLU } from "../layers/LeakyReLU";
import type { RandomStream } from "../ops/random";
import { normalizing, normalWeights, through, type ImageNormalization } from "./imageBlocks";

/** How wide a patch is that one logit sees, by the number of layers of stride 2. */
const HALVINGS: ReadonlyMap<number, number> = new Map([
  [16, 1],
  [34, 2],
  [70, 3],
  [142, 4],
  [286, 5],
]);
const MOST_WIDENING = 8;

/** The side of a patch in pixels: 1 is the paper's PixelGAN, 286 its ImageGAN; 16 and 34 fit images of 32 pixels, 70 those of 64. */
export type PatchSide = 1 | 16 | 34 | 70 | 142 | 286;

/** What {@link patchDiscriminator} takes. */
export interface PatchDiscriminatorOptions {
  /** Height, width and channels of the images that are judged. Default [32, 32, 3]. */
  readonly imageShape?: readonly [number, number, number];
  /** Channels of a second input, which the images are judged beside: pix2pix's source. Default: there is none. */
  readonly sourceChannels?: number;
  /** The side of a patch, in pixels. Default 70, the paper's. */
  readonly patch?: PatchSide;
  /** Channels of the first layer; each further one has twice as many, up to 8 times. Default 64. */
  readonly filters?: number;
  /** What stands before the hidden activations, but the first. Default "batch". */
  readonly normalization?: ImageNormalization;
  /** Where the initial weights come from: N(0, 0.02), as in the paper. */
  readonly random: RandomStream;
}

/** A convolution with a frame of one pixel of zeros, as in the paper's code: of stride 1 it makes the map a pixel smaller. */
function framed(
  filters: number,
  strides: number,
  useBias: boolean,
  random: RandomStream,
): tf.layers.Layer[] {
  const kernelInitializer = normalWeights(random);
  return [
    tf.layers.zeroPadding2d({ padding: 1 }),
    tf.layers.conv2d({ filters, kernelSize: 4, strides, useBias, kernelInitializer }),
  ];
}

/** A convolution of single pixels. */
function ofPixels(filters: number, useBias: boolean, random: RandomStream): tf.layers.Layer[] {
  return [
    tf.layers.conv2d({
      filters,
      kernelSize: 1,
      useBias,
      kernelInitializer: normalWeights(random),
    }),
  ];
}

/** @throws RangeError when the patch is none of the sides, or no logit is left of such images. */
function halvingsFor(
  patch: PatchSide,
  [height, width]: readonly [number, number, number],
): number | undefined {
  if (patch === 1) return undefined;
  const count = HALVINGS.get(patch);
  if (count === undefined)
    throw new RangeError(
      `patchDiscriminator: patch must be one of 1, ${[...HALVINGS.keys()].join(", ")} pixels, got ${String(patch)}.`,
    );
  const least = 3 * 2 ** count;
  if (Math.min(height, width) < least)
    throw new RangeError(
      `patchDiscriminator: patches of ${patch} pixels need images of at least ${least} x ${least}, got ${height} x ${width}; give smaller patches.`,
    );
  return count;
}

/**
 * PatchGAN: one logit for each patch of the image, all by the same convolutions, so that it judges style and texture and
 * leaves the whole to the reconstruction loss. 4 x 4 convolutions of stride 2, then two of stride 1; LeakyReLU 0.2. For patches
 * of 70 pixels: C64-C128-C256-C512 and one logit a place, of 256 x 256 images a map of 30 x 30. For patches of one pixel:
 * convolutions of single pixels, C64-C128.
 *
 * @returns A model from images [N, height, width, channels], or from [sources, images] where `sourceChannels` is given, to logits
 *   [N, rows, columns, 1]. Objectives take their mean.
 * @throws RangeError for a patch that is none of the sides, or too large for the images.
 */
export function patchDiscriminator({
  imageShape = [32, 32, 3],
  sourceChannels,
  patch = 70,
  filters = 64,
  normalization = "batch",
  random,
}: PatchDiscriminatorOptions): tf.LayersModel {
  const halvings = halvingsFor(patch, imageShape);
  const images = tf.input({ shape: [...imageShape] });
  const [height, width] = imageShape;
  const sources =
    sourceChannels === undefined ? [] : [tf.input({ shape: [height, width, sourceChannels] })];
  const inputs = [...sources, images];
  const joined =
    inputs.length === 1 ? images : (tf.layers.concatenate().apply(inputs) as tf.SymbolicTensor);
  const strides = halvings === undefined ? [1, 1] : [...Array<number>(halvings).fill(2), 1];
  const hidden = strides.flatMap((stride, level) => {
    const width = filters * Math.min(2 ** level, MOST_WIDENING);
    const normalized = level === 0 ? "none" : normalization;
    const useBias = normalized === "none";
    return [
      ...(halvings === undefined
        ? ofPixels(width, useBias, random)
        : framed(width, stride, useBias, random)),
      ...normalizing(normalized),
      leakyReLU(),
    ];
  });
  const last = halvings === undefined ? ofPixels(1, true, random) : framed(1, 1, true, random);
  const outputs = through(joined, [...hidden, ...last]);
  return tf.model({ name: `patchDiscriminator${patch}`, inputs, outputs });
}

/**
 * The side of the patch of an image that one output of a convolutional network depends on, in pixels: from the last layer to
 * the first, r becomes (r - 1) stride + kernel. What a normalisation sees while training, the whole image or batch, does not
 * count.
 *
 * @param model Of convolutions one after the other; paddings, activations and joined inputs stand between them.
 * @throws Error for a layer whose outputs depend on other patches, such as a dense or a transposed one.
 */
export function receptiveField(model: tf.LayersModel): number {
  return [...model.layers].reverse().reduce((side, layer) => {
    const kind = layer.getClassName();
    if (/Transpose|Dense|Flatten|UpSampling|Pooling|Functional|Sequential|^Model$/.test(kind))
      throw new Error(
        `receptiveField: the layer "${layer.name}" (${kind}) of "${model.name}" is no convolution of patches.`,
      );
    const { kernelSize, strides } = layer.getConfig() as {
      kernelSize?: readonly number[];
      strides?: readonly number[];
    };
    if (kernelSize === undefined) return side;
    return (side - 1) * (strides?.[0] ?? 1) + kernelSize[0]!;
  }, 1);
}
