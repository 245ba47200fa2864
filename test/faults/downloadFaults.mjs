/** Faults of downloads and data files: hostile mirrors, kills, changed and strange files. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import downloads from "gan-lib/dist/data/download";
import idx from "gan-lib/dist/data/idx";
import { CONTENT, EXPECTED, kinds, startMirrors } from "./mirrors.mjs";
import { createDice } from "./random.mjs";
import { scratchFolder } from "./saves.mjs";

const program = fileURLToPath(new URL("downloading.mjs", import.meta.url));

const QUIET = ["silent", "stalls"];
/** Seconds that no answer of a mirror on the same machine takes. */
const GENEROUS = 60;

/** Downloads from mirrors of chance, with or without something of chance left by an earlier call. */
async function tryMirrors(address, folder, dice) {
  mkdirSync(folder);
  const file = path.join(folder, "file");
  const chosen = Array.from({ length: 1 + dice(4) }, () => kinds[dice(kinds.length)]);
  const leftovers = [
    Buffer.alloc(0),
    CONTENT.subarray(0, dice(50_000)),
    Buffer.alloc(dice(60_000)),
  ];
  const left = leftovers[dice(leftovers.length)];
  if (left.length > 0) writeFileSync(`${file}.part`, left);
  const damaged = Buffer.alloc(dice(50_001), 1);
  const isDamaged = dice(4) === 0;
  if (isDamaged) writeFileSync(file, damaged);
  const what = `${chosen.join(", ")}; ${left.length} bytes left`;
  const call = (names, silence) =>
    downloads
      .downloadFile(
        file,
        names.map((kind) => address + kind),
        EXPECTED,
        { silence, advice: "Or by hand." },
      )
      .then(
        () => undefined,
        (reason) => reason,
      );
  const hasGood = chosen.includes("good") || chosen.includes("wholeForRange");
  let error = await call(chosen, chosen.some((kind) => QUIET.includes(kind)) ? 3 : GENEROUS);
  // On a busy machine a good mirror may be silent for 3 s as well: what was left must then do no harm.
  if (hasGood && /no byte for 3 s/.test(error?.message)) error = await call(["good"], GENEROUS);
  if (hasGood) assert.equal(error, undefined, `${what}: ${error}`);
  if (error === undefined) assert.ok(readFileSync(file).equals(CONTENT), what);
  else {
    assert.match(error.message, /^file could not be downloaded:\n( {2}http.*\n)+.+ Or by hand\.$/);
    assert.equal(existsSync(file), isDamaged, what);
    if (isDamaged) assert.ok(readFileSync(file).equals(damaged), what);
  }
  const unfinished = readdirSync(folder).filter((name) => !["file", "file.part"].includes(name));
  assert.deepEqual(unfinished, [], what);
}

/** An IDX file with a change of chance, packed or not. */
function mutatedIdx(dice) {
  const values = Buffer.alloc(2000, 3);
  const plain = Buffer.concat([Buffer.from([0, 0, 8, 2, 0, 0, 0, 20, 0, 0, 0, 100]), values]);
  const packed = dice(2) === 0;
  const inside = Buffer.from(plain);
  if (dice(2) === 0) inside[dice(14)] = dice(256);
  const file = packed ? gzipSync(inside) : inside;
  const ways = [
    () => file.subarray(0, dice(file.length)),
    () => ((file[dice(file.length)] ^= 1 << dice(8)), file),
    () => Buffer.concat([file, Buffer.alloc(dice(100), dice(256))]),
    () => file,
  ];
  return ways[dice(ways.length)]();
}

/**
 * @param {object} sizes
 * @param {number} sizes.mirrors how many lists of mirrors are tried
 * @param {number} sizes.kills
 * @param {number} sizes.mutations
 */
export function downloadFaults({ mirrors, kills, mutations }) {
  describe("downloads under faults", () => {
    /** @type {Awaited<ReturnType<typeof startMirrors>>} */
    let server;
    before(async () => void (server = await startMirrors()));
    after(() => server.close());

    test(`${mirrors} lists of good and hostile mirrors give the right file, or an error`, async (context) => {
      const scratch = scratchFolder(context);
      const dice = createDice(4);
      const tries = Array.from({ length: mirrors }, (_, i) => path.join(scratch, String(i)));
      while (tries.length > 0)
        await Promise.all(
          tries.splice(0, 60).map((folder) => tryMirrors(server.address, folder, dice)),
        );
    });

    test(`${kills} kills while two processes download leave nothing wrong`, async (context) => {
      const folder = scratchFolder(context);
      const dice = createDice(5);
      const file = path.join(folder, "file");
      const urls = ["breaks", "noise", "stalls"].map((kind) => server.address + kind);
      for (let i = 0; i < kills; i++) {
        const two = [1, 2].map(() => spawn(process.execPath, [program, file, ...urls]));
        const closed = two.map((child) => once(child, "close"));
        await sleep(150 + dice(150));
        for (const child of two) child.kill("SIGKILL");
        await Promise.all(closed);
        assert.ok(!existsSync(file) || readFileSync(file).equals(CONTENT));
        assert.ok(readdirSync(folder).length <= 4, "what earlier kills left is not taken over");
      }
      await downloads.downloadFile(file, [`${server.address}good`], EXPECTED);
      assert.deepEqual(readdirSync(folder), ["file"]);
    });

    test(`${mutations} changed IDX files are refused by name, or hold what their header says`, async (context) => {
      const folder = scratchFolder(context);
      const dice = createDice(6);
      const file = path.join(folder, "labels");
      for (let i = 0; i < mutations; i++) {
        const content = mutatedIdx(dice);
        writeFileSync(file, content);
        try {
          const { shape, values } = await idx.readIdx(file);
          assert.equal(
            values.length,
            shape.reduce((product, size) => product * size, 1),
          );
        } catch (error) {
          assert.match(error.message, /labels is not a whole IDX file/);
        }
      }
    });

    test("a gzip bomb takes no more memory than its header claims", async (context) => {
      const file = path.join(scratchFolder(context), "bomb");
      const header = Buffer.from([0, 0, 8, 1, 0, 0, 0, 100]);
      const bomb = gzipSync(Buffer.concat([header, Buffer.alloc(2 ** 28)]));
      writeFileSync(file, bomb);
      const most = process.resourceUsage().maxRSS;
      await assert.rejects(idx.readIdx(file), /unpacks to more than its header claims/);
      assert.ok(process.resourceUsage().maxRSS - most < 50_000, "kilobytes");
      assert.equal(gunzipSync(bomb).length, 8 + 2 ** 28);
    });
  });
}
