import assert from "node:assert/strict";
import { test } from "node:test";
import { lossCurves, probabilityCurves } from "gan-lib/dist/plots/measureCurves";
import { layerOf, layersOf, rowsOf } from "./rows";

const history = [1, 2, 3].map((step) => ({
  step,
  discriminatorLoss: 1.3 + step / 100,
  generatorLoss: 0.78,
  realProbability: 0.6,
  fakeProbability: 0.4,
}));

test("the loss curves show both losses by step", () => {
  const spec = lossCurves(history);
  assert.equal(
    spec.description,
    "Line chart of discriminator loss and generator loss over step from 1 to 3; the last values are 1.33 and 0.78.",
  );
  assert.deepEqual(
    rowsOf(spec, "discriminator loss").map(({ x, y }) => [x, y]),
    [
      [1, 1.31],
      [2, 1.32],
      [3, 1.33],
    ],
  );
  assert.deepEqual(
    rowsOf(spec, "generator loss").map(({ y }) => y),
    [0.78, 0.78, 0.78],
  );
});

test("a loss that diverged does not stop the chart", () => {
  const spec = lossCurves([
    ...history,
    { step: 4, discriminatorLoss: NaN, generatorLoss: Infinity },
  ]);
  assert.match(
    spec.description ?? "",
    /last values are 1\.33 and 0\.78.*gaps: 1 of discriminator loss \(it ends in one\) and 1 of generator loss \(it ends in one\)/,
  );
});

test("the probability curves span 0 to 1 with a line at 0.5", () => {
  const spec = probabilityCurves(history);
  assert.deepEqual(
    rowsOf(spec, "D(x), real").map(({ y }) => y),
    [0.6, 0.6, 0.6],
  );
  assert.deepEqual(
    rowsOf(spec, "D(G(z)), generated").map(({ y }) => y),
    [0.4, 0.4, 0.4],
  );
  assert.deepEqual(layerOf(spec).encoding["y"]?.scale?.["domain"], [0, 1]);
  assert.ok(
    layersOf(spec).some(
      ({ mark, data }) => mark["type"] === "rule" && data.values[0]?.["y"] === 0.5,
    ),
  );
  assert.match(spec.description ?? "", /A dashed line at 0\.5 is labelled "cannot tell"/);
});

test("an empty history is refused", () => {
  assert.throws(() => lossCurves([]), /lossCurves: the history is empty/);
  assert.throws(() => probabilityCurves([]), /probabilityCurves: the history is empty/);
});
