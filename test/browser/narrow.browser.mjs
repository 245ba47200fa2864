/** Exported pages on a phone and on a wide screen: formulas keep their size, words stay whole, lines end in time. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { formatNotebook } from "../../tools/notebooks/strip.mjs";
import { inRoot, venvPython } from "../../tools/setup/paths.mjs";
import { code, markdown, notebook } from "../tools/sampleLesson.mjs";
import { startBrowser } from "./browser.mjs";
import { browserDir } from "./lab.mjs";

const LONG = Array.from({ length: 12 }, (_, i) => `\\lVert f_{${i}}(x) \\rVert^2`).join(" + ");
const SENTENCE = "Every sentence of a lesson goes on until the line is full. ".repeat(12);
const WORDS = "untrained discriminator probability regularization ".repeat(8).trim();

/** @param {string} source @param {object} data */
function shows(source, data) {
  const output = { output_type: "display_data", data, metadata: {} };
  return { ...code(source), execution_count: 1, outputs: [output] };
}

const slider = {
  "application/vnd.jupyter.widget-view+json": { version_major: 2, model_id: "gone" },
  "text/plain": "θ = 0.5: a slider in JupyterLab.",
};
const HINT = "<details><summary>Hint 1</summary>\n\nThink of $x$, or of `x`.\n\n</details>";
const cells = [
  markdown(`# A page\n\n${SENTENCE}\n\n$$${LONG} \\qquad (1)$$\n\n$$x = 1$$`),
  shows("words", { "text/plain": WORDS }),
  shows("slider", slider),
  markdown(HINT),
  markdown(`1. Look.\n2. $${LONG}$`),
];

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
let address = "";

before(async () => {
  mkdirSync(browserDir, { recursive: true });
  const file = path.join(browserDir, "narrow.ipynb");
  writeFileSync(file, formatNotebook(notebook(cells)));
  const mathjax = inRoot("node_modules", "mathjax", "es5", "tex-svg-full.js");
  const { status, stderr } = spawnSync(
    venvPython,
    [inRoot("tools", "run", "pages.py"), mathjax, file],
    { encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  address = pathToFileURL(file.replace(/ipynb$/, "html")).href;
  browser = await startBrowser();
});

after(async () => {
  await browser?.stop();
});

/** What is to be seen of the page at a width; runs in the browser. */
function measure() {
  /** @param {string} selector */
  const boxes = (selector) =>
    [...document.querySelectorAll(selector)].map((node) => node.getBoundingClientRect());
  const pre = document.querySelector(".jp-OutputArea-output pre");
  const text = pre?.firstChild;
  const said = text?.textContent ?? "";
  // A word in two boxes is a word in two lines.
  const broken = [...said.matchAll(/\w+/g)].filter(({ 0: word, index }) => {
    const range = document.createRange();
    if (text) range.setStart(text, index);
    if (text) range.setEnd(text, index + word.length);
    return range.getClientRects().length > 1;
  });
  const overflow = document.documentElement.scrollWidth - window.innerWidth;
  const paragraph = document.querySelector(".jp-MarkdownOutput p");
  const letter = document.createElement("span");
  letter.textContent = "0".repeat(10);
  letter.style.cssText = "position: absolute; visibility: hidden";
  paragraph?.append(letter);
  const letters = (boxes(".jp-MarkdownOutput p")[0]?.width ?? 0) / (letter.offsetWidth / 10);
  const hint = document.querySelector("details");
  // What an element hides that does not fit, it also hides of the number before it.
  const items = [...document.querySelectorAll(".jp-MarkdownOutput li")];
  return {
    hidden: items.map((item) => getComputedStyle(item).overflowX),
    hint: { folded: hint?.open === false, holds: hint?.querySelector("p code")?.textContent },
    formulas: boxes('mjx-container[display="true"] svg').map(({ height }) => height),
    overflow,
    broken: broken.map(([word]) => word),
    letters,
    text: document.body.innerText,
  };
}

/** @param {number} width */
async function seenAt(width) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.setViewportSize({ width, height: 900 });
  await page.goto(address);
  await page.evaluate(() => window.MathJax.startup.promise);
  const seen = await page.evaluate(measure);
  await page.screenshot({ path: path.join(browserDir, `narrow-${width}.png`), fullPage: true });
  await page.close();
  return { ...seen, errors };
}

test("on a phone a formula is as large as on a wide screen, and nothing else moves sideways", async () => {
  const [phone, wide] = [await seenAt(420), await seenAt(1400)];
  assert.equal(phone.formulas.length, 2);
  phone.formulas.forEach((height, i) => assert.ok(Math.abs(height - wide.formulas[i]) < 1));
  assert.ok(phone.overflow <= 0, `the page is ${phone.overflow} pixels wider than the phone`);
});

test("on a phone the points of a list keep their numbers", async () => {
  assert.deepEqual((await seenAt(420)).hidden, ["visible", "visible"]);
});

test("printed words stay whole", async () => {
  assert.deepEqual((await seenAt(420)).broken, []);
});

test("lines of text have at most 80 characters on a wide screen", async () => {
  const { letters } = await seenAt(1400);
  assert.ok(letters > 60 && letters < 80.5, `${letters} characters`);
});

test("of a widget the page shows the text, without a script that misses its kernel", async () => {
  const { text, errors } = await seenAt(1400);
  assert.deepEqual(errors, []);
  assert.match(text, /θ = 0\.5: a slider in JupyterLab\./);
});

test("a hint is folded, and what it says is inside", async () => {
  assert.deepEqual((await seenAt(1400)).hint, { folded: true, holds: "x" });
});
