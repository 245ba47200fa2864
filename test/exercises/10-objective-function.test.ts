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

test("stable loss: softplus passes; log of the sigmoid, a sum, and the saturating loss do not", async () => {
  await passes("10-3", (logits) => tf.mean(tf.softplus(tf.neg(logits))));
  assert.ok(
    (
      await failedOf("10-3", (logits) => tf.neg(tf.mean<tf.Scalar>(tf.log(tf.sigmoid(logits)))))
    ).includes("is finite at logits of -200 and 200"),
  );
  assert.ok(
    (await failedOf("10-3", (logits) => tf.sum(tf.softplus(tf.neg(logits))))).includes(
      "is a mean over the batch",
    ),
  );
  assert.ok(
    (await failedOf("10-3", (logits) => tf.neg(tf.mean<tf.Scalar>(tf.softplus(logits))))).length >=
      2,
  );
});
