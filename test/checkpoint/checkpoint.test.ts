import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { loadCheckpoint } from "gan-lib/dist/checkpoint/checkpoint";
import { storedIn } from "gan-lib/dist/checkpoint/folder";
import { saveCheckpoint } from "gan-lib/dist/checkpoint/save";
import { createTinyGan, weightsOf, type TinyGan } from "./tinyGan";

const scratch = mkdtempSync(path.join(tmpdir(), "checkpoint-"));
const folderNamed = (name: string): string => path.join(scratch, name);

async function savedAfter(steps: number, name: string): Promise<{ folder: string; gan: TinyGan }> {
  const gan = createTinyGan();
  gan.train(steps);
  await saveCheckpoint(folderNamed(name), gan, { step: steps, extra: { note: "kept" } });
  return { folder: folderNamed(name), gan };
}

before(ready);
after(() => rmSync(scratch, { recursive: true, force: true }));

describe("a run that goes on from its checkpoint", () => {
  test("is bit for bit the run that was not interrupted", async () => {
    const { folder, gan } = await savedAfter(5, "resumed");
    gan.train(5);
    const resumed = createTinyGan();
    assert.deepEqual(await loadCheckpoint(folder, resumed), { step: 5, extra: { note: "kept" } });
    resumed.train(5);
    assert.deepEqual(weightsOf(resumed), weightsOf(gan));
  });

  test("is so in a fresh process as well", async () => {
    const { folder, gan } = await savedAfter(5, "process");
    gan.train(5);
    const script = path.join(__dirname, "tinyGan.js");
    const output = await run(process.execPath, [script, folder, "5"]);
    assert.deepEqual(JSON.parse(output), weightsOf(gan));
  });

  test("is so when the run that loads has already taken other steps", async () => {
    const { folder, gan } = await savedAfter(5, "rewound");
    gan.train(3);
    const expected = weightsOf(gan);
    gan.train(4);
    await loadCheckpoint(folder, gan);
    gan.train(3);
    assert.deepEqual(weightsOf(gan), expected);
  });

  test("differs without the optimizers", async () => {
    const { folder, gan } = await savedAfter(5, "no-optimizers");
    const twin = createTinyGan();
    await loadCheckpoint(folder, twin);
    const fresh = createTinyGan();
    gan.train(1);
    new Twin(twin, fresh).train(1);
    assert.notDeepEqual(weightsOf(twin), weightsOf(gan));
  });

  test("saves and loads without leaving tensors behind", async () => {
    const { folder, gan } = await savedAfter(2, "tensors");
    const count = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) {
      await saveCheckpoint(folder, gan, { step: 2 });
      await loadCheckpoint(folder, gan);
    }
    assert.equal(tf.memory().numTensors, count);
  });
});

/** A restored run that trains with optimizers that were not restored. */
class Twin {
  constructor(
    private readonly restored: TinyGan,
    private readonly fresh: TinyGan,
  ) {}
  train(steps: number): void {
    this.restored.trainWith(this.fresh.optimizers, steps);
  }
}

describe("a checkpoint folder", () => {
  test("holds the last two checkpoints, or as many as asked for, and the best", async () => {
    const { folder, gan } = await savedAfter(1, "again");
    for (const step of [2, 3, 4]) await saveCheckpoint(folder, gan, { step });
    assert.deepEqual(stepsIn(folder), [4, 3]);
    await saveCheckpoint(folder, gan, { step: 5 }, { keep: 1 });
    assert.deepEqual(stepsIn(folder), [5]);
    const scores = [-3, -1, -2, -5, -4];
    for (const [i, score] of scores.entries())
      await saveCheckpoint(folder, gan, { step: 10 + i, score });
    assert.deepEqual(stepsIn(folder), [14, 13, 11]);
    assert.equal((await loadCheckpoint(folder, gan)).step, 14);
    assert.equal((await loadCheckpoint(folder, gan, { which: "best" })).step, 11);
  });

  test("takes the last saved for the newest, whatever its step", async () => {
    const { folder, gan } = await savedAfter(9, "step-back");
    await saveCheckpoint(folder, gan, { step: 3 });
    assert.equal((await loadCheckpoint(folder, gan)).step, 3);
  });

  test("without a score has no best one", async () => {
    const { folder, gan } = await savedAfter(1, "no-score");
    await assert.rejects(
      loadCheckpoint(folder, gan, { which: "best" }),
      /was saved with a score\. Load the newest/,
    );
  });

  test("keeps the old checkpoint when the process is killed while it saves, and the next save tidies up", async () => {
    const { folder, gan } = await savedAfter(1, "killed");
    const script = path.join(__dirname, "killed.js");
    await assert.rejects(run(process.execPath, [script, folder]), /SIGKILL/);
    assert.equal(readdirSync(folder).filter((name) => name.endsWith(".part")).length, 1);
    assert.equal((await loadCheckpoint(folder, createTinyGan())).step, 1);
    await saveCheckpoint(folder, gan, { step: 7 });
    assert.deepEqual(readdirSync(folder).length, 2);
    assert.deepEqual(stepsIn(folder), [7, 1]);
  });

  test("that is not there is an error", async () => {
    await assert.rejects(
      loadCheckpoint(folderNamed("nowhere"), createTinyGan()),
      /there is no checkpoint in .*nowhere/,
    );
  });

  test("whose newest is damaged gives the one before it, and says so", async (context) => {
    const { folder, gan } = await savedAfter(1, "damaged");
    await saveCheckpoint(folder, gan, { step: 2 });
    truncateSync(newestOf(folder), 3000);
    const warn = context.mock.method(console, "warn", () => undefined);
    assert.equal((await loadCheckpoint(folder, createTinyGan())).step, 1);
    const said = String(warn.mock.calls[0]?.arguments[0]);
    assert.match(
      said,
      /damaged, and passed over: .*step-2-.*it has 3000 bytes, fewer than .*Loaded is .*step-1-/,
    );
  });

  test("of an older format is an error that says so, and what to do", async () => {
    const folder = folderNamed("older");
    mkdirSync(folder);
    writeFileSync(path.join(folder, "manifest.json"), '{"format": "gan-lib checkpoint 1"}');
    await assert.rejects(
      loadCheckpoint(folder, createTinyGan()),
      /older format "gan-lib checkpoint 1".*Train the model anew/,
    );
    await saveCheckpoint(folder, createTinyGan(), { step: 4 });
    assert.equal((await loadCheckpoint(folder, createTinyGan())).step, 4);
  });

  test("of another run is not written to", async () => {
    const { folder } = await savedAfter(2, "other");
    await assert.rejects(
      saveCheckpoint(folder, createTinyGan({ hidden: 9 }), { step: 3 }),
      new RegExp(
        `another run with other networks .step 2, .*process ${process.pid} on .*folder of its own`,
      ),
    );
    assert.deepEqual(stepsIn(folder), [2]);
  });
});

describe("a run that is not the saved one", () => {
  test("with another width is an error that names the layer and both sizes, and changes nothing", async () => {
    const { folder } = await savedAfter(2, "width");
    const wide = createTinyGan({ hidden: 9 });
    const untouched = weightsOf(wide);
    await assert.rejects(
      loadCheckpoint(folder, wide),
      /network "generator".*dense.*"units":9.*"units":8/,
    );
    assert.deepEqual(weightsOf(wide), untouched);
  });

  test("with another slope, the same shapes, is an error", async () => {
    const { folder } = await savedAfter(2, "slope");
    await assert.rejects(
      loadCheckpoint(folder, createTinyGan({ slope: 0.3 })),
      /"alpha":0.3.*"alpha":0.2/,
    );
  });

  test("with other names, optimizers or seeds is an error", async () => {
    const { folder, gan } = await savedAfter(2, "names");
    const { generator } = createTinyGan().models;
    await assert.rejects(
      loadCheckpoint(folder, { ...gan, models: { generator } }),
      /models discriminator, generator, the run has generator/,
    );
    await assert.rejects(
      loadCheckpoint(folder, createTinyGan({ beta1: 0.9 })),
      /"generator" is Adam.*"beta1":0.9.*saved one Adam.*"beta1":0.5/,
    );
    await assert.rejects(
      loadCheckpoint(folder, createTinyGan({ seed: 2 })),
      /RandomStream.restore/,
    );
  });
});

/** The steps of a folder's checkpoints, the last saved first. */
const stepsIn = (folder: string): number[] => storedIn(folder).map(({ step }) => step);

const newestOf = (folder: string): string => storedIn(folder)[0]?.file ?? "";

/** What a program prints; rejects with its signal, or its exit code and what it said, when it does not end well. */
function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let complaints = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code, signal) =>
      code === 0 ? resolve(output) : reject(new Error(`${signal ?? code}: ${complaints}`)),
    );
  });
}
