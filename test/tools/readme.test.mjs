import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { listLessons } from "../../tools/notebooks/lessons.mjs";
import { markdownTable, replacePart, tableRows } from "../../tools/run/markdown.mjs";
import { notebooksDir } from "../../tools/run/paths.mjs";
import { readmeWithFigures, resultsPage, VISITORS_FIGURES } from "../../tools/run/results-page.mjs";
import { inRoot } from "../../tools/setup/paths.mjs";
import { temporaryFolder } from "./temporary.mjs";

const readme = readFileSync(inRoot("README.md"), "utf8");

test("the README lists every lesson with its title and declared minutes", () => {
  const declared = listLessons(notebooksDir).map(({ slug, notebook }) => {
    const { title, minutes } = notebook.metadata.lesson;
    return [
      `[${slug.slice(0, 2)}](notebooks/${slug}.ipynb)`,
      title,
      `${minutes.quick} min`,
      `${minutes.standard} min`,
    ];
  });
  assert.ok(declared.length > 0);
  assert.deepEqual(tableRows(readme, ["lesson", "what it is about"]), declared);
});

test("the welcome lesson links every other lesson", () => {
  const [welcome, ...others] = listLessons(notebooksDir);
  const links = JSON.stringify(welcome.notebook.cells);
  const missing = others.filter(({ slug }) => !links.includes(`(${slug}.ipynb)`));
  assert.deepEqual(
    missing.map(({ slug }) => slug),
    [],
    "its map leads to each",
  );
});

test("results/README.md and the figures of README.md are those that results/ makes", () => {
  const again = "`npm run results` makes it again";
  assert.equal(readFileSync(inRoot("results", "README.md"), "utf8"), resultsPage(), again);
  assert.equal(readme, readmeWithFigures(readme), again);
  const rows = tableRows(readme, ["lesson", "what was measured"]);
  assert.equal(rows.length, VISITORS_FIGURES.length);
});

test("a figure that README.md wants and that is not kept is an error", () => {
  const folder = temporaryFolder("no-results");
  assert.throws(
    () => readmeWithFigures(readme, folder),
    /README\.md wants "classes covered" of lesson 11-vanilla-gan, standard: it is not kept/,
  );
});

test("a table is written and read row by row, and a missing one is an error", () => {
  const table = markdownTable(["a", "b"], [["1 | 1", "<x>"]]);
  assert.equal(table, "| a | b |\n|---|---|\n| 1 \\| 1 | &lt;x> |");
  assert.deepEqual(tableRows("x\n| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n", ["a"]), [
    ["1", "2"],
  ]);
  assert.deepEqual(tableRows("| a |\n|---|\n| 1 |", ["a"]), [["1"]]);
  assert.throws(() => tableRows("| a |\n", ["b"]), /no table with the head b/);
});

test("a part of a page is replaced between its marks, and all else stays", () => {
  const page = "a\n<!-- part: made -->\nold\n<!-- /part -->\nb";
  assert.equal(replacePart(page, "part", "new"), page.replace("old", "new"));
  assert.throws(() => replacePart("a", "part", "new"), /no part between <!-- part: … -->/);
});
