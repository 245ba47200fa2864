import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { AdamConstants, AdamState, Alone } from "gan-exercises";
import { NotAttempted, ready, tf, todo } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

const meanSoftplus = (logits: tf.Tensor): tf.Scalar => tf.mean(tf.softplus(logits));

test("label smoothing: the right answer passes; smoothing both sides or dropping the second term does not", async () => {
  const onReal = (real: tf.Tensor, smooth: number): tf.Tensor =>
    tf.add(tf.mul(smooth, meanSoftplus(tf.neg(real))), tf.mul(1 - smooth, meanSoftplus(real)));
  await passes("11-4", (real, fake, smooth) => tf.add(onReal(real, smooth), meanSoftplus(fake)));
  const both = await failedOf("11-4", (real, fake, smooth) =>
    tf.add(onReal(real, smooth), onReal(tf.neg(fake), smooth)),
  );
  assert.ok(both.includes("generated images keep the label 0"));
  assert.ok(!both.includes("the label 0.9 mixes both answers on real images"));
  const dropped = await failedOf("11-4", (real, fake, smooth) =>
    tf.add(tf.mul(smooth, meanSoftplus(tf.neg(real))), meanSoftplus(fake)),
  );
  assert.deepEqual(dropped, ["the label 0.9 mixes both answers on real images"]);
});

test("a generator alone: near 1 and fewer digits pass; other numbers and words do not", async () => {
  await passes("11-2", () => ({ fakeProbability: 0.99, digits: "fewer" }));
  const failed = (fakeProbability: number, digits: Alone["digits"]): Promise<string[]> =>
    failedOf("11-2", () => ({ fakeProbability, digits }));
  assert.deepEqual(await failed(0.7, "fewer"), ["D(G(z)) comes near 1"]);
  assert.deepEqual(await failed(1, "more"), ["G makes fewer of the digits"]);
  assert.deepEqual(await failed(99, "fewer"), ["D(G(z)) is a probability"]);
  assert.equal((await failed(NaN, "fewer")).length, 2);
  await assert.rejects(failedOf("11-2", todo), NotAttempted);
});

/** Adam with a choice of bias correction and of direction. */
const adam =
  (correct: boolean, sign: number) =>
  ({ weight, m, v }: AdamState, gradient: number, t: number, c: AdamConstants): AdamState => {
    const next = {
      m: c.beta1 * m + (1 - c.beta1) * gradient,
      v: c.beta2 * v + (1 - c.beta2) * gradient ** 2,
    };
    const [mHat, vHat] = correct
      ? [next.m / (1 - c.beta1 ** t), next.v / (1 - c.beta2 ** t)]
      : [next.m, next.v];
    return { ...next, weight: weight - (sign * c.rate * mHat) / (Math.sqrt(vHat) + c.epsilon) };
  };

test("Adam: the right answer passes; no bias correction, the wrong direction and no memory do not", async () => {
  await passes("11-3", adam(true, 1));
  assert.ok(
    (await failedOf("11-3", adam(false, 1))).includes(
      "the first step has the size of the rate, whatever the gradient",
    ),
  );
  assert.ok((await failedOf("11-3", adam(true, -1))).length >= 2);
  const forgetful = await failedOf("11-3", (state, gradient, _t, constants) =>
    adam(true, 1)({ ...state, m: 0, v: 0 }, gradient, 1, constants),
  );
  assert.ok(forgetful.includes("the second step remembers the first"));
});
