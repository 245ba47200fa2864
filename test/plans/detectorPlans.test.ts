import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  detectedGenerators,
  experimentPlan,
  perturbationStrengths,
  ready,
  tf,
  type DetectedGenerator,
  type DetectionSet,
} from "gan-lib";
import { transferred } from "gan-lib/dist/plans/detectorTransfer";
import { underPerturbations } from "gan-lib/dist/plans/detectorPerturbations";
import { noisier } from "../experiments/noisier";

before(ready);

const setOf = (seed: number, deviation: number): DetectionSet => ({
  train: noisier(seed, 60, deviation),
  test: noisier(seed + 1, 60, deviation),
});
const recipe = { detector: "dct", augmentation: "none", steps: 1, seed: 1 } as const;

test("a detector is judged by the test images of every generator, and learned from one", async () => {
  // "dcgan" is noisier than real images; "wgan-gp" is not noisy at all; "vanilla" is noisier still
  const sets = new Map<DetectedGenerator, DetectionSet>([
    ["dcgan", setOf(1, 0.2)],
    ["wgan-gp", setOf(3, 0)],
    ["vanilla", setOf(5, 0.4)],
  ]);
  const before = tf.memory().numTensors;
  const figures: Record<string, number> = await transferred(sets, {
    ...recipe,
    trainedOn: "dcgan",
  });
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(
    Object.keys(figures),
    [...sets.keys()].flatMap((name) => [`accuracy on ${name}`, `precision on ${name}`]),
  );
  assert.ok(
    figures["accuracy on dcgan"]! > 95 && figures["precision on vanilla"]! > 95,
    JSON.stringify(figures),
  );
  assert.ok(
    Math.abs(figures["accuracy on wgan-gp"]! - 50) < 10,
    "nothing tells these from real ones",
  );
  const other: Record<string, number> = await transferred(sets, {
    ...recipe,
    trainedOn: "wgan-gp",
  });
  assert.ok(other["accuracy on dcgan"]! < 90, JSON.stringify(other));
  const networks = tf.memory().numTensors;
  await transferred(sets, { ...recipe, detector: "cnn", trainedOn: "dcgan" });
  assert.equal(tf.memory().numTensors, networks);
});

test("each perturbation is tried at each strength, and the strongest leave less than none", async () => {
  const set = setOf(7, 0.2);
  const before = tf.memory().numTensors;
  const figures: Record<string, number> = await underPerturbations(set, recipe);
  assert.equal(tf.memory().numTensors, before);
  for (const [perturbation, strengths] of Object.entries(perturbationStrengths)) {
    const [none, strongest] = [strengths[0], strengths.at(-1)].map(
      (strength) => figures[`accuracy, ${perturbation} ${strength}`]!,
    );
    assert.ok(
      none! > 90 && strongest! < none! - 5,
      `${perturbation}: ${none} % and ${strongest} %`,
    );
  }
  assert.deepEqual(await underPerturbations(set, recipe), figures);
});

test("the plans' figures are what their cells measure", () => {
  assert.deepEqual(
    Object.keys(experimentPlan("detector-transfer").figures),
    detectedGenerators.flatMap((name) => [`accuracy on ${name}`, `precision on ${name}`]),
  );
  const names = Object.entries(perturbationStrengths).flatMap(([name, strengths]) =>
    strengths.flatMap((strength) =>
      ["accuracy", "precision"].map((figure) => `${figure}, ${name} ${strength}`),
    ),
  );
  assert.deepEqual(Object.keys(experimentPlan("detector-perturbations").figures), names);
});
