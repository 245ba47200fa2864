import assert from "node:assert/strict";
import { test } from "node:test";
import { checkLayout } from "../../tools/notebooks/check-layout.mjs";
import { formatCells, MAX_CELL_COLUMNS } from "../../tools/notebooks/format-cells.mjs";
import { sourceOf } from "../../tools/notebooks/lessons.mjs";
import { code, markdown, sampleLesson } from "./sampleLesson.mjs";

const problemsOf = (source) => checkLayout(sampleLesson({ extra: [code(source)] }));
const formatted = async (source) => {
  const { cells } = await formatCells({ cells: [code(source)] });
  return sourceOf(cells[0]);
};

test("a lesson whose cells are formatted has no problems", async () => {
  assert.deepEqual(await checkLayout(sampleLesson()), []);
});

test("a line may have 88 columns and no more, in code, comment or text", async () => {
  const comment = (columns) => `// ${"x".repeat(columns - 3)}`;
  assert.deepEqual(await problemsOf(comment(MAX_CELL_COLUMNS)), []);
  const [problem, ...others] = await problemsOf(`const a = 1;\n${comment(MAX_CELL_COLUMNS + 1)}`);
  assert.deepEqual(others, []);
  assert.match(problem.message, /89 columns/);
  assert.equal(problem.line, 2);
  assert.equal(problem.cell, 4);
});

test("code that prettier would print otherwise is found, and formatting mends it", async () => {
  const careless = "const sum = [1,2]\n  .reduce((a, b) => a+b)";
  const [problem] = await problemsOf(careless);
  assert.match(problem.message, /not formatted.*npm run format/);
  assert.deepEqual(await problemsOf(await formatted(careless)), []);
});

test("formatting leaves a last value without its semicolon, and text cells alone", async () => {
  assert.equal(await formatted("let a=1\na"), "let a = 1;\na");
  assert.equal(await formatted("f(1) ;"), "f(1);");
  const text = markdown("a  *b*");
  assert.deepEqual((await formatCells({ cells: [text] })).cells, [text]);
});

test("a cell that cannot be parsed is left to the check of the code", async () => {
  assert.deepEqual(await problemsOf("const a = ("), []);
});
