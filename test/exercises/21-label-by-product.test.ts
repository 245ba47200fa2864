import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { MakeConditional } from "gan-exercises";
import { dcganGenerator, layers, ready, tf, type RandomStream } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

const PRODUCT = "gives the network z times the class's vector, element by element";

type Symbols = tf.SymbolicTensor[];

const labelInput = (): tf.SymbolicTensor => tf.input({ shape: [1], dtype: "int32" });
const embed = (units: number, labels: tf.SymbolicTensor, random: RandomStream): tf.SymbolicTensor =>
  layers.embedding({ classes: 10, units, seed: random.seed() }).apply(labels) as tf.SymbolicTensor;

/** A generator whose latent vector and class vector are joined by a layer. */
const joinedBy =
  (join: () => tf.layers.Layer, latentDim = 100): MakeConditional =>
  (filters, random) => {
    const [z, labels] = [tf.input({ shape: [100] }), labelInput()];
    const joined = join().apply([z, embed(100, labels, random)]);
    const images = dcganGenerator({ latentDim, filters, random }).apply(joined);
    return tf.model({ inputs: [z, labels], outputs: images as tf.SymbolicTensor });
  };
const right = joinedBy(() => tf.layers.multiply());

test("a label by product: the right answer passes", async () => {
  await passes("21-4", right);
});

test("a label by product: other ways to join are told", async () => {
  assert.deepEqual(
    await failedOf(
      "21-4",
      joinedBy(() => tf.layers.concatenate(), 200),
    ),
    [PRODUCT],
  );
  assert.deepEqual(
    await failedOf(
      "21-4",
      joinedBy(() => tf.layers.add()),
    ),
    [PRODUCT],
  );
});

test("a label by product: inputs in the other order, and a plain generator, are told by their shapes", async () => {
  const swapped = await failedOf("21-4", (filters, random) => {
    const model = right(filters, random);
    const [z, labels] = model.inputs;
    return tf.model({ inputs: [labels!, z!], outputs: model.outputs });
  });
  assert.deepEqual(swapped, ["takes [z, labels], and gives images of 28 × 28 × 1"]);
  const plain = await failedOf("21-4", (filters, random) => dcganGenerator({ filters, random }));
  assert.equal(plain.length, 2);
});

test("a label by product: an answer that never looks at z is told", async () => {
  const deaf = await failedOf("21-4", (filters, random) => {
    const [z, labels] = [tf.input({ shape: [100] }), labelInput()];
    const zeros = tf.layers.dense({ units: 100, kernelInitializer: "zeros", trainable: false });
    const code = tf.layers.add().apply([zeros.apply(z), embed(100, labels, random)] as Symbols);
    const images = dcganGenerator({ filters, random }).apply(code);
    return tf.model({ inputs: [z, labels], outputs: images as tf.SymbolicTensor });
  });
  assert.deepEqual(deaf, ["another z makes another image of the same label", PRODUCT]);
});
