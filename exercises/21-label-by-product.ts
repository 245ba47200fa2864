/** The check of lesson 21's fourth exercise: a generator whose label enters by a product. */
import {
  createRandom,
  largestDifference,
  tf,
  type ExerciseCheck,
  type RandomStream,
} from "gan-lib";

/** Exercise 4's answer: latent vectors [N, 100] and labels [N] to images [N, 28, 28, 1]. */
export type MakeConditional = (filters: number, random: RandomStream) => tf.LayersModel;

const CLASSES = 10;
const LATENT = 100;
/** Few channels: where the label enters is what is looked at. */
const FILTERS = 2;
/** Untrained networks hardly answer to noise of size 1. */
const LOUD = 100;

/** The images of a batch of noise, all with one label. */
function imagesOf(model: tf.LayersModel, z: tf.Tensor2D, label: number): tf.Tensor {
  const labels = tf.fill([z.shape[0]], label, "int32");
  return model.predict([z, labels]) as tf.Tensor;
}

/** How far two batches of images are apart, as a share of the largest pixel of the first. */
function apart(images: tf.Tensor, others: tf.Tensor): number {
  const largest = tf.max(tf.abs(images)).dataSync()[0] ?? NaN;
  return largestDifference(images, others) / largest;
}

/** The weights that hold a vector of 100 numbers for each class. */
const tablesOf = (model: tf.LayersModel): tf.LayerVariable[] =>
  model.trainableWeights.filter(({ shape }) => shape.join() === `${CLASSES},${LATENT}`);

/** Which product: row 3 of the table becomes a known vector, all others ones. */
function checkProduct(model: tf.LayersModel, table: tf.LayerVariable): ExerciseCheck {
  const random = createRandom(4);
  const z = tf.mul<tf.Tensor2D>(random.normal([4, LATENT]), LOUD);
  const vector = random.uniform([1, LATENT], 0.5, 2);
  const ones = tf.ones([CLASSES, LATENT]);
  const isThree = tf.reshape(tf.oneHot(3, CLASSES), [CLASSES, 1]);
  table.write(tf.where(tf.cast(isThree, "bool"), tf.mul(ones, vector), ones));
  const [byLabel, byHand] = [imagesOf(model, z, 3), imagesOf(model, tf.mul(z, vector), 5)];
  return {
    name: "gives the network z times the class's vector, element by element",
    pass: apart(byLabel, byHand) < 1e-3,
    hint: "With e(3) in the table, G(z, 3) must be what the network makes of z ⊙ e(3), and nothing else may tell it the label: tf.layers.multiply().apply([z, code]), in place of concatenate.",
  };
}

/** What it makes before any training. */
function checksOfImages(model: tf.LayersModel): ExerciseCheck[] {
  const random = createRandom(5);
  const [z, other] = [0, 1].map(() => tf.mul<tf.Tensor2D>(random.normal([2, LATENT]), LOUD));
  const images = imagesOf(model, z!, 3);
  return [
    {
      name: "another label makes another image of the same z",
      pass: apart(images, imagesOf(model, z!, 7)) > 1e-4,
      hint: "Each class has a row of its own, which starts at random numbers: embed(100, labels, random).",
    },
    {
      name: "another z makes another image of the same label",
      pass: apart(images, imagesOf(model, other!, 3)) > 1e-4,
      hint: "The label alone is not enough: z has to reach the network.",
    },
  ];
}

/** Exercise 4: a conditional generator of z ⊙ e(y), as many implementations of AC-GAN have it. */
export function checkLabelByProduct(make: MakeConditional): ExerciseCheck[] {
  const model = make(FILTERS, createRandom(1));
  const say = ({ shape }: tf.SymbolicTensor): string => JSON.stringify(shape);
  const [inputs, outputs] = [model.inputs.map(say), model.outputs.map(say)];
  const fits = inputs.join() === `[null,${LATENT}],[null,1]` && outputs.join() === "[null,28,28,1]";
  const shapes: ExerciseCheck = {
    name: "takes [z, labels], and gives images of 28 × 28 × 1",
    pass: fits,
    hint: `Wanted the inputs [null,100] and [null,1], in this order, and the output [null,28,28,1]; yours has ${inputs.join(" and ")}, and ${outputs.join(" and ")}.`,
  };
  const tables = tablesOf(model);
  const learned: ExerciseCheck = {
    name: "learns a vector of 100 numbers for each of the ten classes",
    pass: tables.length === 1,
    hint: `One trainable table of 10 × 100 weights is wanted; yours has ${tables.length}.`,
  };
  const checks = tf.tidy(() => [
    shapes,
    learned,
    ...(fits ? checksOfImages(model) : []),
    ...(fits && tables[0] !== undefined ? [checkProduct(model, tables[0])] : []),
  ]);
  model.dispose();
  return checks;
}
