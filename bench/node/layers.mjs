/** The layers of a workload's networks, as ../flops.mjs counts them. */
import { networks } from "./games.mjs";

/** A transposed convolution applies its kernel at every place of its input, the others at every place of their output. */
function countedLayer(layer) {
  const { shape } = layer.getClassName() === "Conv2DTranspose" ? layer.input : layer.output;
  const kernel = layer.weights.find(({ rank, shape: sizes }) => (rank ?? sizes.length) > 1);
  return (
    kernel && {
      kernel: kernel.shape,
      places: shape.slice(1, -1).reduce((product, length) => product * length, 1),
    }
  );
}

/** @returns {Record<"generator" | "discriminator", import("../flops.mjs").CountedLayer[]>} */
export function countedLayers(workload) {
  const { generator, discriminator } = networks(workload);
  const count = (model) =>
    model?.layers.map(countedLayer).filter((layer) => layer !== undefined) ?? [];
  return { generator: count(generator), discriminator: count(discriminator) };
}
