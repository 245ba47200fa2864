/** Every objective at first and second order, by both kinds of logits. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { hinge, leastSquares, ready, tf, wasserstein } from "gan-lib";
import { assertDerivatives } from "../ops/finiteDifferences";
import { backends, onBackend, spacedValues } from "../ops/samples";
import { objectives } from "./all";

before(ready);

for (const backend of backends) {
  for (const objective of objectives) {
    test(`${objective.name}: first and second derivative against finite differences, on ${backend}`, () =>
      onBackend(backend, () => {
        for (const count of [1, 7]) {
          const other = spacedValues([count, 1], 11);
          assertDerivatives(
            (logits) => objective.discriminatorLoss(logits, other),
            spacedValues([count, 1]),
          );
          assertDerivatives(
            (logits) => objective.discriminatorLoss(other, logits),
            spacedValues([count, 1]),
          );
          assertDerivatives(
            (logits) => objective.generatorLoss(logits, other),
            spacedValues([count, 1]),
          );
        }
      }));
  }
}

test("Wasserstein, hinge and least squares, by hand", () => {
  const real = tf.tensor2d([[0.5], [2]]);
  const fake = tf.tensor2d([[-3], [1]]);
  const expected = new Map([
    [wasserstein, [-1 - 1.25, 1]],
    [hinge, [0.25 + 1, 1]],
    [leastSquares, [(0.25 + 1) / 4 + 10 / 4, 16 / 4]],
  ]);
  for (const [objective, [ofDiscriminator, ofGenerator]] of expected) {
    assert.equal(
      objective.discriminatorLoss(real, fake).dataSync()[0],
      ofDiscriminator,
      objective.name,
    );
    assert.equal(objective.generatorLoss(fake).dataSync()[0], ofGenerator, objective.name);
  }
});
