/** Opens the page of an executed lesson in the browser, and says what is to be seen. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { sourceOf } from "../../tools/notebooks/lessons.mjs";
import { installCountColours, kindOf } from "./seen.mjs";

/**
 * @typedef {import("../../tools/notebooks/lessons.mjs").Notebook} Notebook
 * @typedef {import("../../tools/notebooks/lessons.mjs").Output} Output
 * @typedef {import("./seen.mjs").Seen} Seen
 * @typedef {import("./seen.mjs").Picture} Picture
 */

const axe = createRequire(import.meta.url).resolve("axe-core");

/** Findings of these weights are mended; the milder ones are the page template's of Jupyter. */
const GRAVE = ["serious", "critical"];

/** @param {string} html @returns {{ kind: "chart" | "image", alt: string }[]} The images in it. */
function imagesIn(html) {
  /** @type {Record<string, string>} */
  const characters = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
  return [...html.matchAll(/<img [^>]*>/g)].map(([tag]) => {
    const alt = / alt="([^"]*)"/.exec(tag)?.[1] ?? "";
    const said = alt.replace(/&\w+;|&#39;/g, (name) => characters[name] ?? name);
    return { kind: kindOf(said), alt: said };
  });
}

/** @param {Output} output @returns {{ kind: "chart" | "image", alt: string }[]} The pictures that the page shows of it. */
function picturesIn({ data = {}, metadata = {} }) {
  const types = Object.keys(data);
  if (types.includes("text/html")) return imagesIn([data["text/html"]].flat().join(""));
  const type = ["image/svg+xml", "image/png", "image/jpeg"].find((name) => types.includes(name));
  const chart = types.some((name) => name.startsWith("application/vnd.vega"));
  if (type === undefined && !chart) return [];
  return [{ kind: chart ? "chart" : "image", alt: metadata[type ?? ""]?.alt ?? "" }];
}

/** @param {Notebook} notebook Executed. */
function codeOf({ cells }) {
  return cells.filter((cell) => cell.cell_type === "code" && sourceOf(cell).trim() !== "");
}

/** @param {Notebook} notebook Executed. @returns {{ kind: "chart" | "image", alt: string }[]} The charts and pictures that its page must show. */
export function picturesOf(notebook) {
  return codeOf(notebook).flatMap(({ outputs }) => (outputs ?? []).flatMap(picturesIn));
}

/** @param {Output} output @returns {string[]} */
function errorOf(output) {
  if (output.output_type === "error") return [`${output.ename}: ${output.evalue}`];
  return output.name === "stderr" ? [[output.text ?? ""].flat().join("")] : [];
}

/** The page's pictures and bars; runs in the browser. */
function look() {
  /** @type {NodeListOf<HTMLImageElement>} */
  const images = document.querySelectorAll(".jp-OutputArea-output img");
  /** @type {NodeListOf<HTMLProgressElement>} */
  const bars = document.querySelectorAll(".jp-OutputArea-output progress");
  return {
    pictures: [...images].map((node) => ({
      width: node.checkVisibility() ? node.naturalWidth : 0,
      height: node.naturalHeight,
      colours: window.countColours(node, node.naturalWidth, node.naturalHeight),
      alt: node.alt,
    })),
    bars: [...bars].map((node) => ({
      text: node.parentElement?.textContent?.trim() ?? "",
      value: node.value,
      max: node.max,
    })),
    formulas: [...document.querySelectorAll("mjx-merror, [data-mjx-error]")].map(
      (node) => `a formula is not set: ${node.textContent}`,
    ),
  };
}

/**
 * Opens the page, unfolds what is folded, and waits until it is set and drawn.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} file The page.
 * @returns {Promise<string[]>} What the browser complains of: errors, and anything that the page asks of the network.
 */
async function open(page, file) {
  const address = pathToFileURL(file).href;
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== address && !/^(data|blob):/.test(request.url()))
      complaints.push(`request: ${request.url()}`);
  });
  await installCountColours(page);
  await page.goto(address);
  await page.evaluate(async () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    await window.MathJax.startup.promise;
    await Promise.all([...document.images].map((image) => image.decode()));
  });
  return complaints;
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} file The page.
 * @param {Notebook} notebook What the page was made of.
 * @returns {Promise<Seen>} With pictures in the notebook's order, each of its output's kind.
 * @throws {Error} where an image cannot be decoded.
 */
export async function lookAtPage(page, file, notebook) {
  const complaints = await open(page, file);
  const { pictures, bars, formulas } = await page.evaluate(look);
  const code = codeOf(notebook);
  const kinds = picturesOf(notebook).map(({ kind }) => kind);
  return {
    cells: code.length,
    ran: code.filter(({ execution_count }) => typeof execution_count === "number").length,
    errors: [
      ...code.flatMap(({ outputs }) => (outputs ?? []).flatMap(errorOf)),
      ...complaints,
      ...formulas,
    ],
    pictures: pictures.map((picture, index) => ({ ...picture, kind: kinds[index] ?? "image" })),
    bars,
  };
}

/**
 * What keeps people with other eyes, ears or hands from the page that is open, by axe's rules.
 *
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>} The serious and critical findings, with the first places of each.
 */
export async function audit(page) {
  await page.evaluate(readFileSync(axe, "utf8"));
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { resultTypes: ["violations"] }),
  );
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ""))
    .map(({ id, impact, help, nodes }) => {
      const places = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
      return `${id} (${impact}, ${nodes.length} places): ${help}\n  ${places.join("\n  ")}`;
    });
}
