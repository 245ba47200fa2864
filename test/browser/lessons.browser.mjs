import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { findChromium } from "../../tools/run/chromium.mjs";
import { listLessons } from "../../tools/notebooks/lessons.mjs";
import { formatNotebook } from "../../tools/notebooks/strip.mjs";
import { notebooksDir } from "../../tools/run/paths.mjs";
import { code, notebook } from "../tools/sampleLesson.mjs";
import { browserDir, emptyNotebooksFolder, startLab } from "./lab.mjs";
import { drawn, faults, runAll } from "./run-all.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long a lesson may take in the quick profile before it counts as frozen. */
const LESSON_MILLISECONDS = 600_000;

let lab, browser, folder, profile;

before(async () => {
  folder = emptyNotebooksFolder();
  cpSync(notebooksDir, folder, { recursive: true });
  mkdirSync(path.join(browserDir, "pictures"), { recursive: true });
  lab = await startLab();
  profile = await mkdtemp(path.join(tmpdir(), "chromium-"));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: FLAGS,
    viewport: { width: 1400, height: 1000 },
  });
});

after(async () => {
  await browser?.close();
  await lab?.stop();
  if (profile) await rm(profile, { recursive: true, force: true });
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

/** What a lesson that follows a training live must show: two charts (losses; D(x) and D(G(z))), and a bar. */
function assertLive(seen) {
  const charts = drawn(seen).filter(({ kind }) => kind === "chart");
  assert.ok(
    charts.length >= 2,
    `charts of the losses and of D(x), D(G(z)): ${JSON.stringify(seen.pictures)}`,
  );
  assert.ok(seen.bars.length >= 1, "a progress bar");
}

for (const {
  slug,
  notebook: { cells },
} of listLessons(notebooksDir)) {
  const source = cells.flatMap((cell) => cell.source).join("");
  test(`${slug} runs from its first cell to its last, with its plots`, async () => {
    const { page, seen } = await run(slug);
    assert.deepEqual(faults(seen), []);
    const grids = drawn(seen).filter(
      ({ kind, width, height }) => kind === "image" && width >= 100 && height >= 100,
    );
    if (source.includes("gan.liveTraining(")) assertLive(seen);
    if (source.includes("gan.tensorGrid("))
      assert.ok(grids.length >= 1, `a grid of images: ${JSON.stringify(seen.pictures)}`);
    assert.ok(
      drawn(seen).length >= 1,
      `pictures that show something: ${JSON.stringify(seen.pictures)}`,
    );
    await keepPictures(page, slug);
    await page.close();
  });
}

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
