import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Answers } from "gan-exercises";
import { nonSaturating, pack, ready, tf } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

test("pack size: the right one passes; rounding down or to the nearest, and the accuracy for the distance do not", async () => {
  const exact = (lost: number, distance: number): number =>
    Math.log(1 - distance) / Math.log(1 - lost);
  await passes("41-1", (lost, accuracy) => Math.ceil(exact(lost, 2 * accuracy - 1) - 1e-9));
  assert.ok(
    (
      await failedOf("41-1", (lost, accuracy) => Math.floor(exact(lost, 2 * accuracy - 1)))
    ).includes("a tenth lost, accuracy 0.75"),
  );
  assert.deepEqual(
    await failedOf("41-1", (lost, accuracy) => Math.round(exact(lost, 2 * accuracy - 1))),
    ["half lost, accuracy 0.9", "an eighth lost, accuracy 0.99"],
  );
  assert.equal(
    (await failedOf("41-1", (lost, accuracy) => Math.ceil(exact(lost, accuracy)))).length,
    5,
  );
});

type Places = readonly (readonly number[])[];

/** Similarities with a choice of distance, of whether a sample counts itself, and of what is summed. */
const similarities =
  (
    norm: 1 | 2,
    itself: boolean,
    similarity: (distance: number) => number = (distance) => Math.exp(-distance),
  ) =>
  (places: Places): number[] =>
    places.map((place, i) => {
      const distances = places.map(
        (other) =>
          place.reduce((sum, x, k) => sum + Math.abs(x - other[k]!) ** norm, 0) ** (1 / norm),
      );
      return distances.reduce(
        (sum, distance, j) => sum + (itself || j !== i ? similarity(distance) : 0),
        0,
      );
    });

test("similarities: the paper's pass; the Euclidean distance, leaving the sample out, summed distances and a missing one do not", async () => {
  await passes("41-2", similarities(1, true));
  assert.deepEqual(await failedOf("41-2", similarities(2, true)), [
    "the distance is the sum of absolute differences",
  ]);
  assert.ok((await failedOf("41-2", similarities(1, false))).includes("a sample on its own has 1"));
  assert.ok(
    (
      await failedOf(
        "41-2",
        similarities(1, true, (distance) => distance),
      )
    ).includes("n equal samples have n each"),
  );
  assert.deepEqual(await failedOf("41-2", () => []), ["gives one number for each sample"]);
  assert.ok(
    (
      await failedOf("41-2", (places) => similarities(1, true)(places).map((value, i) => value + i))
    ).includes("equal samples have the same"),
  );
});

const slope =
  (second: boolean, carried: boolean) =>
  (g: number, d: number, c: number, steps: number, rate: number): number => {
    let [answer, response] = [d, 0];
    for (let step = 0; step < steps; step++) {
      response = (carried ? (1 - rate * c) * response : 0) + rate;
      answer += rate * (g - c * answer);
    }
    return answer + (second ? (g - c * answer) * response : 0);
  };

test("unrolled slope: both terms pass; the plain slope, the first term alone, and a response that is not carried on do not", async () => {
  await passes("41-3", slope(true, true));
  assert.equal((await failedOf("41-3", (_g, d) => d)).length, 4);
  const firstOnly = await failedOf("41-3", slope(false, true));
  assert.deepEqual(firstOnly, [
    "one step: both terms",
    "two steps: the first step's answer moves on",
    "c counts",
  ]);
  assert.deepEqual(await failedOf("41-3", slope(true, false)), [
    "two steps: the first step's answer moves on",
  ]);
  const fixedC = slope(true, true);
  assert.ok(
    (await failedOf("41-3", (g, d, _c, steps, rate) => fixedC(g, d, 1, steps, rate))).includes(
      "c counts",
    ),
  );
});

type Packing = (samples: tf.Tensor, m: number) => tf.Tensor;
const packedBy =
  (packing: Packing): Answers["41-5"] =>
  (judge, real, fake, m) => {
    const [ofReal, ofFake] = [judge(packing(real, m)), judge(packing(fake, m))];
    return {
      discriminator: nonSaturating.discriminatorLoss(ofReal, ofFake),
      generator: nonSaturating.generatorLoss(ofFake),
    };
  };

test("packed losses: the right answer passes; single samples, mixed packs, lost samples and an unpacked generator do not", async () => {
  await passes("41-5", packedBy(pack));
  assert.ok(
    (
      await failedOf(
        "41-5",
        packedBy((samples) => samples),
      )
    ).includes("packs have [N / m, 2 m] numbers"),
  );
  const WHOLE = "a pack is all real or all generated, and no sample is left out";
  const repeated: Packing = (samples, m) =>
    pack(tf.tile(tf.slice(samples, 0, 2), [samples.shape[0] / 2, 1]), m);
  assert.deepEqual(await failedOf("41-5", packedBy(repeated)), [WHOLE]);
  const mixed: Answers["41-5"] = (judge, real, fake, m) => {
    const half = real.shape[0] / 2;
    const both = [real, fake].map((samples) => tf.slice(samples, 0, half));
    const others = [real, fake].map((samples) => tf.slice(samples, half));
    return packedBy(pack)(judge, tf.concat(both), tf.concat(others), m);
  };
  assert.ok((await failedOf("41-5", mixed)).includes(WHOLE));
  const summed: Answers["41-5"] = (judge, real, fake, m) => ({
    ...packedBy(pack)(judge, real, fake, m),
    generator: tf.softplus(tf.neg(judge(pack(fake, m)))),
  });
  assert.ok((await failedOf("41-5", summed)).includes("each loss is one number"));
});
