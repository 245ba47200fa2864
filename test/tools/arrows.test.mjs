import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { imports } from "../../eslint.config.mjs";
import { root } from "../../tools/setup/paths.mjs";

/** Our rules without those that need types: these texts belong to no file. */
const eslint = new ESLint({
  cwd: root,
  overrideConfig: { files: ["**/*.ts"], ...tseslint.configs.disableTypeChecked },
});

/** The rules that object to an import in a file. */
async function objections(file, statement) {
  const [{ messages }] = await eslint.lintText(`${statement}\n`, {
    filePath: `${root}/${file}`,
  });
  return messages
    .filter(({ ruleId }) => /import|syntax|globals/.test(ruleId ?? "fatal import"))
    .map(({ message }) => message);
}

const allowed = [
  ["ops/a.ts", 'import * as tf from "../backend/tf";'],
  ["networks/a.ts", 'export { b } from "../ops/b";'],
  ["training/a.ts", 'import type { Objective } from "../objectives/objective";'],
  ["experiments/deep/a.ts", 'import { b } from "../../data/b";'],
  ["plans/a.ts", 'import { b } from "../experiments/b";'],
  ["lesson/a.ts", 'import { b } from "../plots/b"; import * as tslab from "tslab";'],
  ["plots/render.ts", 'const canvas = require("canvas");'],
  ["data/a.ts", "export const home = process.env;"],
  ["plots/a.ts", 'import type { Canvas } from "canvas";'],
  ["detection/imageFolder.ts", 'import fs from "node:fs";'],
  ["backend/a.ts", 'const tf = require("@tensorflow/tfjs");'],
  ["data/data.ts", 'import { b } from "./networks"; import fs from "node:fs";'],
];

const forbidden = [
  ["backend/a.ts", 'import { b } from "../ops/b";'],
  ["ops/a.ts", 'import type { B } from "../layers/b";'],
  ["training/a.ts", 'import { b } from "../networks/b";'],
  ["training/a.ts", 'export * from "../data/b";'],
  ["training/deep/a.ts", 'import { b } from "../../plots/b";'],
  ["metrics/a.ts", 'import { b } from "../detection/b";'],
  ["training/a.ts", 'import { b } from "../checkpoint/b";'],
  ["models/a.ts", 'import { b } from "../plans/b";'],
  ["experiments/a.ts", 'import { b } from "../plans/b";'],
  ["plots/a.ts", 'import * as tf from "../backend/tf";'],
  ["data/a.ts", 'import * as tf from "@tensorflow/tfjs";'],
  ["plots/a.ts", 'import * as tslab from "tslab";'],
  ["networks/a.ts", 'import { b } from "../index";'],
  ["networks/a.ts", 'import { b } from "gan-lib";'],
  ["training/a.ts", 'const { b } = require("../networks/b");'],
  ["data/a.ts", 'const tf = require("@tensorflow/tfjs");'],
  ["plots/a.ts", 'const canvas = require("canvas");'],
  ["training/a.ts", 'import fs from "node:fs";'],
  ["metrics/a.ts", "export const bytes = Buffer.from([1]);"],
  ["ops/a.ts", "export const home = process.env;"],
  ["training/a.ts", 'const b = await import("../networks/b");'],
];

for (const [file, statement] of allowed) {
  test(`lib/${file} may say ${statement}`, async () =>
    assert.deepEqual(await objections(`lib/${file}`, statement), []));
}

for (const [file, statement] of forbidden) {
  test(`lib/${file} may not say ${statement}`, async () =>
    assert.equal((await objections(`lib/${file}`, statement)).length, 1));
}

test("the exercises import gan-lib by its name, files beside them, and nothing else", async () => {
  const said = (statement) => objections("exercises/30-wgan.ts", statement);
  assert.deepEqual(await said('import { tf } from "gan-lib"; import { a } from "./expect";'), []);
  for (const name of ["gan-lib/dist/index", "../lib/index", "@tensorflow/tfjs", "node:fs"])
    assert.equal((await said(`import { a } from "${name}";`)).length, 1, name);
  assert.equal((await said('const a = await import("gan-lib");')).length, 1);
  assert.equal((await said('const a = require("gan-lib");')).length, 1);
});

test("the table knows every folder of lib, and its arrows make no circle", () => {
  const folders = readdirSync(`${root}/lib`, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const names = folders
    .map(({ name }) => name)
    .filter((name) => !["dist", "node_modules"].includes(name));
  assert.deepEqual(
    names.filter((name) => !(name in imports)),
    [],
  );
  const order = Object.keys(imports);
  for (const [from, targets] of Object.entries(imports)) {
    for (const to of targets)
      assert.ok(order.indexOf(to) < order.indexOf(from), `${from} -> ${to}`);
  }
});
