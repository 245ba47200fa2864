import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import {
  addRun,
  figuresOf,
  keepLesson,
  keptRow,
  readKeptLessons,
  requireSameData,
} from "../../tools/run/kept-lessons.mjs";
import { lessonEnvironment } from "../../tools/run/lesson-run.mjs";
import { instructionSets, readOneDnn } from "../../tools/run/machine.mjs";
import { inRoot } from "../../tools/setup/paths.mjs";
import { temporaryFolder } from "./temporary.mjs";

const row = (seed, classes, cpuSeconds = 1) =>
  keptRow({ seed, ok: true, report: { figures: { classes }, cpuSeconds, maxRssMB: 100 } });
const run = (command, rows) => ({
  command,
  machine: { cpu: "AMD EPYC" },
  versions: { node: "v20" },
  backend: "tensorflow",
  device: "CPU",
  data: { mnist: "full" },
  rows,
});
const summed = (runs) => runs.map(({ command, rows }) => [command, rows.map(({ seed }) => seed)]);

test("more seeds are kept beside those that are there, each run with its command", () => {
  const folder = temporaryFolder("kept-lessons");
  const keep = (added) =>
    keepLesson({
      lesson: "11-a",
      profile: "quick",
      units: { classes: "of 10" },
      run: added,
      folder,
    });
  keep(run("first", [row(1, 7)]));
  const file = keep(run("second", [row(1, 7, 99), row(2, 9.000000000000007)]));
  assert.equal(file, path.join(folder, "11-a.quick.json"));
  const [kept] = readKeptLessons(folder);
  assert.deepEqual(summed(kept.runs), [
    ["first", [1]],
    ["second", [2]],
  ]);
  assert.deepEqual(figuresOf(kept).classes.values, [7, 9]);
  assert.deepEqual(kept.units, { classes: "of 10" });
  assert.match(readFileSync(file, "utf8"), /"classes": 9\n/);
});

test("a seed that gives other figures takes the place of the old one; a run without rows goes", () => {
  const old = [run("old", [row(1, 7), row(2, 7)])];
  assert.deepEqual(summed(addRun(old, run("new", [row(2, 8)]))), [
    ["old", [1]],
    ["new", [2]],
  ]);
  assert.deepEqual(summed(addRun(old, run("new", [row(1, 8), row(2, 8)]))), [["new", [1, 2]]]);
  assert.deepEqual(summed(addRun(old, run("new", [row(1, 7, 5)]))), [["old", [1, 2]]]);
});

test("a run that failed is kept as one, with what it reported until then", () => {
  const failed = keptRow({ seed: 3, ok: false, report: { figures: { loss: NaN } } });
  assert.deepEqual(failed, {
    seed: 3,
    failed: true,
    figures: { loss: null },
    cpuSeconds: null,
    maxRssMB: null,
  });
  assert.deepEqual(keptRow({ seed: 4, ok: false, report: null }).figures, {});
});

test("figures of another size of the data are refused before anything runs", () => {
  const folder = temporaryFolder("kept-data");
  keepLesson({
    lesson: "11-a",
    profile: "quick",
    units: {},
    run: run("full", [row(1, 7)]),
    folder,
  });
  requireSameData("11-a", "quick", { mnist: "full" }, folder);
  requireSameData("11-a", "standard", { mnist: "package" }, folder);
  assert.throws(
    () => requireSameData("11-a", "quick", { mnist: "package" }, folder),
    /11-a\.quick\.json was measured on \{"mnist":"full"\}, and here is \{"mnist":"package"\}: set GAN_DATA_DIR/,
  );
});

test("a run of a lesson is strict wherever it is started", () => {
  const environment = lessonEnvironment({ profile: "quick", seed: 1, report: "r.json" });
  assert.ok("GAN_LENIENT" in environment);
  assert.equal(environment.GAN_LENIENT, undefined);
});

test("a machine is told by its instruction sets and by what oneDNN reports", () => {
  const flags = "processor: 0\nflags\t\t: fpu sse4_2 avx2 avx clflush avx512_vnni amx_bf16 fma\n";
  assert.equal(instructionSets(flags), "amx_bf16 avx avx2 avx512_vnni fma sse4_2");
  assert.equal(instructionSets(""), "unknown");
  const log = [
    "onednn_verbose,v1,info,oneDNN v3.7.3 (commit N/A)",
    "onednn_verbose,v1,info,cpu,isa:Intel AVX2",
    "onednn_verbose,v1,primitive,exec,cpu,gemm_api,,undef",
  ].join("\n");
  const found = { oneDNN: "v3.7.3", oneDNNInstructions: "Intel AVX2" };
  assert.deepEqual(readOneDnn(log), { ...found, oneDNNKernels: "no" });
  const kernels = `${log}\nonednn_verbose,v1,primitive,exec,cpu,matmul,gemm:jit:f32`;
  assert.deepEqual(readOneDnn(kernels), { ...found, oneDNNKernels: "yes" });
  assert.equal(readOneDnn("").oneDNN, "not used");
});

test("`npm run lesson` refuses what makes no sense before it sets anything up", () => {
  /** @type {(...args: string[]) => [number | null, string]} */
  const refused = (...args) => {
    const program = inRoot("tools", "lesson.mjs");
    const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
      encoding: "utf8",
    });
    return [status, stderr.trim()];
  };
  const both = "--calibrate keeps its own runs: leave out --keep, or use one after the other.";
  assert.deepEqual(refused("11", "--keep", "--calibrate"), [1, both]);
  assert.deepEqual(refused("11", "--seeds", "two"), [
    1,
    '--seeds is "two"; give a whole number of at least 1.',
  ]);
  assert.match(refused("11", "--profile", "fast")[1], /give one of quick, standard, full/);
  assert.match(refused("11", "12")[1], /Give one lesson, not 2/);
});
