/** What a cell's text becomes before it is compiled. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { readSource } from "../../kernel/source.mjs";

const fromTslab = createRequire(createRequire(import.meta.url).resolve("tslab/package.json"));
const ts = fromTslab("@tslab/typescript-for-tslab");

/** @param {string} source */
const textOf = (source) => readSource(ts, source).text;

test("All that a cell declares or imports is exported behind it, once", () => {
  const cell = `import * as gan from "gan-lib";
let [a, { b }] = [1, { b: 2 }];
function f() { const inner = 1; }
class C {}
interface I {}
for (var i = 0; i < 2; i++) { let j = i; }`;
  const [text, names] = textOf(cell).split("\nexport {");
  assert.equal(text, cell);
  assert.deepEqual(names?.slice(0, -1).split(", ").sort(), ["C", "I", "a", "b", "f", "gan", "i"]);
});

test("A cell that declares nothing stays as it is", () => {
  assert.equal(textOf("1 + 1"), "1 + 1");
});

test("A cell's own exports become blanks, so that nothing is exported twice", () => {
  assert.equal(textOf("export const a = 1;"), "       const a = 1;\nexport {a}");
  assert.equal(textOf("const a = 1;\nexport { a };"), "const a = 1;\n             \nexport {a}");
});

test("What is no TypeScript stays as it is, with its errors", () => {
  const { text, errors } = readSource(ts, "const a = (1;");
  assert.equal(text, "const a = (1;");
  assert.equal(errors.length, 1);
});
