/** Faults of checkpoints: kills, several processes on one folder, torn and changed files, disks that fail. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs, { mkdirSync, readdirSync } from "node:fs";
import fsp from "node:fs/promises";
import path from "node:path";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import files from "gan-lib/dist/backend/files";
import manifests from "gan-lib/dist/checkpoint/manifest";
import safetensors from "gan-lib/dist/checkpoint/safetensors";
import { createDice } from "./random.mjs";
import { contentOf, loadStep, program, saveStep, scratchFolder } from "./saves.mjs";

/** A process that saves from `first` on, and the last step that it said was saved. */
function startSaver(/** @type {string} */ folder, /** @type {number} */ first) {
  const child = spawn(process.execPath, [program, folder, String(first)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const saver = { child, saved: -1, count: 0, complaints: "", closed: once(child, "close") };
  let rest = "";
  child.stdout.on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    saver.count += lines.length;
    if (lines.length > 0) saver.saved = Number(lines.at(-1));
  });
  child.stderr.on("data", (chunk) => (saver.complaints += chunk));
  return saver;
}

async function untilSaved(/** @type {ReturnType<typeof startSaver>} */ saver) {
  while (saver.saved === -1 && saver.child.exitCode === null) await sleep(2);
  assert.equal(saver.complaints, "");
}

async function kill(/** @type {ReturnType<typeof startSaver>} */ saver) {
  saver.child.kill("SIGKILL");
  await saver.closed;
  assert.equal(saver.complaints, "");
}

const partsIn = (/** @type {string} */ folder) =>
  readdirSync(folder).filter((name) => name.endsWith(".part"));

/** Changes a few bytes, the length, or places of a file. */
function mutated(/** @type {Buffer} */ whole, /** @type {ReturnType<typeof createDice>} */ dice) {
  const copy = Buffer.from(whole);
  const at = dice(3) === 0 ? dice(200) : dice(copy.length);
  const ways = [
    () => ((copy[at] ^= 1 << dice(8)), copy),
    () => copy.subarray(0, at),
    () => Buffer.concat([copy.subarray(0, at), Buffer.from([dice(256)]), copy.subarray(at)]),
    () => Buffer.concat([copy.subarray(0, at), copy.subarray(at + 1 + dice(64))]),
    () => copy.fill(0, at, Math.min(at + 1 + dice(4096), copy.length)),
    () => Buffer.concat([copy, Buffer.alloc(1 + dice(4096), dice(256))]),
    () => (copy.writeBigUInt64LE(BigInt(dice(2 ** 31)) * BigInt(1 + dice(2 ** 31)), 0), copy),
    () => (copy.copy(copy, at, dice(copy.length), dice(copy.length)), copy),
  ];
  return ways[dice(ways.length)]();
}

/** Values that a header may claim where others belong. */
const CLAIMS = [
  null,
  -1,
  0,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  "F64",
  "",
  [],
  {},
  [[]],
  [-1],
  [2 ** 40, 2 ** 40],
  true,
];

/** A file of right sums whose header claims something strange. */
function hostile(/** @type {Buffer} */ whole, /** @type {ReturnType<typeof createDice>} */ dice) {
  const length = Number(whole.readBigUInt64LE(0));
  const header = JSON.parse(whole.toString("utf8", 8, 8 + length));
  const names = Object.keys(header);
  const entry = header[names[dice(names.length)]];
  const fields = Object.keys(entry);
  entry[fields[dice(fields.length)]] = CLAIMS[dice(CLAIMS.length)];
  const { __metadata__: metadata } = header;
  if (typeof metadata.sha256 === "string") metadata.sha256 = "0".repeat(64);
  const text = JSON.stringify(header);
  const data = whole.subarray(8 + length);
  const first = Buffer.alloc(8);
  first.writeBigUInt64LE(BigInt(Buffer.byteLength(text)));
  const sum = safetensors.sumOf(text, data);
  return Buffer.concat([first, Buffer.from(text.replace("0".repeat(64), sum)), data]);
}

/** Makes one function of `fs/promises` fail, or those of the files that it opens. */
function failing(/** @type {import("node:test").TestContext} */ context, operation, code) {
  const failure = Object.assign(new Error(`${code}: as if`), { code });
  if (operation === "rename" || operation === "open")
    return context.mock.method(fsp, operation, async () => Promise.reject(failure));
  const open = fsp.open;
  return context.mock.method(fsp, "open", async (name, flags) => {
    const handle = await open(name, flags);
    handle[operation] = async () => Promise.reject(failure);
    return handle;
  });
}

/**
 * @param {object} sizes
 * @param {number} sizes.kills
 * @param {number} sizes.seconds how long two writers and a reader share a folder
 * @param {number} sizes.mutations
 */
export function checkpointFaults({ kills, seconds, mutations }) {
  describe("checkpoints under faults", () => {
    test(`${kills} kills while saving lose nothing that was saved`, async (context) => {
      const folder = scratchFolder(context);
      const dice = createDice(1);
      let step = 0;
      for (let i = 0; i < kills; i++) {
        const saver = startSaver(folder, step + 1);
        await untilSaved(saver);
        await sleep(dice(40));
        await kill(saver);
        const loaded = await loadStep(folder);
        assert.deepEqual(loaded.damaged, []);
        assert.ok(loaded.step >= saver.saved, `${loaded.step} after ${saver.saved} was saved`);
        assert.ok(partsIn(folder).length <= 1, "what earlier kills left is not removed");
        step = loaded.step;
      }
      await saveStep(folder, step + 1);
      assert.deepEqual(partsIn(folder), []);
      assert.equal(readdirSync(folder).length, 2);
    });

    test(`two writers and a reader share a folder for ${seconds} s, and none fails`, async (context) => {
      const folder = scratchFolder(context);
      const savers = [startSaver(folder, 1), startSaver(folder, 1_000_000)];
      await Promise.all(savers.map(untilSaved));
      let loads = 0;
      for (const end = performance.now() + 1000 * seconds; performance.now() < end; loads++)
        assert.deepEqual((await loadStep(folder)).damaged, []);
      await Promise.all(savers.map(kill));
      assert.deepEqual((await loadStep(folder)).damaged, []);
      const saves = savers.map(({ count }) => count);
      context.diagnostic(`${saves.join(" and ")} saves, ${loads} loads`);
      assert.ok(Math.min(...saves) > 1 && loads > 1);
    });

    test(`${mutations} changed files are all refused as damaged`, () => {
      const dice = createDice(2);
      const whole = contentOf(5);
      let changed = 0;
      while (changed < mutations) {
        const file = mutated(whole, dice);
        if (file.equals(whole)) continue;
        changed += 1;
        assert.throws(() => safetensors.decodeSafetensors(file), safetensors.DamagedFileError);
      }
    });

    test(`${mutations} files of strange claims and right sums are refused, or have tensors that fit`, () => {
      const dice = createDice(3);
      const whole = contentOf(5);
      let refused = 0;
      for (let i = 0; i < mutations; i++) {
        try {
          const { tensors, metadata } = safetensors.decodeSafetensors(hostile(whole, dice));
          for (const { shape, values } of tensors)
            assert.equal(
              values.length,
              shape.reduce((product, size) => product * size, 1),
            );
          manifests.manifestIn(metadata);
        } catch (error) {
          refused += 1;
          const isKnown = error instanceof safetensors.DamagedFileError;
          assert.ok(isKnown || /it has the format/.test(error.message), error);
        }
      }
      assert.ok(refused > mutations / 4);
    });

    for (const operation of ["open", "writeFile", "sync", "rename"]) {
      for (const code of ["ENOSPC", "EACCES", "EROFS", "EDQUOT", "EIO"]) {
        test(`${code} in ${operation} loses nothing and leaves nothing`, async (context) => {
          const folder = scratchFolder(context);
          await saveStep(folder, 1);
          const before = readdirSync(folder);
          const mock = failing(context, operation, code);
          await assert.rejects(saveStep(folder, 2), (error) => {
            assert.match(files.writeProblem(error), new RegExp(`\\. .*\\(${code}\\)$`));
            return true;
          });
          mock.mock.restore();
          assert.deepEqual(readdirSync(folder), before);
          assert.equal((await loadStep(folder)).step, 1);
        });
      }
    }

    test("a disk that is really full loses nothing", async (context) => {
      const folder = path.join(scratchFolder(context), "tiny");
      mkdirSync(folder);
      try {
        execFileSync("mount", ["-t", "tmpfs", "-o", "size=300k", "tmpfs", folder], {
          stdio: "ignore",
        });
      } catch {
        return context.skip("a small disk needs the right to mount");
      }
      try {
        await saveStep(folder, 1);
        fs.writeFileSync(path.join(folder, "other"), Buffer.alloc(100_000));
        for (let i = 0; i < 20; i++)
          await assert.rejects(saveStep(folder, 2), ({ code }) => code === "ENOSPC");
        assert.equal((await loadStep(folder)).step, 1);
        assert.deepEqual(partsIn(folder), []);
      } finally {
        execFileSync("umount", [folder]);
      }
    });

    test("a save that returned is on the disk: file, name and folder, before an older one goes", async (context) => {
      const parent = scratchFolder(context);
      const folder = path.join(parent, "new", "run");
      /** @type {string[]} */
      const done = [];
      const { open, rename, rm } = fsp;
      const short = (/** @type {unknown} */ name) =>
        path
          .relative(parent, String(name))
          .replace(/checkpoint-\.[^.]+\.part/, "PART")
          .replace(/checkpoint-\S+/, "FILE") || ".";
      context.mock.method(fsp, "open", async (name, flags) => {
        const handle = await open(name, flags);
        const sync = handle.sync.bind(handle);
        handle.sync = async () => {
          await sync();
          done.push(`sync ${short(name)}`);
        };
        return handle;
      });
      context.mock.method(fsp, "rename", async (from, to) => {
        await rename(from, to);
        done.push(`rename ${short(from)} ${short(to)}`);
      });
      context.mock.method(fsp, "rm", async (name, options) => {
        await rm(name, options);
        done.push(`remove ${short(name)}`);
      });
      const save = ["sync new/run/PART", "rename new/run/PART new/run/FILE", "sync new/run"];
      await saveStep(folder, 1);
      assert.deepEqual(done.splice(0), ["sync new", "sync .", ...save]);
      await saveStep(folder, 2);
      assert.deepEqual(done.splice(0), save);
      await saveStep(folder, 3);
      assert.deepEqual(done, [...save, "remove new/run/FILE"]);
    });
  });
}
