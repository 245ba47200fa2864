import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

/** Runs a script in a process of its own, where the native package can be made to fail. */
function run(
  script: string,
  { native = true, env = {} }: { native?: boolean; env?: Record<string, string> } = {},
): { stdout: string; stderr: string } {
  const withoutNative = `
    const Module = require("node:module");
    const load = Module._load;
    Module._load = (id, ...rest) => {
      if (id === "@tensorflow/tfjs-node-gpu") throw new Error("no binding here");
      return load(id, ...rest);
    };`;
  const source = `${native ? "" : withoutNative}
    const gan = require("gan-lib");
    (async () => { ${script} })().catch((error) => { console.log("threw", error.message); });`;
  const inherited = { ...process.env };
  delete inherited["GAN_BACKEND"];
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", source], {
    encoding: "utf8",
    env: { ...inherited, ...env },
  });
  return { stdout, stderr };
}

test("the native backend computes where its binding is there, without a warning of ours", () => {
  const { stdout, stderr } = run(
    "await gan.ready(); console.log(gan.backendName, gan.tf.getBackend(), gan.nativeBackendError);",
  );
  assert.equal(stdout, "tensorflow tensorflow undefined\n");
  assert.doesNotMatch(stderr, /gan-lib/);
});

test("WebAssembly takes over where the binding is missing, with one warning that says how to mend it", () => {
  const { stdout, stderr } = run(
    "await gan.ready(); await gan.ready(); console.log(gan.tf.getBackend(), gan.nativeBackendError.message);",
    { native: false },
  );
  assert.equal(stdout, "wasm no binding here\n");
  assert.equal(stderr.match(/WebAssembly computes instead/g)?.length, 1, stderr);
  assert.match(stderr, /npm run setup/);
});

test("WebAssembly that was asked for needs no warning", () => {
  const { stdout, stderr } = run("await gan.ready(); console.log(gan.tf.getBackend());", {
    env: { GAN_BACKEND: "wasm" },
  });
  assert.equal(stdout, "wasm\n");
  assert.equal(stderr, "");
});

test("a lesson that trains convolutions stops on WebAssembly, and says what it needs and how to get it", () => {
  const open = 'await gan.openLesson("20-dcgan", { needsNative: true });';
  const { stdout } = run(open, { env: { GAN_BACKEND: "wasm" } });
  assert.match(
    stdout,
    /threw Lesson 20-dcgan trains convolutions.*npm run setup.*container.*WSL 2/,
  );
  assert.doesNotMatch(run(open).stdout, /threw/);
});
