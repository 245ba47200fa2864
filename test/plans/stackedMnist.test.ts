/** The papers' protocols on stacked MNIST: networks, a few steps of each, resuming, and what is measured. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import {
  createRandom,
  experimentPlan,
  ready,
  sampleLatent,
  stackedDigitsGenerator,
  tf,
  type ImageDataset,
} from "gan-lib";
import { stackedFigures, trainStacked, type StackedRun } from "gan-lib/dist/plans/stackedProtocol";
import { stackedRun } from "gan-lib/dist/plans/stackedMnist";
import { unrolledRun } from "gan-lib/dist/plans/unrolledStackedMnist";
import { weightsOf } from "../training/tinyGame";

before(ready);

const digits: ImageDataset = {
  name: "shades",
  description: "",
  source: "package",
  split: "train",
  size: 10,
  imageShape: [28, 28, 1],
  classNames: Array.from("0123456789"),
  images: Uint8Array.from({ length: 7840 }, (_, i) => 25 * Math.floor(i / 784)),
  labels: Uint8Array.from(Array(10).keys()),
};

const settings = { discriminator: "G/4", unrolled: 0, packing: 1 } as const;
const outputs = (model: tf.LayersModel): string[] =>
  model.layers
    .filter((layer) => /Conv2D|Cropping/.test(layer.getClassName()))
    .map((layer) => (layer.outputShape as number[]).slice(1).join(" x "));

test("PacGAN's networks: widths, sides, and an input of all images of a pack", () => {
  const { game } = stackedRun(3, createRandom(1));
  assert.deepEqual(outputs(game.generator), [
    "4 x 4 x 256",
    "8 x 8 x 128",
    "7 x 7 x 128",
    "14 x 14 x 64",
    "28 x 28 x 3",
  ]);
  assert.deepEqual(outputs(game.discriminator), [
    "14 x 14 x 64",
    "7 x 7 x 128",
    "4 x 4 x 256",
    "2 x 2 x 512",
  ]);
  assert.deepEqual(game.discriminator.inputs[0]!.shape, [null, 28, 28, 9]);
  const z = game.latent!(game.random, 1000);
  assert.deepEqual(z.shape, [1000, 100]);
  assert.ok(tf.max(tf.abs(z)).dataSync()[0]! <= 1);
  assert.ok(Math.abs(tf.mean(tf.square(z)).dataSync()[0]! - 1 / 3) < 0.01);
});

test("the unrolled protocol's networks: a quarter or half of the generator's widths", () => {
  const { game } = unrolledRun(settings, createRandom(1));
  assert.deepEqual(outputs(game.generator), [
    "8 x 8 x 32",
    "7 x 7 x 32",
    "14 x 14 x 16",
    "28 x 28 x 8",
    "28 x 28 x 3",
  ]);
  assert.deepEqual(outputs(game.discriminator), ["14 x 14 x 2", "7 x 7 x 4", "4 x 4 x 8"]);
  const half = unrolledRun({ ...settings, discriminator: "G/2", packing: 2 }, createRandom(1)).game
    .discriminator;
  assert.deepEqual(
    [outputs(half), half.inputs[0]!.shape[3]],
    [["14 x 14 x 4", "7 x 7 x 8", "4 x 4 x 16"], 6],
  );
  assert.equal(sampleLatent(game.generator, 1, createRandom(1)).shape[1], 256);
});

test("widths that do not lead to 28 x 28 are refused", () => {
  const make = (widths: number[]): tf.LayersModel =>
    stackedDigitsGenerator({
      latentDim: 2,
      side: 4,
      widths,
      kernelSize: 3,
      random: createRandom(1),
    });
  assert.throws(() => make([8, 8]), /from side 4, 3 or 4 widths are wanted, got 2/);
});

/** A cell in a folder that does not outlive the test. */
async function inFolders<Result>(
  count: number,
  body: (folders: string[]) => Promise<Result>,
): Promise<Result> {
  const folders = Array.from({ length: count }, () => mkdtempSync(path.join(tmpdir(), "stacked-")));
  try {
    return await body(folders);
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true });
  }
}

const rows: [string, (random: ReturnType<typeof createRandom>) => StackedRun][] = [
  [
    "packs of 2",
    (random) => ({ ...unrolledRun({ ...settings, packing: 2 }, random), batchSize: 4 }),
  ],
  [
    "1 unrolled step",
    (random) => ({ ...unrolledRun({ ...settings, unrolled: 1 }, random), batchSize: 2 }),
  ],
];

for (const [name, make] of rows) {
  test(`a run with ${name} moves both players, and one that is killed goes on to the same weights`, () =>
    inFolders(2, async ([first, second]) => {
      const train = (
        folder: string,
        onProgress: (step: number) => Promise<void>,
      ): Promise<StackedRun> =>
        trainStacked({ seed: 1, steps: 5, folder, onProgress, saveAfter: 0 }, digits, make);
      const whole = await train(first!, async () => undefined);
      await assert.rejects(
        train(second!, async (step) =>
          step === 4 ? Promise.reject(new Error("killed")) : undefined,
        ),
        /killed/,
      );
      const steps: number[] = [];
      const resumed = await train(second!, async (step) => void steps.push(step));
      assert.deepEqual(steps, [5]);
      const start = make(createRandom(1));
      for (const player of ["generator", "discriminator"] as const) {
        const [got, wanted, begun] = [resumed, whole, start].map(({ game }) =>
          weightsOf(game[player]),
        ) as [number[], number[], number[]];
        const furthest = got.reduce(
          (most, value, i) => Math.max(most, Math.abs(value - wanted[i]!)),
          0,
        );
        assert.ok(furthest < 1e-4, `${player}: off by ${furthest}`);
        assert.notDeepEqual(wanted, begun);
      }
    }));
}

test("the figures are those of the classes in each channel", () => {
  const run = unrolledRun(settings, createRandom(1));
  const classes = [3, 1, 4];
  let calls = 0;
  const judge = {
    probabilities: (images: tf.Tensor4D): tf.Tensor2D =>
      tf.oneHot(
        tf.fill([images.shape[0]], classes[calls++ % 3]!, "int32"),
        10,
        1,
        0,
        "float32",
      ) as tf.Tensor2D,
  };
  const { modes, kl } = stackedFigures(run, 700, judge); // all samples are 314
  assert.equal(calls, 6); // 500 and 200, three channels each
  assert.equal(modes, 1);
  assert.ok(Math.abs(kl - Math.log(1000)) < 1e-6);
});

test("the plans hold the papers' rows", () => {
  const modesOf = (plan: string, wanted: object): number | undefined =>
    experimentPlan(plan).published?.find(
      (row) => JSON.stringify(row.settings) === JSON.stringify(wanted),
    )?.figures["modes"]?.mean;
  assert.equal(modesOf("stacked-mnist", { packing: 1 }), 78.9);
  assert.equal(modesOf("unrolled", { discriminator: "G/4", unrolled: 10, packing: 1 }), 327.2);
  assert.equal(modesOf("unrolled", { discriminator: "G/2", unrolled: 0, packing: 4 }), 820.2);
});

test("PacGAN's own plain DCGAN stands beside the cited one, with its error", () => {
  const plain = (experimentPlan("unrolled").published ?? []).filter(
    ({ settings }) => settings["unrolled"] === 0 && settings["packing"] === 1,
  );
  assert.deepEqual(
    plain.map(({ source, figures: { modes } }) => [
      source.split(" ")[0],
      modes?.mean,
      modes?.standardError,
    ]),
    [
      ["Metz", 30.6, 20.7],
      ["PacGAN", 78.5, 17.56],
      ["Metz", 628, 141],
      ["PacGAN", 487.7, 34.59],
    ],
  );
});
