import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { AuxiliaryLosses, WrongLabels } from "gan-exercises";
import { ready, softmaxCrossEntropy, tf } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

/** Right labels when a share of them is drawn anew, one class as likely as another; in %. */
const rightLabels = (share: number, byAccident = 0.1): number =>
  100 * (1 - share + share * byAccident);

test("wrong labels: the share that stays right passes; accidents forgotten, and shares for per cent, are told", async () => {
  const at = (right: (share: number) => number): WrongLabels => ({
    "none replaced": right(0),
    "half replaced": right(0.5),
    "all replaced": right(1),
  });
  await passes("21-1", () => at(rightLabels));
  assert.deepEqual(await failedOf("21-1", () => at((share) => rightLabels(share, 0))), [
    "half replaced: 55 %",
    "all replaced: 10 %",
  ]);
  assert.equal((await failedOf("21-1", () => at((share) => rightLabels(share) / 100))).length, 3);
  const robust = await failedOf("21-1", () => at((share) => (share === 1 ? 10 : 100)));
  assert.deepEqual(robust, ["half replaced: 55 %"]);
});

const meanSoftplus = (logits: tf.Tensor): tf.Tensor => tf.mean(tf.softplus(logits));
const sum = (...terms: tf.Tensor[]): tf.Scalar => tf.sum(tf.stack(terms));

test("matching-aware: the right answer passes; full weights, and wrong pairs taken for real, do not", async () => {
  const withWrong =
    (sign: number, weight: number) =>
    (right: tf.Tensor, wrong: tf.Tensor, fake: tf.Tensor): tf.Scalar =>
      sum(
        meanSoftplus(tf.neg(right)),
        tf.mul(weight, meanSoftplus(tf.mul(sign, wrong))),
        tf.mul(weight, meanSoftplus(fake)),
      );
  await passes("21-2", withWrong(1, 0.5));
  assert.ok(
    (await failedOf("21-2", withWrong(1, 1))).includes(
      "is 2 log 2 for a discriminator that knows nothing",
    ),
  );
  assert.ok(
    (await failedOf("21-2", withWrong(-1, 0.5))).includes(
      "wants real images with a wrong label to be refused, at half weight",
    ),
  );
  const ignored = await failedOf("21-2", (right, _wrong, fake) =>
    sum(meanSoftplus(tf.neg(right)), meanSoftplus(fake)),
  );
  assert.ok(ignored.includes("wants real images with a wrong label to be refused, at half weight"));
});

/** The cross-entropy of class logits, a mean over the batch. */
const classLoss = (logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor =>
  softmaxCrossEntropy(tf.oneHot(labels, logits.shape[1], 1, 0, "float32"), logits);

test("AC-GAN: the right answer passes; no classes of fakes, and a generator that hides its class, do not", async () => {
  const right: AuxiliaryLosses = {
    discriminator: (real, fake, labels) =>
      sum(
        meanSoftplus(tf.neg(real.source)),
        meanSoftplus(fake.source),
        classLoss(real.classes, labels),
        classLoss(fake.classes, labels),
      ),
    generator: (fake, labels) =>
      sum(meanSoftplus(tf.neg(fake.source)), classLoss(fake.classes, labels)),
  };
  await passes("21-3", right);
  const onlyReal = await failedOf("21-3", {
    ...right,
    discriminator: (real, fake, labels) =>
      sum(
        meanSoftplus(tf.neg(real.source)),
        meanSoftplus(fake.source),
        tf.mul(2, classLoss(real.classes, labels)),
      ),
  });
  assert.deepEqual(onlyReal, [
    "D: names the class of real images",
    "D: names the class of generated images",
  ]);
  const hiding = await failedOf("21-3", {
    ...right,
    generator: (fake, labels) =>
      sum(meanSoftplus(tf.neg(fake.source)), tf.neg(classLoss(fake.classes, labels))),
  });
  assert.ok(hiding.includes("G: wants its class to be recognised"));
  const minimax = await failedOf("21-3", {
    ...right,
    generator: (fake, labels) =>
      sum(tf.neg(meanSoftplus(fake.source)), classLoss(fake.classes, labels)),
  });
  assert.ok(minimax.includes("G: wants to be taken for real"));
});
