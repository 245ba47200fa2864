import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { formatNotebook } from "../../tools/notebooks/strip.mjs";
import { executedLesson, isExecuted } from "../../tools/run/executed.mjs";
import { sampleLesson } from "./sampleLesson.mjs";
import { temporaryFolder } from "./temporary.mjs";

const folder = temporaryFolder("executed");
const lesson = sampleLesson();

/**
 * Writes the lesson as it is after a run.
 *
 * @param {(notebook: import("../../tools/notebooks/lessons.mjs").Notebook) => void} [change] Then damages it.
 */
function leave(change = () => {}) {
  const file = path.join(folder, "90-sample.ipynb");
  const executed = structuredClone(lesson.notebook);
  executed.cells
    .filter(({ cell_type }) => cell_type === "code")
    .forEach((cell, index) => Object.assign(cell, { execution_count: index + 1 }));
  change(executed);
  writeFileSync(file, formatNotebook(executed));
  return file;
}

test("a lesson counts as executed when each cell ran as it is now, after gan-lib was built", () => {
  const file = leave();
  assert.equal(isExecuted(lesson, file, statSync(file).mtimeMs - 1), true);
  assert.equal(isExecuted(lesson, file, statSync(file).mtimeMs + 1), false, "gan-lib is newer");
  assert.equal(isExecuted(lesson, path.join(folder, "none.ipynb"), 0), false, "not there");
});

test("a lesson that has changed, or did not come to its last cell, does not count as executed", () => {
  const changed = leave(({ cells }) => {
    cells[1].source += "\n// changed";
  });
  assert.equal(isExecuted(lesson, changed, 0), false);
  const ended = leave(({ cells }) => {
    for (const cell of cells.slice(-4)) cell.execution_count = null;
  });
  assert.equal(isExecuted(lesson, ended, 0), false);
});

test("each backend's run has a folder of its own", () => {
  const [native, wasm] = [executedLesson("11-gan"), executedLesson("11-gan", "wasm")];
  assert.match(native, /build.lessons.quick.11-gan\.ipynb$/);
  assert.notEqual(native, wasm);
});
