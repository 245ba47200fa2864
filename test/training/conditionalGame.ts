/** A game small enough to play in milliseconds, whose networks are told a class: 2 x 2 images with labels 0 to 2. */
import {
  type Batch,
  createRandom,
  type Game,
  layers,
  nonSaturating,
  type RandomStream,
  tf,
} from "gan-lib";

const CLASSES = 3;

/** From samples [N, ...inputShape] and labels to [N, ...outputShape], with or without batch normalisation between. */
function network(
  inputShape: number[],
  outputShape: number[],
  normalized: boolean,
  random: RandomStream,
): tf.LayersModel {
  const dense = (units: number, useBias = true): tf.layers.Layer =>
    tf.layers.dense({
      units,
      useBias,
      kernelInitializer: tf.initializers.glorotNormal({ seed: random.seed() }),
    });
  const [x, labels] = [tf.input({ shape: inputShape }), tf.input({ shape: [1], dtype: "int32" })];
  const flat = tf.layers
    .reshape({ targetShape: [tf.util.sizeFromShape(inputShape)] })
    .apply(x) as tf.SymbolicTensor;
  const code = layers
    .embedding({ classes: CLASSES, units: 2, seed: random.seed() })
    .apply(labels) as tf.SymbolicTensor;
  // Batch normalisation takes a bias away again; its gradient is nothing but rounding.
  const hidden = [
    dense(8, !normalized),
    ...(normalized ? [layers.batchNormalization()] : []),
    tf.layers.reLU(),
  ];
  const stack = [
    ...hidden,
    dense(tf.util.sizeFromShape(outputShape)),
    tf.layers.reshape({ targetShape: outputShape }),
  ];
  const joined = tf.layers.concatenate().apply([flat, code]) as tf.SymbolicTensor;
  return tf.model({
    inputs: [x, labels],
    outputs: stack.reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, joined),
  });
}

/** Fresh networks and optimizers, always the same: batch normalisation in the generator, as in the first layers of DCGAN's pair. */
export function conditionalGame(): Game {
  const random = createRandom(1);
  return {
    generator: network([3], [2, 2, 1], true, random),
    discriminator: network([2, 2, 1], [1], false, random),
    objective: nonSaturating,
    generatorOptimizer: tf.train.adam(1e-2, 0.5),
    discriminatorOptimizer: tf.train.adam(1e-2, 0.5),
    random: random.split("latent"),
  };
}

/** An endless iterator of labelled square images: class c has pixels around c - 1, in [-1, 1]. */
export function* labelledBatches({ seed = 2, side = 2 } = {}): Generator<Required<Batch>> {
  const random = createRandom(seed);
  for (;;) {
    const labels = tf.tensor1d(
      Array.from({ length: 6 }, () => random.integer(CLASSES)),
      "int32",
    );
    const centres = tf.reshape(tf.sub(tf.cast(labels, "float32"), 1), [6, 1, 1, 1]);
    const pixels = tf.add(centres, random.normal([6, side, side, 1], 0, 0.1));
    yield { images: tf.clipByValue(pixels, -1, 1), labels };
  }
}
