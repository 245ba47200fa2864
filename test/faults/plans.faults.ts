/** Every plan is stopped in the middle of a cell, and goes on to where the unbroken cell comes. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { before, test, type TestContext } from "node:test";
import {
  backendName,
  experimentPlan,
  ready,
  type DetectedGenerator,
  type DetectionSet,
} from "gan-lib";
import { storedIn } from "gan-lib/dist/checkpoint/folder";
import { manifestIn } from "gan-lib/dist/checkpoint/manifest";
import { decodeSafetensors } from "gan-lib/dist/checkpoint/safetensors";
import { mnist } from "gan-lib/dist/data/mnist";
import type { RandomStream } from "gan-lib/dist/ops/random";
import { underPerturbations } from "gan-lib/dist/plans/detectorPerturbations";
import { transferred } from "gan-lib/dist/plans/detectorTransfer";
import { stackedRun } from "gan-lib/dist/plans/stackedMnist";
import { trainStacked, type StackedRun } from "gan-lib/dist/plans/stackedProtocol";
import { unrolledRun } from "gan-lib/dist/plans/unrolledStackedMnist";
import { fitOptionsOf, planCells, type PlanCell } from "gan-lib/experiments";
import { plans } from "gan-lib/plans";
import { noisier } from "../experiments/noisier";

before(ready);

const STEPS = 6;
/** A detector tells of each tenth step. */
const STEPS_OF_DETECTORS = 24;

/** Runs a cell; at its end it is stopped by what it tells. */
type Run = (cell: PlanCell) => Promise<unknown>;

const set: () => DetectionSet = () => ({ train: noisier(1, 40, 0.2), test: noisier(2, 40, 0.2) });
const recipe = { detector: "cnn", augmentation: "none" } as const;

const small = (run: StackedRun, batchSize: number): StackedRun => ({ ...run, batchSize });
const stacked =
  (make: (random: RandomStream) => StackedRun): Run =>
  async (cell) =>
    trainStacked(cell, await mnist({ source: "package", limit: 100 }), make);

/**
 * Plans whose cells take too long: the detectors' need generators that are trained for minutes, and run here on noise; those
 * on stacked MNIST take seconds a step, and run here on batches of two packs.
 */
const instead: Readonly<Record<string, Run>> = {
  "stacked-mnist": stacked((random) => small(stackedRun(1, random), 2)),
  unrolled: stacked((random) =>
    small(unrolledRun({ discriminator: "G/4", unrolled: 1, packing: 1 }, random), 2),
  ),
  "detector-transfer": (cell) => {
    const { seed, steps } = cell;
    const sets = new Map<DetectedGenerator, DetectionSet>([["dcgan", set()]]);
    return transferred(sets, { ...recipe, seed, steps, trainedOn: "dcgan" }, fitOptionsOf(cell));
  },
  "detector-perturbations": (cell) => {
    const { seed, steps } = cell;
    return underPerturbations(set(), { ...recipe, seed, steps }, fitOptionsOf(cell));
  },
};

/** Runs a cell until it has taken so many steps, and says in which it was told to be. */
async function runUntil(last: number, run: Run, cell: Omit<PlanCell, "onProgress">): Promise<void> {
  const stopped = new Error("stopped");
  const onProgress = async (step: number): Promise<void> => {
    if (step >= last) throw stopped;
  };
  await assert.rejects(run({ ...cell, onProgress }), stopped);
}

/** What the newest checkpoint of a folder holds: its step, its streams, and all its numbers. */
function savedIn(folder: string): { step: number; streams: unknown; numbers: number[] } {
  const [newest] = storedIn(folder);
  assert.ok(newest, `nothing is saved in ${folder}`);
  const { tensors, metadata } = decodeSafetensors(readFileSync(newest.file));
  const { step, streams } = manifestIn(metadata);
  return { step, streams, numbers: tensors.flatMap(({ values }) => [...values]) };
}

async function resumes(t: TestContext, name: string, run: Run): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), "every-plan-"));
  t.after(() => rmSync(scratch, { recursive: true }));
  const steps = name.startsWith("detector") ? STEPS_OF_DETECTORS : STEPS;
  const [first] = planCells(experimentPlan(name), { seeds: 1, steps });
  assert.ok(first);
  const cellIn = (folder: string): Omit<PlanCell, "onProgress"> => ({
    ...first,
    folder: path.join(scratch, folder),
    saveAfter: 0,
  });
  await runUntil(steps, run, cellIn("whole"));
  await runUntil(steps / 2, run, cellIn("killed"));
  const { step } = savedIn(cellIn("killed").folder);
  assert.ok(step < steps - 1, `killed after step ${step}`);
  const said = t.mock.method(console, "log", () => undefined);
  await runUntil(steps, run, cellIn("killed"));
  assert.match(
    String(said.mock.calls[0]?.arguments[0]),
    RegExp(`^Goes on after step ${step}, from `),
  );
  const [whole, resumed] = [cellIn("whole"), cellIn("killed")].map(({ folder }) => savedIn(folder));
  assert.equal(resumed!.step, whole!.step);
  assert.deepEqual(resumed!.streams, whole!.streams);
  const off = whole!.numbers.map((number, i) => Math.abs(number - resumed!.numbers[i]!));
  assert.equal(resumed!.numbers.length, whole!.numbers.length);
  assert.ok(
    off.every((one) => one < 1e-4),
    `off by ${off.reduce((a, b) => Math.max(a, b), 0)}`,
  );
}

for (const plan of plans)
  test(
    `${plan.name}: a cell that is stopped goes on where it was`,
    { skip: backendName !== "tensorflow" && "needs the native backend", timeout: 300_000 },
    (t) => resumes(t, plan.name, instead[plan.name] ?? ((cell) => plan.run(cell))),
  );
