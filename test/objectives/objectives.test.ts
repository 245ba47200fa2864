import assert from "node:assert/strict";
import { before, test } from "node:test";
import { minimax, nonSaturating, ready, tf } from "gan-lib";
import { objectives } from "./all";

before(ready);

const real = () => tf.tensor2d([[0], [2]]);
const fake = () => tf.tensor2d([[-1], [1]]);
const close = (actual: tf.Scalar, expected: number) => {
  assert.ok(
    Math.abs((actual.dataSync()[0] as number) - expected) < 1e-6,
    `${actual.dataSync()[0]} is not ${expected}`,
  );
};
const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));

test("minimax: -E log D(x) - E log(1 - D(G(z))), and the generator's E log(1 - D(G(z))), by hand", () => {
  const ofReal = -(Math.log(sigmoid(0)) + Math.log(sigmoid(2))) / 2;
  const ofFake = -(Math.log(1 - sigmoid(-1)) + Math.log(1 - sigmoid(1))) / 2;
  close(minimax.discriminatorLoss(real(), fake()), ofReal + ofFake);
  close(minimax.generatorLoss(fake()), -ofFake);
});

test("non-saturating: the same discriminator, the generator's -E log D(G(z)), by hand", () => {
  close(nonSaturating.generatorLoss(fake()), -(Math.log(sigmoid(-1)) + Math.log(sigmoid(1))) / 2);
  assert.equal(
    nonSaturating.discriminatorLoss(real(), fake()).dataSync()[0],
    minimax.discriminatorLoss(real(), fake()).dataSync()[0],
  );
});

for (const objective of objectives) {
  test(`${objective.name}: logits of +-100 give finite losses and gradients`, () => {
    const extreme = tf.tensor2d([[100], [-100]]);
    const losses: ((logits: tf.Tensor) => tf.Tensor)[] = [
      (logits) => objective.discriminatorLoss(logits, extreme),
      (logits) => objective.discriminatorLoss(extreme, logits),
      (logits) => objective.generatorLoss(logits, extreme),
    ];
    for (const loss of losses) {
      assert.ok(Number.isFinite(loss(extreme).dataSync()[0]));
      assert.ok([...tf.grad(loss)(extreme).dataSync()].every(Number.isFinite));
    }
  });
}

test("where the discriminator is sure, minimax's gradient vanishes and the non-saturating one does not", () => {
  const sure = tf.tensor2d([[-10]]);
  const slope = (loss: (logits: tf.Tensor) => tf.Tensor) =>
    Math.abs(tf.grad(loss)(sure).dataSync()[0] as number);
  assert.ok(slope((logits) => minimax.generatorLoss(logits)) < 1e-4);
  assert.ok(slope((logits) => nonSaturating.generatorLoss(logits)) > 0.99);
});
