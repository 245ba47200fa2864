/** The regularizers and the constraint: values, their places in a step, and what they refuse. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as gan from "gan-lib";
import {
  createRandom,
  gradientPenalty,
  r1,
  ready,
  tf,
  updateDiscriminator,
  weightClipping,
} from "gan-lib";
import { normalValues } from "../ops/samples";
import { tinyBatches, tinyGame } from "../training/tinyGame";

before(ready);

const context = (discriminate: (x: tf.Tensor) => tf.Tensor, real = normalValues([3, 2])) => ({
  discriminate,
  real,
  fake: normalValues(real.shape, 9),
  random: createRandom(1),
});
const value = (scalar: tf.Scalar): number => scalar.dataSync()[0]!;

/** A linear critic with slope (3, 4), of length 5. */
const linear = (x: tf.Tensor): tf.Tensor => tf.matMul(x, tf.tensor2d([[3], [4]]));

test("gradientPenalty and r1 of a linear critic, by hand", () => {
  assert.ok(Math.abs(value(gradientPenalty({ weight: 2 })(context(linear))) - 2 * 16) < 1e-3);
  assert.ok(Math.abs(value(r1({ weight: 2 })(context(linear))) - 25) < 1e-3);
});

test("gradientPenalty looks between each real and its generated sample, at a place of its own", () => {
  let seen: number[] = [];
  const watched = (x: tf.Tensor): tf.Tensor => {
    seen = [...x.dataSync()];
    return tf.sum(x, 1, true);
  };
  gradientPenalty()({
    discriminate: watched,
    real: tf.zeros([3, 2]),
    fake: tf.ones([3, 2]),
    random: createRandom(1),
  });
  const places = createRandom(1).uniform([3, 1]).dataSync();
  assert.deepEqual(
    seen,
    [...places].flatMap((place) => [place, place]),
  );
});

test("a critic without any slope has a finite penalty and finite gradients", () => {
  const scale = tf.scalar(0);
  const loss = (s: tf.Tensor): tf.Tensor =>
    gradientPenalty()(context((x) => tf.mul(s, tf.sum(x, 1, true))));
  assert.ok(Math.abs(value(loss(scale) as tf.Scalar) - 10) < 1e-3);
  assert.ok(Number.isFinite(tf.grad(loss)(scale).dataSync()[0]));
});

const asImages = (x: tf.Tensor): tf.Tensor4D => tf.reshape<tf.Rank.R4>(x, [3, 1, 2, 1]);

const unsafe: [string, (x: tf.Tensor) => tf.Tensor, RegExp][] = [
  [
    "tanh",
    (x) => tf.tanh(x),
    /uses tf\.tanh, whose second derivative tf\.js gets wrong; use gan\.tanh or gan\.layers\.activation\("tanh"\)/,
  ],
  ["sigmoid", (x) => tf.sigmoid(x), /uses tf\.sigmoid, .* wrong; use gan\.sigmoid/],
  ["exp", (x) => tf.exp(x), /uses tf\.exp .* wrong; use gan\.exp/],
  ["a swish", (x) => tf.mul(x, tf.sigmoid(x)), /gan\.swish/],
  ["softmax", (x) => tf.softmax(x), /uses tf\.softmax, .* wrong; use gan\.softmax/],
  ["logSoftmax", (x) => tf.logSoftmax(x), /uses tf\.logSoftmax, .* wrong; use gan\.logSoftmax/],
  [
    "sigmoidCrossEntropy",
    (x) => tf.losses.sigmoidCrossEntropy(tf.onesLike(x), x),
    /sigmoidCrossEntropy .* gan\.binaryCrossEntropy/,
  ],
  [
    "leakyRelu",
    (x) => tf.leakyRelu(x),
    /uses tf\.leakyRelu, which tf\.js cannot differentiate twice; use gan\.leakyRelu/,
  ],
  ["pow", (x) => tf.pow(2, tf.mul(x, 3)), /tf\.pow with an exponent that was computed/],
  ["elu", (x) => tf.elu(x), /use gan\.elu/],
  ["selu", (x) => tf.selu(x), /use gan\.selu/],
  ["relu6", (x) => tf.relu6(x), /use gan\.clip/],
  ["maximum", (x) => tf.maximum(x, 0), /use gan\.maximum/],
  ["minimum", (x) => tf.minimum(x, 0), /use gan\.minimum/],
  ["max", (x) => tf.max(x, 1), /use gan\.max/],
  ["min", (x) => tf.min(x, 1), /negative of gan\.max/],
  ["clipByValue", (x) => tf.clipByValue(x, -1, 1), /use gan\.clip/],
  ["maxPool", (x) => tf.maxPool(asImages(x), 1, 1, "same"), /use gan\.maxPool/],
  [
    "resizeBilinear",
    (x) => tf.image.resizeBilinear(asImages(x), [2, 2]),
    /use gan\.resizeBilinear/,
  ],
  [
    "batchNorm",
    (x) => tf.batchNorm(x as tf.Tensor2D, tf.zeros([2]), tf.ones([2]), tf.zeros([2]), tf.ones([2])),
    /gan\.layers\.layerNormalization/,
  ],
  [
    "a layer's own activation",
    (x) => tf.layers.dense({ units: 1, activation: "tanh" }).apply(x) as tf.Tensor,
    /uses tf\.tanh/,
  ],
];

for (const [name, f, message] of unsafe) {
  test(`regularizers refuse ${name} and name its twin, where the penalty is differentiated`, () => {
    const loss = (weight: tf.Tensor): tf.Tensor =>
      gradientPenalty()(context((x) => f(tf.mul(x, weight))));
    assert.throws(
      () => tf.grad(loss)(tf.scalar(1)),
      (error: Error) => {
        assert.match(error.message, /^gradientPenalty: the discriminator uses /);
        assert.match(error.message, message);
        return true;
      },
    );
  });
}

test("gan-lib's own operations pass, and so does an unsafe one that is differentiated only once", () => {
  const own = (x: tf.Tensor): tf.Tensor =>
    [
      gan.tanh,
      gan.sigmoid,
      gan.exp,
      gan.elu,
      gan.selu,
      gan.swish,
      gan.softplus,
      gan.softmax,
      gan.logSoftmax,
      gan.leakyRelu,
    ]
      .map((f) => f(gan.clip(x, -1, 1)))
      .reduce((a, b) => gan.maximum(a, b));
  const loss = (weight: tf.Tensor): tf.Tensor => r1()(context((x) => own(tf.mul(x, weight))));
  assert.ok(Number.isFinite(tf.grad(loss)(tf.scalar(1)).dataSync()[0]));
  assert.ok(Number.isFinite(value(r1()(context((x) => tf.tanh(x))))));
});

test("a game's regularizers add to the discriminator's loss, its constraints follow the update", () => {
  const { images } = tinyBatches().next().value as gan.Batch;
  const lossOf = (game: gan.Game): number =>
    updateDiscriminator(game, { images }).discriminatorLoss.dataSync()[0]!;
  const constant = (): tf.Scalar => tf.scalar(3);
  assert.ok(
    Math.abs(
      lossOf({ ...tinyGame(), regularizers: [constant, constant] }) - lossOf(tinyGame()) - 6,
    ) < 1e-5,
  );
  const game = {
    ...tinyGame(),
    objective: gan.wasserstein,
    regularizers: [gradientPenalty()],
    constraints: [weightClipping({ limit: 0.02 })],
  };
  lossOf(game);
  const weights = game.discriminator.getWeights().flatMap((weight) => [...weight.dataSync()]);
  assert.ok(Math.max(...weights.map(Math.abs)) <= 0.0200001);
  assert.ok(
    weights.some((weight) => Math.abs(weight) < 0.0199),
    "all weights at the limit: was the update applied?",
  );
});

test("a step with a regularizer and a constraint leaves no tensor behind", () => {
  const { images } = tinyBatches().next().value as gan.Batch;
  const game = {
    ...tinyGame(),
    regularizers: [gradientPenalty(), r1()],
    constraints: [weightClipping()],
  };
  const update = (): void => tf.dispose(updateDiscriminator(game, { images }));
  update();
  const before = tf.memory().numTensors;
  for (let i = 0; i < 3; i++) update();
  assert.equal(tf.memory().numTensors, before);
});

test("mistakes are refused by name", () => {
  assert.throws(() => gradientPenalty({ weight: -1 }), /at least 0, got -1/);
  assert.throws(() => r1({ weight: NaN }), /at least 0, got NaN/);
  assert.throws(() => weightClipping({ limit: 0 }), /above 0, got 0/);
  assert.throws(
    () => gradientPenalty()({ ...context(linear), fake: tf.zeros([1, 2]) }),
    /real and generated samples must match/,
  );
});
