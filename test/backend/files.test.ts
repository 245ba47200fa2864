import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { isAbandoned, temporaryFolder, unfinishedName } from "gan-lib/dist/backend/files";

const files = require.resolve("gan-lib/dist/backend/files");
const NAME = `files-test-${process.pid}`;

/** What a process that has ended evaluates. */
function inGoneProcess(expression: string): string {
  const program = `process.stdout.write(require(${JSON.stringify(files)}).${expression})`;
  return spawnSync(process.execPath, ["-e", program], { encoding: "utf8" }).stdout;
}

test("a temporary folder of a process that is gone is removed by the next, those of others stay", (context) => {
  const left = inGoneProcess(`temporaryFolder(${JSON.stringify(NAME)})`);
  assert.ok(existsSync(left));
  const mine = temporaryFolder(NAME);
  const stranger = path.join(path.dirname(mine), `${NAME}.none`);
  mkdirSync(stranger);
  const next = temporaryFolder(NAME);
  context.after(() => {
    for (const folder of [mine, stranger, next]) rmSync(folder, { recursive: true });
  });
  assert.deepEqual(
    [left, mine, stranger].map((folder) => existsSync(folder)),
    [false, true, true],
  );
});

test("an unfinished file is abandoned when its process is gone, also when its number is used again", () => {
  const mine = unfinishedName("/x/file");
  assert.equal(isAbandoned(mine), false);
  assert.equal(isAbandoned(inGoneProcess('unfinishedName("/x/file")')), true);
  assert.equal(
    isAbandoned(mine.replace(/-[0-9a-z]+-([0-9a-f]{8})\.part$/, "-earlier-$1.part")),
    true,
  );
  assert.equal(isAbandoned("/x/file.part"), false);
});
