import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { sourceOf } from "../../tools/notebooks/lessons.mjs";
import { executedLesson } from "../../tools/run/executed.mjs";
import { startBrowser } from "./browser.mjs";
import { chosenLessons } from "./chosen.mjs";
import { audit, lookAtPage, picturesOf } from "./look-at-page.mjs";
import { drawn, faults, missing } from "./seen.mjs";

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;

before(async () => {
  browser = await startBrowser();
});

after(async () => {
  await browser?.stop();
});

for (const { slug, notebook } of chosenLessons) {
  test(`the page of ${slug} shows all that its cells drew, to everybody`, async () => {
    const file = executedLesson(slug);
    const executed = JSON.parse(readFileSync(file, "utf8"));
    const page = await browser.newPage();
    const seen = await lookAtPage(page, file.replace(/ipynb$/, "html"), executed);
    assert.deepEqual(faults(seen), []);
    const shown = drawn(seen).map(({ kind, alt }) => ({ kind, alt }));
    assert.deepEqual(shown, picturesOf(executed));
    assert.deepEqual(
      shown.filter(({ alt }) => alt === ""),
      [],
      "alternative texts",
    );
    assert.deepEqual(missing(notebook.cells.map(sourceOf).join("\n"), seen), []);
    assert.deepEqual(await audit(page), []);
    await page.close();
  });
}
