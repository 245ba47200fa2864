/** What a run is held to, so that it goes wrong at once or not at all. */
import * as tf from "../backend/tf";
import { takesLabels, type Batch, type Game } from "./game";

/** Images are in [-1, 1]; so far beyond, rounding cannot take them. */
const LARGEST_PIXEL = 1.001;
/** Of a batch's pixels every so many are looked at, others at each step: what is not finite shows in the losses anyway. */
const STRIDE = 8;

const bitsOfLargest = new Uint32Array(Float32Array.of(LARGEST_PIXEL).buffer)[0] as number;
const WITHOUT_SIGN = 0x7fffffff;

/**
 * The first of a list's numbers that is not finite or outside [-1, 1]: the bits of a float without its sign are in the
 * order of its size, and infinity and NaN come last.
 */
function strangePixel(pixels: Float32Array, from: number, stride: number): number | undefined {
  const bits = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length);
  for (let i = from; i < bits.length; i += stride)
    if (((bits[i] as number) & WITHOUT_SIGN) > bitsOfLargest) return pixels[i];
  return undefined;
}

/** Where the next look at a tensor begins, and how many there were: one that is given again and again is read but eight times. */
const looks = new WeakMap<tf.Tensor, { readonly from: number; readonly taken: number }>();

/** @throws RangeError for images, [N, height, width, channels], with pixels outside [-1, 1]. Points of mixtures are no images. */
export function requireImages(images: tf.Tensor, where: string, step: number): void {
  if (images.rank !== 4 || images.dtype !== "float32") return;
  const { from, taken } = looks.get(images) ?? { from: step % STRIDE, taken: 0 };
  if (taken === STRIDE) return;
  looks.set(images, { from: (from + 1) % STRIDE, taken: taken + 1 });
  const strange = strangePixel(images.dataSync<"float32">(), from, STRIDE);
  if (strange !== undefined)
    throw new RangeError(
      `${where}: the batch has a pixel of ${strange}; images are in [-1, 1]. Scale them: 2 * value / 255 - 1 for bytes.`,
    );
}

const classCounts = new WeakMap<tf.LayersModel, number>();

/** How many classes a network's labels have, as its embeddings say; infinitely many where none does. */
function classesOf(model: tf.LayersModel): number {
  const known = classCounts.get(model);
  if (known !== undefined) return known;
  const counts = model.layers.map((layer) => {
    const { classes, inputDim } = layer.getConfig();
    return [classes, inputDim].find((count) => typeof count === "number") ?? Infinity;
  });
  const count = Math.min(...counts);
  classCounts.set(model, count);
  return count;
}

/** @throws Error for labels that are missing, too few, one-hot, or no class. */
function requireLabels({ images, labels }: Batch, models: tf.LayersModel[], where: string): void {
  const [model] = models;
  if (model === undefined) return;
  if (labels === undefined)
    throw new Error(
      `${where}: the network "${model.name}" takes class labels, and there are none: pass batches with labels.`,
    );
  requireClasses(labels, {
    count: images.shape[0],
    classes: Math.min(...models.map(classesOf)),
    where,
  });
}

/** @throws Error for labels that are too few or one-hot; RangeError for those that are no class. */
export function requireClasses(
  labels: tf.Tensor,
  {
    count,
    classes,
    where,
  }: { readonly count: number; readonly classes: number; readonly where: string },
): void {
  const column = labels.rank === 2 && labels.shape[1] === 1;
  if ((labels.rank !== 1 && !column) || labels.shape[0] !== count)
    throw new Error(
      `${where}: labels must be [${count}], a class for each image, got [${labels.shape.join(", ")}]. Of one-hot labels take tf.argMax(labels, 1).`,
    );
  const isClass = (label: number): boolean =>
    Number.isInteger(label) && label >= 0 && label < classes;
  const stranger = Array.from(labels.dataSync()).find((label) => !isClass(label));
  if (stranger !== undefined)
    throw new RangeError(
      `${where}: labels must be whole numbers from 0 to ${classes - 1}, got ${stranger}; give as many classes as the labels have.`,
    );
}

/** @throws RangeError for images outside [-1, 1] or labels that are no class; Error for labels that are missing or one-hot. */
export function requireBatch(
  { generator, discriminator }: Game,
  batch: Batch,
  { where, step }: { readonly where: string; readonly step: number },
): void {
  requireImages(batch.images, where, step);
  requireLabels(batch, [generator, discriminator].filter(takesLabels), where);
}

/** @throws Error for a discriminator that ends in a sigmoid, where logits are wanted. */
export function requireLogits({ discriminator }: Game): void {
  const last = discriminator.layers[discriminator.layers.length - 1];
  const { activation } = last?.getConfig() ?? {};
  if (activation === "sigmoid" || activation === "softmax")
    throw new Error(
      `The discriminator "${discriminator.name}" ends in a ${activation}, and objectives take logits: leave its last activation out.`,
    );
}

/** What each optimizer moves, in the order of its moments. */
const owned = new WeakMap<tf.Optimizer, { readonly model: string; readonly ids: string }>();

/**
 * To be called before an optimizer moves a network's weights: tf.js keeps moments by their place in the list of weights, so
 * that with another list each weight would get another's.
 *
 * @throws Error when the optimizer has moved other weights before, or is one that tf.js gets wrong.
 */
export function requireOwn(
  optimizer: tf.Optimizer,
  model: { readonly name: string },
  variables: readonly tf.Variable[],
): void {
  const kind = optimizer.getClassName();
  if (kind === "SGD") return; // keeps nothing
  if (kind === "RMSProp" && optimizer.getConfig()["centered"] === true)
    throw new Error(
      "tf.js's centred RMSProp takes the root of numbers that rounding makes negative, which gives NaN: leave `centered` out.",
    );
  const ids = variables.map(({ id }) => id).join();
  const before = owned.get(optimizer);
  if (before !== undefined && before.ids !== ids)
    throw new Error(
      before.model === model.name && overlap(before.ids, ids)
        ? `The ${kind} optimizer of "${model.name}" has moved ${before.ids.split(",").length} weights so far, and now there are ${variables.length}: layers were frozen or thawed. Its moments belong to the former; make a new optimizer.`
        : `The ${kind} optimizer that is to move "${model.name}" has moved another network, "${before.model}", and keeps its moments: make an optimizer for each network, and for each run.`,
    );
  owned.set(optimizer, { model: model.name, ids });
}

function overlap(a: string, b: string): boolean {
  const before = new Set(a.split(","));
  return b.split(",").some((id) => before.has(id));
}
