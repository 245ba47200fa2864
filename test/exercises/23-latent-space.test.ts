import assert from "node:assert/strict";
import { before, test } from "node:test";
import { examine } from "gan-exercises";
import { ready, tf } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

/** Weights of both vectors for an angle, as a share of the way. */
type Weights = (share: number, angle: number) => [number, number];
const alongArc: Weights = (t, angle) => [
  Math.sin((1 - t) * angle) / Math.sin(angle),
  Math.sin(t * angle) / Math.sin(angle),
];

const way =
  (weights: Weights, normalized = true) =>
  (from: tf.Tensor1D, to: tf.Tensor1D, share: number): tf.Tensor1D => {
    const lengths = normalized ? tf.mul(tf.norm(from), tf.norm(to)) : tf.scalar(9);
    const angle = Math.acos(tf.div(tf.sum(tf.mul(from, to)), lengths).dataSync()[0]!);
    const [a, b] = weights(share, angle);
    return tf.add(tf.mul(a, from), tf.mul(b, to));
  };

test("slerp: the right answer passes; a straight way and swapped ends do not", async () => {
  await passes("23-1", way(alongArc));
  assert.deepEqual(
    await failedOf(
      "23-1",
      way((t) => [1 - t, t]),
    ),
    [
      "half-way it has the vectors' length",
      "goes in equal angles",
      "the angle is that of the directions, whatever their lengths",
      "the angle is measured: here it is 45 degrees",
      "the angle may be larger than 90 degrees",
    ],
  );
  const swapped = await failedOf(
    "23-1",
    way((t, angle) => alongArc(1 - t, angle)),
  );
  assert.ok(
    swapped.includes("begins at the first vector") && swapped.includes("ends at the second vector"),
  );
});

test("slerp: an angle from vectors that were not normalised, and a result of another length, are told", async () => {
  const skewed = (from: tf.Tensor1D, to: tf.Tensor1D, share: number): tf.Tensor1D =>
    way(alongArc)(from, tf.mul(tf.div(to, tf.norm(to)), tf.norm(from)), share);
  assert.deepEqual(await failedOf("23-1", skewed), [
    "the angle is that of the directions, whatever their lengths",
    "the angle is measured: here it is 45 degrees",
    "the angle may be larger than 90 degrees",
  ]);
  assert.equal((await failedOf("23-1", () => tf.tensor1d([3]))).length, 7);
});

const COPIERS = {
  "a little noise": "found",
  "a fifth darker": "found",
  "moved by one pixel": "missed",
  mirrored: "missed",
} as const;

test("copiers: what the lesson measures passes; each wrong word is told, with what was written", async () => {
  await passes("23-2", () => COPIERS);
  for (const copier of Object.keys(COPIERS) as (keyof typeof COPIERS)[]) {
    const turned = COPIERS[copier] === "found" ? "missed" : "found";
    const checks = await examine("23-2", () => ({ ...COPIERS, [copier]: turned }));
    const failed = checks.filter(({ pass }) => !pass);
    assert.deepEqual(
      failed.map(({ name }) => name),
      [`${copier}: ${COPIERS[copier]}`],
    );
    assert.match(failed[0]!.hint, new RegExp(`You wrote "${turned}"`));
  }
});

interface Search {
  readonly rate?: number;
  /** Moves whatever is trainable, the generator too. */
  readonly everything?: boolean;
  /** One vector for all images. */
  readonly shared?: boolean;
}

const search =
  ({ rate = 0.05, everything = false, shared = false }: Search = {}) =>
  (generator: tf.LayersModel, images: tf.Tensor4D, steps: number): tf.Tensor => {
    const z = tf.variable(tf.zeros([shared ? 1 : images.shape[0], 2]));
    const optimizer = tf.train.adam(rate);
    const loss = (): tf.Scalar =>
      tf.mean(tf.square(tf.sub(images, generator.predict(z) as tf.Tensor)));
    for (let step = 0; step < steps; step++)
      optimizer.minimize(loss, false, everything ? undefined : [z]);
    return z;
  };

test("inversion: gradient descent passes; a tiny rate, a trained generator and one vector for all do not", async () => {
  await passes("23-3", search());
  assert.deepEqual(await failedOf("23-3", search({ rate: 1e-5 })), [
    "finds vectors whose images are the given ones",
  ]);
  assert.ok(
    (await failedOf("23-3", search({ everything: true }))).includes(
      "leaves the generator as it is",
    ),
  );
  assert.ok(
    (await failedOf("23-3", search({ shared: true }))).includes(
      "gives a latent vector for each image",
    ),
  );
});
