import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ready, tf } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

test("best reply: the right answer passes; forgetting the shares or swapping the densities does not", async () => {
  await passes("10-1", (p, q, share) => (share * p) / (share * p + (1 - share) * q));
  assert.equal((await failedOf("10-1", (p, q) => p / (p + q))).length, 2);
  assert.equal(
    (await failedOf("10-1", (p, q, share) => (share * q) / (share * q + (1 - share) * p))).length,
    2,
  );
});

/** JSD with a choice of logarithm and of what 0 log 0 is. */
const jsd =
  (log: (x: number) => number, guardZero: boolean) =>
  (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, a, i) => {
      const m = (a + (q[i] as number)) / 2;
      const term = (share: number): number =>
        guardZero && share === 0 ? 0 : 0.5 * share * log(share / m);
      return sum + term(a) + term(q[i] as number);
    }, 0);

test("Jensen-Shannon: the right answer passes; bits for nats, 0 log 0 as NaN and one-sided KL do not", async () => {
  await passes("10-2", jsd(Math.log, true));
  assert.equal((await failedOf("10-2", jsd(Math.log2, true))).length, 2);
  assert.deepEqual(await failedOf("10-2", jsd(Math.log, false)), [
    "is log 2 for distributions without a common outcome",
  ]);
  const kl = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, a, i) => sum + (a > 0 ? a * Math.log(a / (q[i] as number)) : 0), 0);
  assert.ok((await failedOf("10-2", kl)).includes("is symmetric"));
});

/** A dense layer of one unit from x to a logit. */
function line(weight: number, bias: number, activation: "linear" | "sigmoid" = "linear") {
  const constant = (value: number) => tf.initializers.constant({ value });
  const [kernelInitializer, biasInitializer] = [constant(weight), constant(bias)];
  const own = { units: 1, activation, kernelInitializer, biasInitializer };
  return tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], ...own })] });
}

test("best discriminator: the line passes; the other way round, no bias, and a probability do not", async () => {
  await passes("10-3", (mean) => line(-mean, mean ** 2 / 2));
  const left = "is log p_data / p_g to the left of that";
  const right = "and to the right, for a generator on the other side";
  assert.deepEqual(await failedOf("10-3", (mean) => line(mean, -(mean ** 2) / 2)), [left, right]);
  assert.equal((await failedOf("10-3", (mean) => line(-mean, 0))).length, 3);
  assert.equal((await failedOf("10-3", (mean) => line(-mean, mean ** 2 / 2, "sigmoid"))).length, 3);
});
