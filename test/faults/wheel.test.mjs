/** Wheels that are wrong or broken, served from a folder: a tiny one stands in for TensorFlow's. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ask } from "../../tools/setup/run.mjs";
import { inRoot, venvPython } from "../../tools/setup/paths.mjs";
import { fetchAndUnpack } from "../../tools/setup/tensorflow.mjs";
import { temporaryFolder } from "../setup/fakes.mjs";

const wheelName = "tiny_tensorflow-1.0-cp311-cp311-manylinux_2_27_x86_64.whl";
const makeWheel = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr("tensorflow/libtensorflow_cc.so.2", b"library" * 1000)
    wheel.writestr("tensorflow/include/tensorflow/c/c_api.h", "header")
    wheel.writestr("nvidia/cublas/lib/libcublas.so.12", "cuda")
    wheel.writestr("tensorflow/python/huge.py", "not wanted")
    info = "tiny_tensorflow-1.0.dist-info/"
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: tiny-tensorflow\\nVersion: 1.0\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: cp311-cp311-manylinux_2_27_x86_64\\n")
    wheel.writestr(info + "RECORD", "")
`;

/** A folder with the wheel, and requirements that pin its sum. */
function shop(/** @type {import("node:test").TestContext} */ t) {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "shop"));
  const wheel = join(folder, "shop", wheelName);
  assert.equal(ask(venvPython, ["-c", makeWheel, wheel]).ok, true);
  const requirements = join(folder, "tiny.txt");
  const sum = createHash("sha256").update(readFileSync(wheel)).digest("hex");
  writeFileSync(requirements, `tiny-tensorflow==1.0 --hash=sha256:${sum}\n`);
  const fetch = () =>
    fetchAndUnpack(requirements, join(folder, "native"), [
      "--no-index",
      "--find-links",
      join(folder, "shop"),
    ]);
  return { folder, wheel, requirements, fetch };
}

test("of the pinned wheel only the wanted parts are unpacked, and the wheel goes", async (t) => {
  const { folder, fetch } = shop(t);
  await fetch();
  const files = readdirSync(join(folder, "native"), {
    recursive: true,
    withFileTypes: true,
  }).filter((entry) => entry.isFile());
  assert.deepEqual(files.map(({ name }) => name).sort(), [
    "c_api.h",
    "libcublas.so.12",
    "libtensorflow_cc.so.2",
  ]);
  assert.deepEqual(readdirSync(folder).sort(), ["native", "shop", "tiny.txt"]);
});

test("what an attempt that was killed has left is replaced", async (t) => {
  const { folder, fetch } = shop(t);
  for (const name of ["native.download", "native.partial", "native"]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "half"), "half");
  }
  await fetch();
  assert.deepEqual(readdirSync(join(folder, "native")).sort(), ["nvidia", "tensorflow"]);
});

test("a wheel with another sum than the pinned one is refused, and nothing of it is unpacked", async (t) => {
  const { folder, requirements, fetch } = shop(t);
  writeFileSync(requirements, `tiny-tensorflow==1.0 --hash=sha256:${"0".repeat(64)}\n`);
  await assert.rejects(fetch(), {
    name: "SetupError",
    message: /0{64}[^]*another file came than the pinned one/,
  });
  assert.equal(existsSync(join(folder, "native")), false);
});

test("a wheel that is cut off is refused", async (t) => {
  const { folder, wheel, fetch } = shop(t);
  truncateSync(wheel, 4000);
  await assert.rejects(fetch(), { name: "SetupError" });
  assert.equal(existsSync(join(folder, "native")), false);
});

test("wheels that hold nothing that is wanted are an error", (t) => {
  const folder = temporaryFolder(t);
  const { ok, output } = ask(venvPython, [
    inRoot("tools", "native", "unpack.py"),
    folder,
    join(folder, "out"),
  ]);
  assert.equal(ok, false);
  assert.match(output, /0 files|no wheel holds/);
});
