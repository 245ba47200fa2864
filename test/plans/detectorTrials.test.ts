import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  accuracyAndPrecision,
  areaUnderRoc,
  backendName,
  createRandom,
  fitDetector,
  perturbationStrengths,
  perturbed,
  quantized,
  ready,
  scoresOf,
  tf,
  type Perturbation,
} from "gan-lib";
import { noisier } from "../experiments/noisier";

before(ready);

for (const detector of ["dct", "cnn"] as const) {
  test(
    `${detector}: a detector learns from a set and finds the like of it`,
    { skip: backendName !== "tensorflow" && "needs the native backend" },
    async () => {
      const [train, held] = [noisier(1, 60), noisier(2, 60)];
      const before = tf.memory().numTensors;
      const plain = await fitDetector({ detector, augmentation: "none", steps: 120 }, train, 1);
      const scored = scoresOf(plain, held);
      assert.deepEqual(Array.from(scored.labels), [
        ...new Array<number>(60).fill(0),
        ...new Array<number>(60).fill(1),
      ]);
      assert.ok(areaUnderRoc(scored).value > 0.95, `${areaUnderRoc(scored).value}`);
      plain.dispose();
      assert.equal(tf.memory().numTensors, before);
    },
  );
}

test("an augmented detector has seen blurred and compressed images: it needs the traces less that they wipe out", async () => {
  const [train, held] = [noisier(3, 100, 0.3), noisier(4, 100, 0.3)];
  const soft = perturbed("blur", 0.8, held, createRandom(1));
  const accuracies: number[] = [];
  for (const augmentation of ["none", "blur+jpeg"] as const) {
    const fitted = await fitDetector({ detector: "dct", augmentation, steps: 1 }, train, 1);
    accuracies.push(accuracyAndPrecision(scoresOf(fitted, soft)).accuracy);
  }
  assert.ok(accuracies[1]! > accuracies[0]! + 10, `${accuracies.join(" and ")} %`);
});

test("accuracy and average precision are in percent", () => {
  assert.deepEqual(accuracyAndPrecision({ scores: [0.1, 0.2, 0.3, 0.4], labels: [0, 0, 1, 1] }), {
    accuracy: 50,
    precision: 100,
  });
});

for (const perturbation of Object.keys(perturbationStrengths) as Perturbation[]) {
  test(`${perturbation}: nothing at first, then more from strength to strength, for real and generated images alike`, () => {
    const images = noisier(5, 10);
    const changes = perturbationStrengths[perturbation].map((strength) => {
      const changed = perturbed(perturbation, strength, images, createRandom(1));
      return (["real", "fake"] as const).map((kind) => {
        assert.equal(
          tf.max(tf.abs(tf.sub(changed[kind], quantized(changed[kind])))).dataSync()[0],
          0,
          "8 bits",
        );
        return tf.mean(tf.abs(tf.sub(changed[kind], images[kind]))).dataSync()[0]!;
      });
    });
    for (const kind of [0, 1]) {
      const sizes = changes.map((change) => change[kind]!);
      assert.ok(sizes[0]! < 0.02, `the first changes pixels by ${sizes[0]}`);
      sizes.slice(1).forEach((size, i) => assert.ok(size > sizes[i]!, sizes.join(", ")));
    }
  });
}
