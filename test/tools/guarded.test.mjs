/** A program that a command started is gone when the command is, however it ended. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inRoot } from "../../tools/setup/paths.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "guarded-"));
writeFileSync(
  path.join(folder, "endless.py"),
  "import os, sys, time\nopen(sys.argv[1], 'w').write(str(os.getpid()))\ntime.sleep(600)\n",
);
const command = `
  import { runGuarded } from ${JSON.stringify(inRoot("tools", "setup", "guarded.mjs"))};
  const env = { ...process.env, PYTHONPATH: ${JSON.stringify(folder)} };
  process.exitCode = await runGuarded("python3", ["endless", process.argv[1]], { env });`;
const arguments_ = (note) => ["--input-type=module", "-e", command, note];

async function readWhenThere(file) {
  for (;;) {
    try {
      const text = readFileSync(file, "utf8");
      if (text !== "") return Number(text);
    } catch {
      // not yet
    }
    await sleep(50);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

for (const signal of /** @type {const} */ (["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"])) {
  test(`${signal} to the command`, { timeout: 60_000 }, async () => {
    const note = path.join(folder, signal);
    const starter = spawn(process.execPath, arguments_(note), { stdio: "ignore" });
    const pid = await readWhenThere(note);
    starter.kill(signal);
    while (isAlive(pid)) await sleep(50);
  });
}

test("the program that started the command is killed, as npm", { timeout: 60_000 }, async () => {
  const note = path.join(folder, "npm");
  const words = [process.execPath, ...arguments_(note)];
  const asNpm = `require("node:child_process").spawn(${JSON.stringify(words[0])}, ${JSON.stringify(words.slice(1))}, { stdio: "ignore" });`;
  const npm = spawn(process.execPath, ["-e", asNpm], { stdio: "ignore" });
  const pid = await readWhenThere(note);
  npm.kill("SIGKILL");
  while (isAlive(pid)) await sleep(50);
  assert.ok(!isAlive(pid));
});
