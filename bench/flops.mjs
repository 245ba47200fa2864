/** The arithmetic of a workload: multiplications and additions of its matrix products and convolutions. */

/**
 * @typedef {object} CountedLayer
 * @property {number[]} kernel its shape
 * @property {number} places how many places it is applied at, for one sample
 */

/** @returns {number} floating point operations of one layer, for one sample, forwards: two for each weight and place */
export const layerFlops = ({ kernel, places }) =>
  2 * places * kernel.reduce((product, length) => product * length, 1);

const total = (layers) => layers.reduce((sum, layer) => sum + layerFlops(layer), 0);

/** Each product has two gradients as large as itself, by its kernel and by its input. */
const forward = total;
const byKernels = total;
const byInputs = (layers) => total(layers);
/** The first layer's input is data: nobody asks for the gradient by it. */
const byHiddenInputs = (layers) => total(layers.slice(1));

const trainedBy = (layers) => forward(layers) + byKernels(layers) + byHiddenInputs(layers);

/** D on real and on generated samples, then G through D. */
function inTurn(g, d, batch) {
  const discriminator = forward(g) + 2 * trainedBy(d);
  const generator = trainedBy(g) + forward(d) + byInputs(d);
  return batch * (discriminator + generator);
}

/** D sees packs; G and D(G(z)) run once for both players. */
function simultaneous(g, d, batch, packSize) {
  return batch * packSize * trainedBy(g) + batch * (2 * trainedBy(d) + byInputs(d));
}

/** The penalty's slope runs forwards and back to the images; its own gradient meets each of those products twice more. */
function critic(g, d, batch) {
  const penalty = forward(d) + byInputs(d) + byKernels(d) + byHiddenInputs(d);
  return batch * (forward(g) + 2 * trainedBy(d) + penalty);
}

/**
 * Floating point operations of one step, or undefined where products are not what takes the time.
 * @param {string} workload
 * @param {{ generator: CountedLayer[], discriminator: CountedLayer[] }} layers
 * @param {{ batch: number, packSize: number, samples: number }} sizes
 * @returns {number | undefined}
 */
export function stepFlops(workload, { generator, discriminator }, { batch, packSize, samples }) {
  if (workload === "mlp" || workload === "dcgan") return inTurn(generator, discriminator, batch);
  if (workload === "ring") return simultaneous(generator, discriminator, batch, packSize);
  if (workload === "critic") return critic(generator, discriminator, batch);
  return workload === "sampling" ? samples * forward(generator) : undefined;
}
