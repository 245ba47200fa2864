import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { listLessons } from "../../tools/notebooks/lessons.mjs";
import { notebooksDir } from "../../tools/run/paths.mjs";
import { sayMeasured, tableRows } from "../../tools/run/readme.mjs";
import { inRoot } from "../../tools/setup/paths.mjs";

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

test("each figure of the README is the one that its file in results/ holds", () => {
  const rows = tableRows(readme, ["lesson", "profile", "seeds"]);
  assert.ok(rows.length > 0);
  for (const [lesson, profile, seeds, figure, measured, from] of rows) {
    const file = from.match(/\((results\/[^)]+)\)/)?.[1];
    assert.ok(file, `"${from}" links to no file in results/`);
    const kept = JSON.parse(readFileSync(inRoot(file), "utf8"));
    assert.deepEqual(
      [kept.lesson.slice(0, 2), kept.profile, String(kept.seeds.length)],
      [lesson, profile, seeds],
      file,
    );
    assert.deepEqual(kept.failedSeeds, [], `${file} has runs that failed`);
    assert.ok(kept.figures[figure], `${file} has no figure "${figure}"`);
    assert.equal(measured, sayMeasured(kept.figures[figure]), `${figure} in ${file}`);
  }
});

test("a table is read row by row, and a missing one is an error", () => {
  assert.deepEqual(tableRows("x\n| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n", ["a"]), [
    ["1", "2"],
  ]);
  assert.throws(() => tableRows("| a |\n", ["b"]), /no table with the head b/);
});

test("a figure is written with its spread where there is one", () => {
  assert.equal(sayMeasured({ mean: 0.123456, sd: 0.0456 }), "0.1235 ± 0.046");
  assert.equal(sayMeasured({ mean: 10, sd: null }, "nats"), "10 nats");
});
