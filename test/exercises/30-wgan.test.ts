import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Answers, RmspropConstants, RmspropState } from "gan-exercises";
import { ready, type tf } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

/** What crosses the border at the right of each bin. */
function crossings(a: readonly number[], b: readonly number[]): number[] {
  let carried = 0;
  return a.map((share, i) => (carried += share - (b[i] ?? NaN)));
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

test("binned distance: the right answer passes; comparing bin by bin, signs and a forgotten width do not", async () => {
  await passes("30-1", (a, b, width) => width * total(crossings(a, b).map(Math.abs)));
  const binByBin = await failedOf(
    "30-1",
    (a, b, width) => (width * total(a.map((share, i) => Math.abs(share - (b[i] ?? NaN))))) / 2,
  );
  assert.ok(binByBin.includes("two bins further is twice the work"));
  assert.deepEqual(await failedOf("30-1", (a, b, width) => width * total(crossings(a, b))), [
    "ways that go left count as well",
    "what goes left does not pay for what goes right",
  ]);
  assert.deepEqual(
    await failedOf("30-1", (a, b, width) => Math.abs(width * total(crossings(a, b)))),
    ["what goes left does not pay for what goes right"],
  );
  assert.deepEqual(await failedOf("30-1", (a, b) => total(crossings(a, b).map(Math.abs))), [
    "the way is measured in widths",
  ]);
});

/** A bound built of each layer's own, (n, m) to a number. */
const product =
  (ofLayer: (n: number, m: number) => number) =>
  (widths: readonly number[]): number =>
    widths.slice(1).reduce((bound, units, i) => bound * ofLayer(widths[i] ?? NaN, units), 1);

test("steepness bound: the right answer passes; a sum of layers, one limit for all and no root do not", async () => {
  await passes("30-2", (widths, limit) => product((n, m) => limit * Math.sqrt(n * m))(widths));
  const summed = await failedOf("30-2", (widths, limit) =>
    total(widths.slice(1).map((units, i) => limit * Math.sqrt(units * (widths[i] ?? NaN)))),
  );
  assert.deepEqual(summed, ["layers multiply", "the limit counts once a layer"]);
  const oneLimit = await failedOf(
    "30-2",
    (widths, limit) => limit * product((n, m) => Math.sqrt(n * m))(widths),
  );
  assert.deepEqual(oneLimit, ["layers multiply", "the limit counts once a layer"]);
  assert.ok(
    (await failedOf("30-2", (widths, limit) => product((n, m) => limit * n * m)(widths))).includes(
      "a layer from 4 to 9 units",
    ),
  );
});

/** RMSProp with a choice of what the gradient is divided by, of direction, and of the clip. */
const rmsprop =
  (
    root: (next: number, epsilon: number, last: number) => number,
    sign: number,
    clip: (weight: number, limit: number) => number,
  ) =>
  (
    { weight, v }: RmspropState,
    gradient: number,
    { rate, decay, epsilon, limit }: RmspropConstants,
  ): RmspropState => {
    const next = decay * v + (1 - decay) * gradient ** 2;
    return {
      weight: clip(weight - (sign * rate * gradient) / root(next, epsilon, v), limit),
      v: next,
    };
  };
const under = (v: number, epsilon: number): number => Math.sqrt(v + epsilon);
const within = (weight: number, limit: number): number => Math.min(limit, Math.max(-limit, weight));

test("clipped RMSProp: the right answer passes; the old v, no root, the wrong direction and no clip do not", async () => {
  await passes("30-3", rmsprop(under, 1, within));
  assert.ok(
    (
      await failedOf(
        "30-3",
        rmsprop((_, epsilon, last) => under(last, epsilon), 1, within),
      )
    ).includes("the weight goes against the gradient"),
  );
  assert.ok(
    (
      await failedOf(
        "30-3",
        rmsprop((next) => next, 1, within),
      )
    ).includes("the weight goes against the gradient"),
  );
  assert.ok(
    (await failedOf("30-3", rmsprop(under, -1, within))).includes(
      "the weight goes against the gradient",
    ),
  );
  const unclipped = await failedOf(
    "30-3",
    rmsprop(under, 1, (weight) => weight),
  );
  assert.deepEqual(unclipped, ["the weight stops at the upper bound", "and at the lower one"]);
  assert.deepEqual(await failedOf("30-3", rmsprop(under, 1, Math.min)), ["and at the lower one"]);
});

const wganLoop: Answers["30-4"] = ({ draw, criticStep, generatorStep }, steps, nCritic) =>
  Array.from({ length: steps }, () => {
    let estimate = 0;
    for (let i = 0; i < nCritic; i++) {
      const { real, fake } = draw();
      estimate = -criticStep(real, fake);
    }
    generatorStep();
    return estimate;
  });

test("the loop of algorithm 1: the right answer passes; one draw for all, five for ever, exchanged batches and the loss do not", async () => {
  await passes("30-4", wganLoop);
  const FRESH = "every step of the critic gets the two batches of a fresh draw";
  assert.deepEqual(
    await failedOf("30-4", (players, steps, nCritic) => {
      const once = players.draw();
      return wganLoop({ ...players, draw: () => once }, steps, nCritic);
    }),
    [FRESH],
  );
  assert.deepEqual(
    await failedOf("30-4", (players, steps, nCritic) => {
      const criticStep = (real: tf.Tensor, fake: tf.Tensor) => players.criticStep(fake, real);
      return wganLoop({ ...players, criticStep }, steps, nCritic);
    }),
    [FRESH],
  );
  assert.ok(
    (await failedOf("30-4", (players, steps) => wganLoop(players, steps, 5))).includes(
      "nCritic is what the caller says",
    ),
  );
  assert.deepEqual(await failedOf("30-4", (...all) => wganLoop(...all).map((v) => -v)), [
    "the estimates are minus the last losses",
  ]);
});
