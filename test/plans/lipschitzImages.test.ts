/** The rows differ in how their critic is held, and in nothing else. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createRandom, ready, tf, updateDiscriminator, wasserstein, type Game } from "gan-lib";
import { lipschitzGame, lipschitzImages } from "gan-lib/dist/plans/lipschitzImages";

before(ready);

const images = (): tf.Tensor => createRandom(2).uniform([4, 28, 28, 1], -1, 1);
const game = (constraint: "clipping" | "penalty" | "spectral"): Game =>
  lipschitzGame(constraint, wasserstein, createRandom(1));
const lossOf = (played: Game): number =>
  updateDiscriminator(played, { images: images() }).discriminatorLoss.dataSync()[0]!;
const largestWeight = ({ discriminator }: Game): number =>
  Math.max(
    ...discriminator.trainableWeights.map((weight) => tf.max(tf.abs(weight.read())).dataSync()[0]!),
  );

test("clipping holds the weights, the others do not", () => {
  for (const [constraint, clipped] of [
    ["clipping", true],
    ["penalty", false],
    ["spectral", false],
  ] as const) {
    const played = game(constraint);
    lossOf(played);
    assert.equal(largestWeight(played) <= 0.0100001, clipped, constraint);
  }
});

test("the penalty adds about its weight to the loss of a critic that is still flat", () => {
  const added = lossOf(game("penalty")) - lossOf(game("clipping"));
  assert.ok(added > 8 && added < 10, `${added}`);
});

test("only the spectral critic keeps singular vectors, and all generators begin alike", () => {
  const held = (["clipping", "penalty", "spectral"] as const).map((constraint) => game(constraint));
  assert.deepEqual(
    held.map(({ discriminator }) => discriminator.nonTrainableWeights.length),
    [0, 0, 3],
  );
  const first = held.map(({ generator }) => [...generator.getWeights()[0]!.dataSync().slice(0, 9)]);
  assert.deepEqual(first[1], first[0]);
  assert.deepEqual(first[2], first[0]);
});

test("the hinge loss is compared where it was published: with spectral normalisation", () => {
  const hinged = lipschitzImages.rows?.filter(({ objective }) => objective === "hinge");
  assert.deepEqual(
    hinged?.map(({ constraint }) => constraint),
    ["spectral"],
  );
});
