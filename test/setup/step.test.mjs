import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { holds, perform } from "../../tools/setup/step.mjs";
import { writeStamp } from "../../tools/setup/stamp.mjs";
import { quietProgress, temporaryFolder } from "./fakes.mjs";

/** A step that makes a "library" of a thousand bytes, and counts how often. */
function librarySteps(/** @type {string} */ folder) {
  const library = join(folder, "library.so");
  const counts = { runs: 0 };
  /** @type {import("../../tools/setup/step.mjs").Step} */
  const step = {
    name: "library",
    title: "library",
    inputs: async () => ({ wheel: "one" }),
    outputs: [library],
    run: async () => {
      counts.runs += 1;
      writeFileSync(library, Buffer.alloc(1000));
    },
  };
  return { library, counts, step };
}

test("a step is done once, then held by its stamp", async (t) => {
  const folder = temporaryFolder(t);
  const { step, counts } = librarySteps(folder);
  assert.equal(await perform(step, folder, quietProgress()), "done");
  assert.equal(await perform(step, folder, quietProgress()), "held");
  assert.equal(counts.runs, 1);
});

test("other inputs, and a deleted, truncated or replaced output are noticed", async (t) => {
  const folder = temporaryFolder(t);
  const { step, library } = librarySteps(folder);
  const harms = {
    deleted: () => rmSync(library),
    truncated: () => truncateSync(library, 900),
    replaced: () => utimesSync(library, 0, 0),
  };
  for (const [harm, inflict] of Object.entries(harms)) {
    await perform(step, folder, quietProgress());
    inflict();
    assert.equal(await perform(step, folder, quietProgress()), "done", harm);
  }
  assert.equal(
    await perform({ ...step, inputs: async () => ({ wheel: "two" }) }, folder, quietProgress()),
    "done",
  );
});

test("an outcome that works without a fitting stamp is not made again", async (t) => {
  const folder = temporaryFolder(t);
  const { step, library, counts } = librarySteps(folder);
  writeFileSync(library, "built by hand");
  assert.equal(
    await perform({ ...step, works: async () => true }, folder, quietProgress()),
    "checked",
  );
  assert.equal(await perform(step, folder, quietProgress()), "held");
  assert.equal(counts.runs, 0);
});

test("a step that fails leaves no stamp, also not an old one, and says so", async (t) => {
  const folder = temporaryFolder(t);
  const { step } = librarySteps(folder);
  await perform(step, folder, quietProgress());
  const progress = quietProgress();
  const failing = {
    ...step,
    inputs: async () => "other",
    run: () => Promise.reject(new Error("no network")),
  };
  await assert.rejects(perform(failing, folder, progress), /no network/);
  assert.equal(existsSync(join(folder, "library.json")), false);
  assert.deepEqual(progress.lines, ["library failed"]);
});

test("a step that does not make what it promises is an error", async (t) => {
  const folder = temporaryFolder(t);
  const { step, library } = librarySteps(folder);
  await assert.rejects(
    perform({ ...step, run: async () => {} }, folder, quietProgress()),
    (/** @type {Error} */ error) => error.message.includes(library),
  );
});

test("a stamp that is broken holds nothing", async (t) => {
  const folder = temporaryFolder(t);
  const { step } = librarySteps(folder);
  await perform(step, folder, quietProgress());
  truncateSync(join(folder, "library.json"), 20);
  assert.equal(await holds(step, folder), false);
});

test("a stamp is written beside its place and renamed", async (t) => {
  const folder = temporaryFolder(t);
  await writeStamp(join(folder, "stamps", "one.json"), "inputs", []);
  assert.deepEqual(readdirSync(join(folder, "stamps")), ["one.json"]);
  assert.match(
    readFileSync(join(folder, "stamps", "one.json"), "utf8"),
    /"inputs": "[0-9a-f]{64}"/,
  );
});

test("a build that is killed is done again", async (t) => {
  const folder = temporaryFolder(t);
  const { step, library } = librarySteps(folder);
  const modules = new URL("../../tools/setup/", import.meta.url);
  const child = spawn(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `
    import { writeFileSync } from "node:fs";
    import { perform } from "${modules}step.mjs";
    const run = async () => {
      writeFileSync(${JSON.stringify(library)}, "half");
      console.log("half-way");
      await new Promise((resolve) => setTimeout(resolve, 1e9));
    };
    const step = { name: "library", title: "library", inputs: async () => ({ wheel: "one" }), outputs: [${JSON.stringify(library)}], run };
    await perform(step, ${JSON.stringify(folder)}, { begin: () => () => {}, say: () => {} });
  `,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "close");
  assert.equal(readFileSync(library, "utf8"), "half");
  assert.equal(await perform(step, folder, quietProgress()), "done");
  assert.equal(readFileSync(library).length, 1000);
});
