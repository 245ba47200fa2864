import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { findLesson, listLessons, sourceOf } from "../../tools/notebooks/lessons.mjs";
import { formatNotebook } from "../../tools/notebooks/strip.mjs";
import { notebooksDir } from "../../tools/run/paths.mjs";
import { code, notebook } from "../tools/sampleLesson.mjs";
import { startBrowser } from "./browser.mjs";
import { chosenLessons } from "./chosen.mjs";
import { browserDir, emptyNotebooksFolder, startLab } from "./lab.mjs";
import { runAll } from "./run-all.mjs";
import { drawn, faults, missing } from "./seen.mjs";

/** The lessons that run in Lab itself. Of the others the executed pages are looked at. */
const IN_LAB = [
  "00-welcome", // every kind of output
  "11-vanilla-gan", // trains live
  "90-deepfake-detection", // deepfakes
];

/** How long a lesson may take in the quick profile before it counts as frozen. */
const LESSON_MILLISECONDS = 600_000;

/** @type {Awaited<ReturnType<typeof startLab>>} */
let lab;
/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
/** @type {string} */
let folder;

before(async () => {
  folder = emptyNotebooksFolder();
  mkdirSync(path.join(browserDir, "pictures"), { recursive: true });
  lab = await startLab();
  browser = await startBrowser();
});

after(async () => {
  await browser?.stop();
  await lab?.stop();
});

/** Runs all cells of a notebook in a page of its own; the page stays open for pictures. */
async function run(slug, milliseconds = LESSON_MILLISECONDS) {
  const page = await browser.newPage();
  const screenshot = path.join(browserDir, "pictures", `${slug}.png`);
  const seen = await runAll(page, lab.address(path.join(folder, `${slug}.ipynb`)), {
    milliseconds,
    screenshot,
  });
  return { page, seen };
}

/** Keeps a picture of each plot and grid of a page. */
async function keepPictures(page, slug) {
  const outputs = page.locator(".jp-OutputArea-output:has(img), .jp-OutputArea-output:has(canvas)");
  for (let index = 0; index < (await outputs.count()); index++) {
    await outputs
      .nth(index)
      .screenshot({ path: path.join(browserDir, "pictures", `${slug}-${index + 1}.png`) });
  }
}

for (const { slug, file, notebook } of chosenLessons.filter(({ slug }) => IN_LAB.includes(slug))) {
  test(`${slug} runs from its first cell to its last in JupyterLab, with its plots`, async () => {
    copyFileSync(file, path.join(folder, `${slug}.ipynb`));
    const { page, seen } = await run(slug);
    assert.deepEqual(faults(seen), []);
    const source = notebook.cells.map(sourceOf).join("\n");
    assert.deepEqual(missing(source, seen), [], JSON.stringify(seen.pictures));
    await keepPictures(page, slug);
    await page.close();
  });
}

test("the lessons that run in Lab are there", () => {
  const known = listLessons(notebooksDir);
  for (const slug of IN_LAB) assert.equal(findLesson(known, slug).slug, slug);
});

test("a notebook with a failing cell is found out: its error, and the cell after it that did not run", async () => {
  const cells = [
    code("console.log(1);"),
    code('throw new Error("on purpose");'),
    code("console.log(2);"),
  ];
  writeFileSync(path.join(folder, "fails.ipynb"), formatNotebook(notebook(cells)));
  const { page, seen } = await run("fails");
  const found = faults(seen).join("\n");
  assert.match(found, /of 3 code cells ran/);
  assert.match(found, /on purpose/);
  await page.close();
});

test("a hand on a slider redraws the figure that the kernel computes", async () => {
  const source = [
    'import * as gan from "gan-lib";',
    'const draw = (theta: number) => gan.lineChart({ x: [0, 1], series: { a: [0, theta] }, xTitle: "x", yTitle: "y" });',
    'await gan.slider({ label: "θ", from: 0, to: 1, step: 0.1, start: 0.5, draw, alt: (theta) => `a line up to ${theta}` });',
    "gan.drawings.theGame()",
  ].join("\n");
  writeFileSync(path.join(folder, "slider.ipynb"), formatNotebook(notebook([code(source)])));
  const { page, seen } = await run("slider");
  assert.deepEqual(faults(seen), []);
  const hand = page.locator('.jp-OutputArea-output input[type="range"]');
  await hand.waitFor();
  assert.equal(await page.getByLabel("θ").count(), 1);
  await hand.press("End");
  await page.waitForFunction(() => {
    const [cell] = window.jupyterapp.shell.currentWidget.content.model.cells;
    return cell.outputs.toJSON().some(({ data }) => data?.["text/plain"] === "a line up to 1");
  });
  assert.match((await hand.getAttribute("aria-valuetext")) ?? "", /^1$/);
  const image = page.locator('.jp-OutputArea-output img[alt^="Noise z goes"]');
  assert.equal(await image.evaluate((node) => node instanceof HTMLImageElement && node.width), 640);
  await page.close();
});

test("a blank picture is not taken for a plot, a drawn one is", async () => {
  const blank =
    'import { createCanvas } from "canvas";\nimport * as gan from "gan-lib";\nawait gan.display(createCanvas(120, 120));';
  const gradient = [
    "const canvas = createCanvas(120, 120);",
    'const context = canvas.getContext("2d");',
    "for (let x = 0; x < 120; x++) { context.fillStyle = `rgb(${x}, 0, 0)`; context.fillRect(x, 0, 1, 120); }",
    "await gan.display(canvas);",
  ].join("\n");
  writeFileSync(
    path.join(folder, "pictures.ipynb"),
    formatNotebook(notebook([code(blank), code(gradient)])),
  );
  const { page, seen } = await run("pictures");
  assert.deepEqual(faults(seen), []);
  assert.equal(seen.pictures.length, 2);
  assert.equal(drawn(seen).length, 1);
  await page.close();
});
