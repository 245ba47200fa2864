import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { loadCheckpoint, saveCheckpoint } from "gan-lib/dist/checkpoint/checkpoint";
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
  test("holds one manifest and one file of tensors, also after saving again", async () => {
    const { folder, gan } = await savedAfter(1, "again");
    gan.train(1);
    await saveCheckpoint(folder, gan, { step: 2 });
    const files = readdirSync(folder).sort();
    assert.equal(files.length, 2);
    assert.equal(files[0], "manifest.json");
    assert.match(files[1] ?? "", /^weights-[0-9a-f]{64}\.bin$/);
    assert.equal((await loadCheckpoint(folder, createTinyGan())).step, 2);
  });

  test("keeps the old checkpoint when the process is killed while it saves", async () => {
    const { folder } = await savedAfter(1, "killed");
    const script = path.join(__dirname, "killed.js");
    await assert.rejects(run(process.execPath, [script, folder]), /SIGKILL/);
    assert.ok(
      readdirSync(folder).some(
        (name) => name.startsWith("weights-") && name !== weightsFile(folder),
      ),
      "it was killed too early",
    );
    assert.equal((await loadCheckpoint(folder, createTinyGan())).step, 1);
    const gan = createTinyGan();
    await saveCheckpoint(folder, gan, { step: 7 });
    assert.equal(readdirSync(folder).length, 2);
  });

  test("that is not there is an error", async () => {
    await assert.rejects(
      loadCheckpoint(folderNamed("nowhere"), createTinyGan()),
      /there is no checkpoint in .*nowhere/,
    );
  });

  test("with a cut-off, changed or missing file is an error", async () => {
    const { folder } = await savedAfter(1, "whole");
    const copy = (name: string): string => {
      cpSync(folder, folderNamed(name), { recursive: true });
      return folderNamed(name);
    };
    const cut = copy("cut");
    truncateSync(path.join(cut, weightsFile(cut)), 100);
    await assert.rejects(
      loadCheckpoint(cut, createTinyGan()),
      /broken: weights-.* has 100 bytes of/,
    );
    const flipped = copy("flipped");
    const bytes = readFileSync(path.join(flipped, weightsFile(flipped)));
    bytes[50] = (bytes[50] ?? 0) ^ 1;
    writeFileSync(path.join(flipped, weightsFile(flipped)), bytes);
    await assert.rejects(loadCheckpoint(flipped, createTinyGan()), /or others than were saved/);
    const missing = copy("missing");
    rmSync(path.join(missing, weightsFile(missing)));
    await assert.rejects(loadCheckpoint(missing, createTinyGan()), /tensors cannot be read/);
    const edited = copy("edited");
    const manifest = path.join(edited, "manifest.json");
    const text = readFileSync(manifest, "utf8");
    writeFileSync(manifest, text.replace('"step": 1', '"step": 9'));
    await assert.rejects(loadCheckpoint(edited, createTinyGan()), /changed after it was written/);
    writeFileSync(manifest, text.slice(0, 200));
    await assert.rejects(loadCheckpoint(edited, createTinyGan()), /is not JSON/);
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
      loadCheckpoint(folder, createTinyGan({ learningRate: 0.5 })),
      /"generator" is Adam.*0.5.*saved one Adam.*0.01/,
    );
    await assert.rejects(
      loadCheckpoint(folder, createTinyGan({ seed: 2 })),
      /RandomStream.restore/,
    );
  });
});

function weightsFile(folder: string): string {
  const { weights } = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8")) as {
    weights: { file: string };
  };
  return weights.file;
}

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
