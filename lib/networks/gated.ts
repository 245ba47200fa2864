/** The networks of Gated-GAN (Chen et al., arXiv 1904.02296, section 3): many styles, one network. */
import { requireCount } from "../backend/require";
import * as tf from "../backend/tf";
import { activation } from "../layers/Activation";
import { gate } from "../layers/Gate";
import { normalWeights, through } from "./imageBlocks";
import { patchDiscriminator, type PatchDiscriminatorOptions } from "./patchDiscriminator";
import {
  decoderLayers,
  encoderLayers,
  requireQuarters,
  residualBlocks,
  residue,
  type ResidualOptions,
} from "./residual";

/** What {@link gatedGenerator} takes. */
export interface GatedGeneratorOptions extends Omit<ResidualOptions, "blocks"> {
  /** How many styles, at least 1. */
  readonly styles: number;
  /** Residual blocks after the gates, which all styles share. Default 5, as in the paper. */
  readonly blocks?: number;
}

/**
 * Gated-GAN's generator: an encoder, a block of residues of which each style has one, shared residual blocks, a decoder. With
 * the gates g the maps e become e + sum of g_i F_i(e): one gate open is a style, all closed leave e as it is, which makes the
 * network an autoencoder, and half-open gates lie between.
 *
 * @returns A model from [images [N, height, width, channels], gates [N, styles]] to [N, height, width, outputChannels] in [-1, 1].
 * @throws RangeError for counts that make no sense, and sides that do not divide by 4.
 */
export function gatedGenerator({
  styles,
  imageShape = [32, 32, 3],
  outputChannels = imageShape[2],
  blocks = 5,
  filters = 64,
  normalization = "instance",
  upsampling = "transposed",
  random,
}: GatedGeneratorOptions): tf.LayersModel {
  requireCount("gatedGenerator: styles", styles);
  requireCount("gatedGenerator: blocks", blocks, 0);
  requireQuarters("gatedGenerator", imageShape);
  const parts = { filters, normalization, upsampling, random };
  const images = tf.input({ shape: [...imageShape] });
  const gates = tf.input({ shape: [styles] });
  const encoded = through(images, encoderLayers(parts));
  const residues = Array.from({ length: styles }, (_, number) =>
    gate({ number }).apply([residue(encoded, parts), gates]),
  ) as tf.SymbolicTensor[];
  const styled = tf.layers.add().apply([encoded, ...residues]) as tf.SymbolicTensor;
  const blended = residualBlocks(styled, blocks, parts);
  const outputs = through(blended, [...decoderLayers(outputChannels, parts), activation("tanh")]);
  return tf.model({ name: "gatedGenerator", inputs: [images, gates], outputs });
}

/** What {@link styleDiscriminator} takes. */
export interface StyleDiscriminatorOptions extends Omit<
  PatchDiscriminatorOptions,
  "sourceChannels"
> {
  /** How many styles, at least 1. */
  readonly styles: number;
}

/**
 * A PatchGAN that also names the style: from its last maps, averaged over their places, a dense layer.
 *
 * @returns A model from images [N, height, width, channels] to [logits [N, rows, columns, 1], style logits [N, styles]].
 * @throws RangeError as `patchDiscriminator` does, and for styles that are no count.
 */
export function styleDiscriminator({
  styles,
  random,
  ...options
}: StyleDiscriminatorOptions): tf.LayersModel {
  requireCount("styleDiscriminator: styles", styles);
  const trunk = patchDiscriminator({ ...options, random });
  const hidden = trunk.layers.filter((layer) => layer.getClassName() === "GanLeakyReLU");
  const features = hidden[hidden.length - 1]!.output as tf.SymbolicTensor;
  const named = through(features, [
    tf.layers.globalAveragePooling2d({}),
    tf.layers.dense({ units: styles, kernelInitializer: normalWeights(random) }),
  ]);
  const inputs = trunk.inputs;
  return tf.model({
    name: "styleDiscriminator",
    inputs,
    outputs: [trunk.outputs[0]!, named],
  });
}
