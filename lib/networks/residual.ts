/** The residual generator of CycleGAN (Zhu et al., arXiv 1703.10593, appendix 7.2), after Johnson et al., arXiv 1603.08155. */
import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import { activation } from "../layers/Activation";
import { reflectionPad2d } from "../layers/ReflectionPad2D";
import { scaledAdd } from "../layers/ScaledAdd";
import type { RandomStream } from "../ops/random";
import {
  halvingsOf,
  normalizing,
  normalWeights,
  through,
  type ImageNormalization,
} from "./imageBlocks";

/** What the builders of residual generators share. */
export interface ResidualOptions {
  /** Height, width and channels of the input; both sides divide by 4. Default [32, 32, 3]. */
  readonly imageShape?: readonly [number, number, number];
  /** Channels of the output. Default: those of the input. */
  readonly outputChannels?: number;
  /** Channels of the layers next to the images; twice and four times as many within. Default 64. */
  readonly filters?: number;
  /** Residual blocks. Default, as in the paper: 6 for images of at most 128 pixels a side, else 9. */
  readonly blocks?: number;
  /** Default "instance". */
  readonly normalization?: ImageNormalization;
  /** How maps grow: a transposed convolution as in the paper, or a nearest-neighbour resize and a convolution. Default "transposed". */
  readonly upsampling?: "transposed" | "resize";
  /** Where the initial weights come from: N(0, 0.02), as in the paper. */
  readonly random: RandomStream;
}

/** What {@link residualGenerator} takes. */
export interface ResidualGeneratorOptions extends ResidualOptions {
  /** What the input is multiplied by and added to the output before its tanh. With 2 the untrained network nearly copies, with
   * -2 it gives the negative. Default 0, as in the paper. */
  readonly inputSkip?: number;
}

/** The parts of a network with every default filled in. */
export type ResidualParts = Required<
  Pick<ResidualOptions, "filters" | "normalization" | "upsampling" | "random">
>;

const LARGEST_FOR_SIX_BLOCKS = 128;
const HALVINGS = 2;

/** @throws RangeError for images whose sides do not divide by 4. */
export function requireQuarters(name: string, imageShape: readonly [number, number, number]): void {
  if (halvingsOf(imageShape) >= HALVINGS) return;
  throw new RangeError(
    `${name}: the sides of images must divide by 4, got ${imageShape[0]} x ${imageShape[1]}; give sides such as 28, 32, 64 or 128.`,
  );
}

/** A convolution of stride 1 with a reflected frame, which leaves the size as it is. */
function reflected(
  filters: number,
  kernelSize: number,
  useBias: boolean,
  random: RandomStream,
): tf.layers.Layer[] {
  return [
    reflectionPad2d({ padding: (kernelSize - 1) / 2 }),
    tf.layers.conv2d({
      filters,
      kernelSize,
      useBias,
      kernelInitializer: normalWeights(random),
    }),
  ];
}

/** c7s1-f, d2f, d4f: from the image to maps of a quarter of its size. */
export function encoderLayers({
  filters,
  normalization,
  random,
}: ResidualParts): tf.layers.Layer[] {
  const useBias = normalization === "none";
  const end = (): tf.layers.Layer[] => [...normalizing(normalization), tf.layers.reLU()];
  const halved = [2, 4].flatMap((widening) => [
    tf.layers.conv2d({
      filters: widening * filters,
      kernelSize: 3,
      strides: 2,
      padding: "same",
      useBias,
      kernelInitializer: normalWeights(random),
    }),
    ...end(),
  ]);
  return [...reflected(filters, 7, useBias, random), ...end(), ...halved];
}

/** What a block of R4f adds to its maps: two 3 x 3 convolutions, the first with a ReLU. */
export function residue(
  maps: tf.SymbolicTensor,
  { filters, normalization, random }: ResidualParts,
): tf.SymbolicTensor {
  const convolution = (): tf.layers.Layer[] => [
    ...reflected(4 * filters, 3, normalization === "none", random),
    ...normalizing(normalization),
  ];
  return through(maps, [...convolution(), tf.layers.reLU(), ...convolution()]);
}

/** R4f, so many times. */
export function residualBlocks(
  maps: tf.SymbolicTensor,
  count: number,
  parts: ResidualParts,
): tf.SymbolicTensor {
  let sum = maps;
  for (let block = 0; block < count; block++)
    sum = tf.layers.add().apply([sum, residue(sum, parts)]) as tf.SymbolicTensor;
  return sum;
}

/** u2f, uf, c7s1 to the channels of the output, before its tanh. */
export function decoderLayers(
  channels: number,
  { filters, normalization, upsampling, random }: ResidualParts,
): tf.layers.Layer[] {
  const doubled = [2, 1].flatMap((widening) => {
    const options = {
      filters: widening * filters,
      kernelSize: 3,
      padding: "same",
      useBias: normalization === "none",
      kernelInitializer: normalWeights(random),
    } as const;
    const grown =
      upsampling === "transposed"
        ? [tf.layers.conv2dTranspose({ ...options, strides: 2 })]
        : [tf.layers.upSampling2d({ size: [2, 2] }), tf.layers.conv2d(options)];
    return [...grown, ...normalizing(normalization), tf.layers.reLU()];
  });
  return [...doubled, ...reflected(channels, 7, true, random)];
}

/**
 * CycleGAN's generator: c7s1-64, d128, d256, blocks of R256, u128, u64, c7s1-3, tanh. ck, dk and uk are convolutions with k
 * filters of stride 1, 2 and 1/2, each with normalisation and ReLU; the convolutions of stride 1 see a reflected frame. For
 * 32 x 32 images: 32 x 32 x 64 -> 8 x 8 x 256 -> 32 x 32 x 3.
 *
 * @returns A model from [N, height, width, channels] to [N, height, width, outputChannels] in [-1, 1].
 * @throws RangeError for sides that do not divide by 4, blocks that are no count, or an input skip to another number of channels.
 */
export function residualGenerator({
  imageShape = [32, 32, 3],
  outputChannels = imageShape[2],
  blocks = Math.max(imageShape[0], imageShape[1]) <= LARGEST_FOR_SIX_BLOCKS ? 6 : 9,
  inputSkip = 0,
  filters = 64,
  normalization = "instance",
  upsampling = "transposed",
  random,
}: ResidualGeneratorOptions): tf.LayersModel {
  requireQuarters("residualGenerator", imageShape);
  requireCount("residualGenerator: blocks", blocks, 0);
  if (inputSkip !== 0 && outputChannels !== imageShape[2])
    throw new RangeError(
      `residualGenerator: an input of ${imageShape[2]} channels cannot be added to an output of ${outputChannels}; leave inputSkip out.`,
    );
  const parts = { filters, normalization, upsampling, random };
  const images = tf.input({ shape: [...imageShape] });
  const encoded = through(images, encoderLayers(parts));
  const blended = residualBlocks(encoded, blocks, parts);
  const decoded = through(blended, decoderLayers(outputChannels, parts));
  const sum =
    inputSkip === 0
      ? decoded
      : (scaledAdd({ scale: inputSkip }).apply([decoded, images]) as tf.SymbolicTensor);
  const outputs = through(sum, [activation("tanh")]);
  return tf.model({ name: "residualGenerator", inputs: images, outputs });
}
