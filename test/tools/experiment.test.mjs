/** `npm run experiment` from the outside: it is killed, interrupted, goes on, and tells what failed. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { before, describe, test } from "node:test";
import pl from "nodejs-polars";
import { inRoot } from "../../tools/setup/paths.mjs";
import {
  beginningsIn,
  cellsIn,
  isRunning,
  startExperiment,
  tinyGanPlan,
  until,
  waitingCells,
} from "./experimentRun.mjs";
import { temporaryFolder } from "./temporary.mjs";

const whole = temporaryFolder("experiment-whole");
let run;
before(async () => (run = await startExperiment([tinyGanPlan, "--folder", whole]).ended));

/** A cell's result without what no two runs share. */
const withoutCost = (cells) =>
  Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [name, { ...cell, cpuSeconds: 0 }]),
  );

/** Starts the experiment so that the cells of seed 2 wait at step 35, and waits until they do. */
async function startedAndWaiting(folder) {
  const run = startExperiment([tinyGanPlan, "--folder", folder], { STOP_AT: "2:35" });
  return { ...run, pids: await waitingCells(folder, 2) };
}

describe("a run that is not interrupted", () => {
  test("ends well, with every cell and no checkpoint left", () => {
    assert.equal(run.code, 0, run.stderr);
    assert.equal(Object.keys(cellsIn(whole)).length, 4);
    for (const cell of Object.values(cellsIn(whole)))
      assert.ok(Number.isFinite(cell.figures.checksum) && cell.cpuSeconds > 0);
    const left = readdirSync(path.join(whole, "tiny-gan", "cells"));
    assert.deepEqual(
      left.filter((name) => !/\.(json|log)$/.test(name)),
      [],
    );
  });

  test("says what it does and what came out, with the paper's row marked as such", () => {
    assert.match(
      run.stdout,
      /tiny-gan: A GAN on tiny images.*\n4 cells of 40 steps, of which 0 are finished\nprepared by process \d+\n✓/,
    );
    assert.match(
      run.stdout,
      /✓ width 3, seed 1: checksum \S+, loss \S+; \d+\.\d CPU seconds {3}\(\d of 4 cells done/,
    );
    assert.match(run.stdout, /\(4 of 4 cells done\)/);
    assert.match(
      run.stdout,
      /width +source +checksum +loss \(nats\)\n3 +ours, 2 seeds +\S+ ± \S+ +\S+ ± \S+\n3 +a paper, table 1 +0.7 ± 0.1\n4 +ours, 2 seeds/,
    );
  });

  test("leaves a table that polars reads back, one row a cell, and a chart", () => {
    const table = pl.readParquet(path.join(whole, "tiny-gan", "table.parquet"));
    assert.deepEqual(table.columns, ["width", "seed", "steps", "checksum", "loss", "cpuSeconds"]);
    const cells = Object.values(cellsIn(whole));
    assert.deepEqual(
      table
        .rows()
        .map(([width, seed, steps, checksum]) => [width, Number(seed), Number(steps), checksum]),
      [
        [3, 1],
        [3, 2],
        [4, 1],
        [4, 2],
      ].map(([width, seed]) => {
        const { figures } = cells.find(
          (cell) => cell.settings.width === width && cell.seed === seed,
        );
        return [width, seed, 40, figures.checksum];
      }),
    );
    assert.equal(
      readFileSync(path.join(whole, "tiny-gan", "chart.png"))
        .subarray(1, 4)
        .toString(),
      "PNG",
    );
  });

  test("is not run again, only what is new", async () => {
    const again = await startExperiment([
      tinyGanPlan,
      "--folder",
      whole,
      "--width",
      "3",
      "--seeds",
      "3",
    ]).ended;
    assert.match(again.stdout, /3 cells of 40 steps, of which 2 are finished/);
    assert.equal(again.stdout.match(/✓ width/g)?.length, 1);
    assert.match(again.stdout, /✓ width 3, seed 3/);
    assert.equal(pl.readParquet(path.join(whole, "tiny-gan", "table.parquet")).height, 5);
  });
});

test("after kill -9 in the middle, the same command goes on from the checkpoints to the same results, and finished cells stay", async () => {
  const folder = temporaryFolder("experiment-killed");
  const { child, ended, pids } = await startedAndWaiting(folder);
  child.kill("SIGKILL");
  assert.equal((await ended).signal, "SIGKILL");
  await until(() => !pids.some(isRunning)); // a cell does not outlive its runner
  const finished = cellsIn(folder);
  assert.equal(Object.keys(finished).length, 2);
  const resumed = await startExperiment([tinyGanPlan, "--folder", folder]).ended;
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.match(resumed.stdout, /4 cells of 40 steps, of which 2 are finished/);
  assert.deepEqual(
    beginningsIn(folder, 2).map(({ startAt }) => startAt),
    [30, 30],
  );
  const all = cellsIn(folder);
  for (const [name, cell] of Object.entries(finished)) assert.deepEqual(all[name], cell);
  const uninterrupted = Object.entries(cellsIn(whole)).filter(([name]) => name in all);
  assert.deepEqual(withoutCost(all), withoutCost(Object.fromEntries(uninterrupted)));
});

test("Ctrl-C ends the cells, and says how to go on", async () => {
  const folder = temporaryFolder("experiment-stopped");
  const { child, ended, pids } = await startedAndWaiting(folder);
  child.kill("SIGINT");
  const { code, stdout } = await ended;
  assert.equal(code, 130);
  assert.deepEqual(pids.filter(isRunning), []);
  assert.match(
    stdout,
    /Stopped with 2 of 4 cells done\. To go on: npm run experiment -- \S+tinyGanPlan\.mjs --folder \S+\n$/,
  );
});

test("a cell that fails is told with its error, the others are kept, and the exit code is 1", async () => {
  const folder = temporaryFolder("experiment-failed");
  const { code, stdout, stderr } = await startExperiment(
    [tinyGanPlan, "--folder", folder, "--width", "4"],
    { FAIL_AT: "1" },
  ).ended;
  assert.equal(code, 1);
  assert.match(stdout, /✗ width 4, seed 1: it ended with the code 1/);
  assert.match(
    stderr,
    /✗ width 4, seed 1: it ended with the code 1[^]*Error: seed 1 has no luck[^]*\.log\n\n1 cell failed; the same command tries again\./,
  );
  assert.deepEqual(
    Object.values(cellsIn(folder)).map(({ seed }) => seed),
    [2],
  );
  assert.equal(pl.readParquet(path.join(folder, "tiny-gan", "table.parquet")).height, 1);
});

test("a cell that ends well without a result is named, with its log", async () => {
  const folder = temporaryFolder("experiment-left");
  const { code, stdout, stderr } = await startExperiment(
    [tinyGanPlan, "--folder", folder, "--width", "4"],
    { LEAVE_AT: "2" },
  ).ended;
  assert.equal(code, 1);
  assert.match(stdout, /✗ width 4, seed 2: it ended well, but it left no result/);
  assert.match(
    stderr,
    /✗ width 4, seed 2: [^]*All of its output: \S+seed2\S+\.log\n\n1 cell failed/,
  );
  assert.deepEqual(
    Object.values(cellsIn(folder)).map(({ seed }) => seed),
    [1],
  );
});

test("a cell that hangs is told, ended at the time-out, and goes on from its checkpoint at the next try", async () => {
  const folder = temporaryFolder("experiment-hung");
  const args = [tinyGanPlan, "--folder", folder, "--width", "3", "--seeds", "1"];
  const hung = await startExperiment([...args, "--timeout", "0.25"], { STOP_AT: "1:35" }).ended;
  assert.equal(hung.code, 1);
  assert.match(
    hung.stdout,
    /… width 3, seed 1: no step for 0\.1\d* min; it is ended after 0\.25 \(--timeout\)\n✗ width 3, seed 1: it was ended after 0\.25 min without a step/,
  );
  const { code, stdout } = await startExperiment(args).ended;
  assert.equal(code, 0, stdout);
  assert.deepEqual(
    beginningsIn(folder, 1).map(({ startAt }) => startAt),
    [30],
  );
});

test("a broken result and one of another cell are named, set aside, and computed anew", async () => {
  const folder = temporaryFolder("experiment-broken");
  cpSync(whole, folder, { recursive: true });
  const good = cellsIn(folder);
  const [empty, foreign, other] = Object.keys(good);
  const cells = path.join(folder, "tiny-gan", "cells");
  writeFileSync(path.join(cells, empty), "");
  copyFileSync(path.join(cells, other), path.join(cells, foreign));
  const { code, stdout } = await startExperiment([tinyGanPlan, "--folder", folder]).ended;
  assert.equal(code, 0, stdout);
  assert.ok(
    stdout.includes(`! ${empty}: it is empty. It is set aside as ${empty}.aside-1`),
    stdout,
  );
  assert.ok(stdout.includes(`! ${foreign}: it is the result of another cell: "tiny-gan"`), stdout);
  assert.deepEqual(withoutCost(cellsIn(folder))[empty], withoutCost(good)[empty]);
  assert.deepEqual(withoutCost(cellsIn(folder))[foreign], withoutCost(good)[foreign]);
  assert.ok(existsSync(path.join(cells, `${foreign}.aside-1`)));
});

test("two runners share the cells: each cell is computed once, and both end well with all of them", async () => {
  const folder = temporaryFolder("experiment-shared");
  const args = [tinyGanPlan, "--folder", folder, "--jobs", "1"];
  const ends = await Promise.all([1, 2].map(() => startExperiment(args).ended));
  for (const { code, stdout, stderr } of ends) {
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stdout, /✗/);
    assert.match(stdout, /\(4 of 4 cells done\)/);
    assert.equal(stdout.match(/^[34] +ours, 2 seeds/gm)?.length, 2);
  }
  const cells = path.join(folder, "tiny-gan", "cells");
  const logs = readdirSync(cells).filter((name) => name.endsWith(".log"));
  const begun = logs.map(
    (name) => readFileSync(path.join(cells, name), "utf8").match(/begins after step/g)?.length,
  );
  assert.deepEqual(begun, [1, 1, 1, 1]);
  assert.deepEqual(
    readdirSync(cells).filter((name) => !/\.(json|log)$/.test(name)),
    [],
  );
});

describe("for a scheduler of one's own", () => {
  const folder = temporaryFolder("experiment-listed");
  const cellCommand = (cell, out) =>
    spawnSync(
      process.execPath,
      [inRoot("tools", "experiment", "cell.mjs"), JSON.stringify(cell), out],
      { encoding: "utf8" },
    );
  const chosen = ["--updates", "simultaneous", "--seeds", "2", "--steps", "20"];
  const args = ["dirac-gan", "--folder", folder, ...chosen];

  test("--list prints each cell and the file for its result; a cell that is run so is finished", async () => {
    const { code, stdout } = await startExperiment([...args, "--list"]).ended;
    assert.equal(code, 0);
    const listed = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.equal(listed.length, 4);
    const { cell, out } = listed[3];
    const settings = { updates: "simultaneous", penalty: "zero-centred" };
    assert.deepEqual(cell, { plan: "dirac-gan", settings, seed: 2, steps: 20 });
    assert.equal(cellCommand(cell, out).status, 0);
    const run = await startExperiment(args).ended;
    assert.match(run.stdout, /4 cells of 20 steps, of which 1 are finished/);
    assert.ok(listed.every((line) => existsSync(line.out)));
  });

  test("a cell that another process computes is left to it: exit code 75", () => {
    const out = path.join(folder, "claimed.json");
    const claim = { pid: process.pid, host: os.hostname(), began: null };
    writeFileSync(path.join(folder, "claimed.claim"), JSON.stringify(claim));
    const settings = { updates: "simultaneous", penalty: "none" };
    const { status, stderr } = cellCommand({ plan: "dirac-gan", settings, seed: 1, steps: 5 }, out);
    assert.equal(status, 75);
    assert.match(stderr, new RegExp(`process ${process.pid} on .* computes this cell now`));
    assert.equal(existsSync(out), false);
  });

  test("what is no cell, or no cell of the plan, is refused with what is wanted", () => {
    const out = path.join(folder, "no.json");
    const refusal = (cell, file = out) => cellCommand(cell, file).stderr;
    assert.match(refusal("x"), /Not a cell as JSON: "x"\nIt is \{"plan": …/);
    assert.match(
      refusal({ plan: "dirac-gan", settings: {}, seed: 1, steps: 1 }),
      /needs one value/,
    );
    assert.match(refusal("x", "out.txt"), /the file for its result, whose name ends in \.json/);
  });
});

test("a plan that is not there, and an option that the plan does not have, are errors that list what there is", async () => {
  const unknown = await startExperiment(["no-such-plan"]).ended;
  assert.deepEqual(
    [unknown.code, unknown.stderr.includes('There is no plan "no-such-plan". There are: ')],
    [1, true],
    unknown.stderr,
  );
  const option = await startExperiment(["dirac-gan", "--packing", "1"]).ended;
  assert.equal(option.code, 1);
  assert.match(
    option.stderr,
    /--packing[^]*The settings of the plan "dirac-gan":\n {2}--updates simultaneous,alternating\n/,
  );
});

test("one cell is one command, from JSON to a result file", () => {
  const file = path.join(temporaryFolder("experiment-cell"), "out.json");
  const cell = {
    plan: "dirac-gan",
    settings: { updates: "simultaneous", penalty: "none" },
    seed: 3,
    steps: 20,
  };
  execFileSync(process.execPath, [
    inRoot("tools", "experiment", "cell.mjs"),
    JSON.stringify(cell),
    file,
  ]);
  const { figures, cpuSeconds, device, ...rest } = JSON.parse(readFileSync(file, "utf8"));
  assert.deepEqual(rest, { ...cell, version: 1, data: {} });
  assert.ok(Math.abs(figures.distance - 1.01 ** 10) < 1e-12 && cpuSeconds > 0 && device !== "");
});
