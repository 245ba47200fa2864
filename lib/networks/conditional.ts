/** Networks that are told a class: a second input of labels [N, 1], whole numbers from 0 to classes - 1. */
import * as tf from "../backend/tf";
import { embedding } from "../layers/Embedding";
import { projection } from "../layers/Projection";
import {
  dcganDiscriminator,
  dcganGenerator,
  type DcganDiscriminatorOptions,
  type DcganGeneratorOptions,
} from "./dcgan";

/** How many classes there are, and what else each builder of a conditional network takes. */
export interface ConditionalOptions {
  /** Default 10. */
  readonly classes?: number;
}

/** What {@link conditionalGenerator} takes. */
export interface ConditionalGeneratorOptions extends ConditionalOptions, DcganGeneratorOptions {
  /** The length of a class's vector. Default 16. */
  readonly embeddingDim?: number;
}

/** What {@link conditionalDiscriminator} and {@link projectionDiscriminator} take. */
export interface ConditionalDiscriminatorOptions
  extends ConditionalOptions, DcganDiscriminatorOptions {}

function labelInput(): tf.SymbolicTensor {
  return tf.input({ shape: [1], dtype: "int32" });
}

/**
 * DCGAN's generator, told the class (Mirza and Osindero, arXiv 1411.1784, section 3.2): the label's embedding is
 * concatenated to z.
 *
 * @returns A model from [z [N, latentDim], labels [N, 1]] to [N, height, width, channels] in [-1, 1].
 * @throws RangeError for sides that do not halve down to at most 7 pixels.
 */
export function conditionalGenerator({
  classes = 10,
  embeddingDim = 16,
  latentDim = 100,
  random,
  ...dcgan
}: ConditionalGeneratorOptions): tf.LayersModel {
  const z = tf.input({ shape: [latentDim] });
  const labels = labelInput();
  const code = embedding({ classes, units: embeddingDim, seed: random.seed() }).apply(
    labels,
  ) as tf.SymbolicTensor; // [N, embeddingDim]
  const joined = tf.layers.concatenate().apply([z, code]);
  const network = dcganGenerator({ ...dcgan, latentDim: latentDim + embeddingDim, random });
  return tf.model({
    name: "conditionalGenerator",
    inputs: [z, labels],
    outputs: network.apply(joined) as tf.SymbolicTensor,
  });
}

/**
 * DCGAN's discriminator, told the class: the label's embedding, as large as an image, is concatenated as one more channel.
 *
 * @returns A model from [x [N, height, width, channels], labels [N, 1]] to logits [N, 1].
 * @throws RangeError for sides that do not halve down to at most 7 pixels.
 */
export function conditionalDiscriminator({
  classes = 10,
  imageShape = [28, 28, 1],
  random,
  ...dcgan
}: ConditionalDiscriminatorOptions): tf.LayersModel {
  const [height, width, channels] = imageShape;
  const images = tf.input({ shape: [...imageShape] });
  const labels = labelInput();
  const code = embedding({ classes, units: height * width, seed: random.seed() }).apply(labels);
  const plane = tf.layers
    .reshape({ targetShape: [height, width, 1] })
    .apply(code) as tf.SymbolicTensor;
  const joined = tf.layers.concatenate().apply([images, plane]); // [N, height, width, channels + 1]
  const network = dcganDiscriminator({
    ...dcgan,
    imageShape: [height, width, channels + 1],
    random,
  });
  return tf.model({
    name: "conditionalDiscriminator",
    inputs: [images, labels],
    outputs: network.apply(joined) as tf.SymbolicTensor,
  });
}

/**
 * DCGAN's discriminator with a projection (Miyato and Koyama, arXiv 1802.05637, eq. 3): logit = psi(phi(x)) + <V_y, phi(x)>,
 * where phi are the last features, psi is the last dense layer and V_y the class's vector. The paper sums phi over the
 * places of the image and normalises V spectrally; here phi is flattened, and V is as it is.
 *
 * @returns A model from [x [N, height, width, channels], labels [N, 1]] to logits [N, 1].
 * @throws RangeError for sides that do not halve down to at most 7 pixels.
 */
export function projectionDiscriminator({
  classes = 10,
  random,
  ...dcgan
}: ConditionalDiscriminatorOptions): tf.LayersModel {
  const trunk = dcganDiscriminator({ ...dcgan, random });
  const labels = labelInput();
  const features = (trunk.layers[trunk.layers.length - 2] as tf.layers.Layer)
    .output as tf.SymbolicTensor; // phi: [N, features]
  const units = features.shape[1] as number;
  const agreement = projection({ classes, units, seed: random.seed() }).apply([
    features,
    labels,
  ]) as tf.SymbolicTensor; // <V_y, phi>: [N, 1]
  const logits = tf.layers.add().apply([trunk.outputs[0] as tf.SymbolicTensor, agreement]);
  return tf.model({
    name: "projectionDiscriminator",
    inputs: [trunk.inputs[0] as tf.SymbolicTensor, labels],
    outputs: logits as tf.SymbolicTensor,
  });
}
