/** A run that goes wrong ends at that step, by name; what cannot go well is refused before it begins. */
import assert from "node:assert/strict";
import { before, mock, test } from "node:test";
import {
  liveTraining,
  ready,
  RunError,
  simultaneous,
  tf,
  trainSteps,
  updateDiscriminator,
  updateGenerator,
  type Batch,
  type Game,
} from "gan-lib";
import { captureKernel, textOf } from "../lesson/capture";
import { conditionalGame, labelledBatches } from "./conditionalGame";
import { tinyBatches, tinyGame } from "./tinyGame";

before(ready);

/** Batches of which the one of step 7 is another. */
function* spoiled(batches: Iterator<Batch>, spoil: (batch: Batch) => Batch): Generator<Batch> {
  for (let step = 1; ; step++) {
    const batch = batches.next().value as Batch;
    yield step === 7 ? spoil(batch) : batch;
  }
}

function* always(batch: Batch): Generator<Batch> {
  for (;;) yield batch;
}

/** Plays until the run ends; returns the last step that was given, and the error. */
function endOf(game: Game, batches: Iterator<Batch>, steps = 12): { last: number; error?: Error } {
  let last = 0;
  try {
    for (const { step } of trainSteps(game, batches, { steps })) last = step;
    return { last };
  } catch (error) {
    return { last, error: error as Error };
  }
}

const withPixel =
  (value: number) =>
  (batch: Batch): Batch => ({
    ...batch,
    images: tf.add(batch.images, tf.tensor4d([value, ...Array<number>(15).fill(0)], [4, 2, 2, 1])),
  });
const withLabels =
  (change: (labels: tf.Tensor) => tf.Tensor) =>
  (batch: Batch): Batch => ({
    images: batch.images,
    labels: change(batch.labels as tf.Tensor),
  });

const cases: [what: string, end: () => ReturnType<typeof endOf>, message: RegExp][] = [
  [
    "a pixel that is NaN",
    () => endOf(tinyGame(), spoiled(tinyBatches(), withPixel(NaN))),
    /step 7.* (pixel of NaN|batch itself holds)/,
  ],
  [
    "an infinite pixel",
    () => endOf(tinyGame(), spoiled(tinyBatches(), withPixel(Infinity))),
    /step 7.* (pixel of Infinity|batch itself holds)/,
  ],
  [
    "images in 0 … 255",
    () =>
      endOf(
        tinyGame(),
        spoiled(tinyBatches(), (batch) => ({ images: tf.mul(batch.images, 255) })),
      ),
    /step 7: the batch has a pixel of -?\d+.* images are in \[-1, 1\]/,
  ],
  [
    "a label that is no class",
    () =>
      endOf(
        conditionalGame(),
        spoiled(
          labelledBatches(),
          withLabels((labels) => tf.add(labels, 10)),
        ),
      ),
    /step 7: labels must be whole numbers from 0 to \d, got 1\d/,
  ],
  [
    "one-hot labels",
    () =>
      endOf(
        conditionalGame(),
        spoiled(
          labelledBatches(),
          withLabels((labels) => tf.oneHot(tf.cast(labels, "int32"), 3)),
        ),
      ),
    /step 7: labels must be \[6\], a class for each image, got \[6, 3\].*argMax/,
  ],
  [
    "labels that are missing",
    () =>
      endOf(
        conditionalGame(),
        spoiled(labelledBatches(), ({ images }) => ({ images })),
      ),
    /step 7: .* takes class labels, and there are none/,
  ],
];
for (const [what, end, message] of cases) {
  test(`${what} ends the run at its step`, () => {
    const { last, error } = end();
    assert.equal(last, 6);
    assert.match(error?.message ?? "none", message);
    assert.equal(tf.engine().state.scopeStack.length, 0);
  });
}

test("weights or a rate that are not finite end the run, naming step, quantity and what to do", () => {
  const rates = { ...tinyGame(), generatorOptimizer: tf.train.sgd(NaN) };
  const { last, error } = endOf(rates, tinyBatches());
  assert.equal(last, 1); // the step that measured before the first update
  assert.ok(error instanceof RunError);
  assert.equal(error.step, 2);
  assert.match(error.message, /at step 2, \w+ is NaN.*lower the learning rates.*last checkpoint/);
  const exploding = { ...tinyGame(), discriminatorOptimizer: tf.train.sgd(1e30) };
  assert.ok(endOf(exploding, tinyBatches(), 60).error instanceof RunError);
});

test("of a batch that is given again and again each pixel is looked at within eight steps, and then none", () => {
  for (let place = 0; place < 16; place++) {
    const pixels = Array.from({ length: 16 }, (_, i) => (i === place ? 3 : 0));
    const images = tf.tensor4d(pixels, [4, 2, 2, 1]);
    const end = endOf(tinyGame(), always({ images }));
    assert.ok(end.last < 8, `pixel ${place}: ${end.last} steps`);
    assert.match(end.error?.message ?? "none", /a pixel of 3;/);
  }
  const images = tf.zeros([4, 2, 2, 1]);
  const read = mock.method(images, "dataSync");
  assert.equal(endOf(tinyGame(), always({ images }), 20).last, 20);
  assert.equal(read.mock.callCount(), 8);
});

test("points beyond 1 are no images", () => {
  const points = always({ images: tf.fill([4, 3], 7) });
  const dense = (units: number): tf.LayersModel =>
    tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [3] })] });
  const game = { ...tinyGame(), generator: dense(3), discriminator: dense(1) };
  assert.equal(endOf(game, points, 3).last, 3);
});

test("the live view says that the run was ended", async (t) => {
  const published = captureKernel(t);
  const live = liveTraining({ steps: 12 });
  const run = async (): Promise<void> => {
    const batches = spoiled(tinyBatches(), withPixel(NaN));
    for (const step of trainSteps(tinyGame(), batches, { steps: 12 })) await live.update(step);
  };
  await assert.rejects(run, /step 7/);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.ok(
    published.map(textOf).some((text) => /stopped.*6 of 12.*step 7|6 of 12.*step 7/s.test(text)),
  );
});

test("an optimizer of another network is refused, and SGD, which keeps nothing, is not", () => {
  const batch = (): Batch => tinyBatches().next().value as Batch;
  const shared = tf.train.adam(0.01);
  const game = { ...tinyGame(), generatorOptimizer: shared, discriminatorOptimizer: shared };
  assert.throws(
    () => trainSteps(game, tinyBatches(), { steps: 1 }).next(),
    /has moved another network.*make an optimizer for each network/,
  );
  const earlier = tinyGame();
  updateGenerator(earlier, batch());
  assert.throws(
    () =>
      updateGenerator({ ...tinyGame(), generatorOptimizer: earlier.generatorOptimizer }, batch()),
    /another network/,
  );
  const sgd = tf.train.sgd(0.01);
  simultaneous({ ...tinyGame(), generatorOptimizer: sgd, discriminatorOptimizer: sgd }).take([
    batch(),
  ]);
});

test("a discriminator that ends in a sigmoid, and centred RMSProp, are refused", () => {
  const layers = [
    tf.layers.flatten({ inputShape: [2, 2, 1] }),
    tf.layers.dense({ units: 1, activation: "sigmoid" }),
  ];
  const unsure = { ...tinyGame(), discriminator: tf.sequential({ name: "D", layers }) };
  assert.throws(() => simultaneous(unsure), /"D" ends in a sigmoid, and objectives take logits/);
  const centred = {
    ...tinyGame(),
    discriminatorOptimizer: tf.train.rmsprop(0.01, 0.9, 0, 1e-7, true),
  };
  assert.throws(
    () => updateDiscriminator(centred, tinyBatches().next().value as Batch),
    /centred RMSProp/,
  );
});
