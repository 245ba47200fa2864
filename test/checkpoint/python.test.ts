import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { ready } from "gan-lib/dist/backend/load";
import { saveCheckpoint } from "gan-lib/dist/checkpoint/save";
import { createTinyGan } from "./tinyGan";

const root = path.resolve(__dirname, "../../..");
const python = [
  path.join(root, ".venv", "bin", "python"),
  path.join(root, ".venv", "Scripts", "python.exe"),
].find((file) => existsSync(file));
const scratch = mkdtempSync(path.join(tmpdir(), "python-"));

/** Prints what NumPy reads, and the manifest. */
const PROGRAM = `
import json, sys
from safetensors import safe_open
with safe_open(sys.argv[1], framework="np") as file:
    tensors = {name: file.get_tensor(name) for name in file.keys()}
    manifest = json.loads(file.metadata()["manifest"])
print(json.dumps({
    "tensors": {name: [str(t.dtype), list(t.shape), t.ravel().tolist()] for name, t in tensors.items()},
    "step": manifest["step"], "extra": manifest["extra"],
}))
`;

before(ready);
after(() => rmSync(scratch, { recursive: true, force: true }));

test("Python's safetensors opens a checkpoint: every number, and the manifest", async () => {
  assert.ok(python !== undefined, "there is no .venv: run npm run setup -- --tests");
  const gan = createTinyGan();
  gan.train(2);
  await saveCheckpoint(scratch, gan, { step: 2, extra: { note: "naïve ✓" } });
  const file = path.join(scratch, readdirSync(scratch)[0] ?? "");
  const read = JSON.parse(execFileSync(python, ["-c", PROGRAM, file], { encoding: "utf8" })) as {
    tensors: Record<string, [string, number[], number[]]>;
    step: number;
    extra: unknown;
  };
  assert.deepEqual([read.step, read.extra], [2, { note: "naïve ✓" }]);
  for (const [name, model] of Object.entries(gan.models)) {
    for (const [i, weight] of model.weights.entries()) {
      const tensor = weight.read();
      const kind = i % 2 === 0 ? "kernel" : "bias";
      assert.deepEqual(read.tensors[`models/${name}/${i}.${kind}`], [
        "float32",
        tensor.shape,
        [...tensor.dataSync()],
      ]);
    }
  }
  // Of each network four weights, their two moments, and Adam's two running products.
  assert.equal(Object.keys(read.tensors).length, 2 * (4 + 8 + 2));
});
