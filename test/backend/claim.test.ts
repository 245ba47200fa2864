import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { claimFile, holderOf, type Claim, type Holder } from "gan-lib/dist/backend/claim";
import { scratchFolder } from "../experiments/runner/collected";

const folder = scratchFolder("claim");
const newFile = (name: string): string => path.join(folder, `${name}.claim`);

function claimed(file: string): Claim {
  const claim = claimFile(file);
  assert.ok("release" in claim, `held by ${JSON.stringify(claim)}`);
  return claim;
}

/** A process of its own that claims a file and says what it got; it lives until it is killed. */
async function claimant(file: string): Promise<{ child: ChildProcess; got: string }> {
  const script = `const { claimFile } = require("gan-lib/dist/backend/claim");
    console.log("release" in claimFile(${JSON.stringify(file)}) ? "claim" : "held");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const got = await new Promise<string>((resolve) => {
    child.stdout.once("data", (text: Buffer) => resolve(text.toString().trim()));
  });
  return { child, got };
}

const ended = (child: ChildProcess): Promise<unknown> => {
  const close = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  return close;
};

test("a file has one holder, and is free again after it", () => {
  const file = newFile("one");
  const claim = claimed(file);
  const { pid, host } = claimFile(file) as Holder;
  assert.deepEqual([pid, host], [process.pid, hostname()]);
  assert.equal(holderOf(file)?.pid, process.pid);
  claim.release();
  assert.equal(holderOf(file), undefined);
  claimed(file).release();
  assert.deepEqual(readdirSync(folder), []);
});

test("the claim of a process that lives is respected, and that of one that was killed is taken over", async () => {
  const file = newFile("killed");
  const { child, got } = await claimant(file);
  assert.equal(got, "claim");
  assert.equal((claimFile(file) as Holder).pid, child.pid);
  await ended(child);
  assert.equal(holderOf(file), undefined);
  claimed(file).release();
});

test("of several processes that see a claim left behind, one takes it", async () => {
  for (let round = 0; round < 3; round++) {
    const file = newFile(`race-${round}`);
    writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), began: null }));
    const all = await Promise.all(Array.from({ length: 6 }, () => claimant(file)));
    await Promise.all(all.map(({ child }) => ended(child)));
    assert.deepEqual(all.map(({ got }) => got).sort(), [
      "claim",
      ...Array.from({ length: 5 }, () => "held"),
    ]);
  }
});

test("a number that another process has by now, an empty claim and one that is not JSON hold nothing", () => {
  const file = newFile("left");
  const texts = ["", "{ half", "{}"];
  if (existsSync("/proc/self/stat"))
    texts.push(JSON.stringify({ pid: process.ppid, host: hostname(), began: "1" }));
  for (const text of texts) {
    writeFileSync(file, text);
    assert.equal(holderOf(file), undefined, text);
    claimed(file).release();
  }
});

test("another machine's claim holds while it is renewed, and is taken over a quarter of an hour later", () => {
  const file = newFile("elsewhere");
  const text = JSON.stringify({ pid: 1, host: "another-machine", began: null });
  writeFileSync(file, text);
  assert.equal((claimFile(file) as Holder).host, "another-machine");
  const old = new Date(Date.now() - 16 * 60_000);
  utimesSync(file, old, old);
  const claim = claimed(file);
  assert.notEqual(readFileSync(file, "utf8"), text);
  claim.release();
});

test("one that died while it took a claim over does not keep the others out", () => {
  const file = newFile("mark");
  const left = JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), began: null });
  writeFileSync(file, left);
  const mark = markOf(file, left);
  writeFileSync(mark, JSON.stringify({ pid: 2 ** 22 + 2, host: hostname(), began: null }));
  claimed(file).release();
  assert.equal(existsSync(mark), false);
});

function markOf(file: string, left: string): string {
  return `${file}.left-${createHash("sha256").update(left).digest("hex").slice(0, 12)}`;
}
