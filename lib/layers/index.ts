/** Layers that tf.js lacks or gets wrong, made as those of `tf.layers` are; their classes are types. */
export { activation, type Activation, type ActivationName } from "./Activation";
export {
  batchNormalization,
  type BatchNormalization,
  type BatchNormalizationOptions,
} from "./BatchNormalization";
export {
  instanceNormalization,
  layerNormalization,
  type InstanceNormalization,
  type InstanceNormalizationOptions,
  type LayerNormalization,
  type NormalizationOptions,
} from "./ChannelNormalization";
export { dropout, type Dropout, type DropoutOptions } from "./Dropout";
export { embedding, type Embedding, type EmbeddingOptions } from "./Embedding";
export { gate, type Gate, type GateOptions } from "./Gate";
export { leakyReLU, type LeakyReLU, type LeakyReLUOptions } from "./LeakyReLU";
export { maxoutDense, type MaxoutDense, type MaxoutDenseOptions } from "./MaxoutDense";
export {
  minibatchDiscrimination,
  type MinibatchDiscrimination,
  type MinibatchDiscriminationOptions,
} from "./MinibatchDiscrimination";
export {
  minibatchStandardDeviation,
  type MinibatchStandardDeviation,
  type MinibatchStandardDeviationOptions,
} from "./MinibatchStandardDeviation";
export { projection, type Projection, type ProjectionOptions } from "./Projection";
export {
  reflectionPad2d,
  type ReflectionPad2D,
  type ReflectionPad2DOptions,
} from "./ReflectionPad2D";
export { scaledAdd, type ScaledAdd, type ScaledAddOptions } from "./ScaledAdd";
export { spectralConv2d, type SpectralConv2D, type SpectralConv2DOptions } from "./SpectralConv2D";
export { spectralDense, type SpectralDense, type SpectralDenseOptions } from "./SpectralDense";
