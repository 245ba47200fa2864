/** Runs a notebook in JupyterLab as a learner does, and says what is to be seen afterwards. */
import { installCountColours, kindOf } from "./seen.mjs";

const LOAD_MILLISECONDS = 120_000;

/** What the page shows; runs in the browser. @returns {import("./seen.mjs").Seen} */
function look() {
  const outputArea = ".jp-Notebook .jp-OutputArea-output";
  /** @type {NodeListOf<HTMLImageElement>} */
  const images = document.querySelectorAll(`${outputArea} img`);
  /** @type {NodeListOf<HTMLCanvasElement>} */
  const charts = document.querySelectorAll(`${outputArea} .vega-embed canvas`);
  /** @type {NodeListOf<HTMLProgressElement>} */
  const bars = document.querySelectorAll(`${outputArea} progress`);
  const models = [...window.jupyterapp.shell.currentWidget.content.model.cells];
  const code = models.filter(
    (model) => model.type === "code" && model.sharedModel.source.trim() !== "",
  );
  const outputs = code.flatMap((model) => model.outputs.toJSON());
  return {
    cells: code.length,
    ran: code.filter((model) => model.executionCount !== null).length,
    errors: outputs.flatMap((output) =>
      output.output_type === "error"
        ? [`${output.ename}: ${output.evalue}`]
        : output.name === "stderr"
          ? [[output.text ?? ""].flat().join("")]
          : [],
    ),
    pictures: [
      ...[...images].map((node) => ({
        kind: /** @type {const} */ ("image"),
        width: node.naturalWidth,
        height: node.naturalHeight,
        alt: node.alt,
        colours: window.countColours(node, node.naturalWidth, node.naturalHeight),
      })),
      ...[...charts].map((node) => ({
        kind: /** @type {const} */ ("chart"),
        width: node.width,
        height: node.height,
        alt: "",
        colours: window.countColours(node, node.width, node.height),
      })),
    ],
    bars: [...bars].map((node) => ({
      text: node.parentElement?.textContent?.trim() ?? "",
      value: node.value,
      max: node.max,
    })),
  };
}

/** Whether the notebook's kernel waits for work; runs in the browser. */
function isReady() {
  const notebook = window.jupyterapp?.shell.currentWidget;
  return (
    notebook?.content?.model?.cells.length > 0 &&
    notebook.sessionContext.session?.kernel?.status === "idle"
  );
}

/** Whether no cell waits or runs, and some cell did; runs in the browser. */
function isDone() {
  const models = [...window.jupyterapp.shell.currentWidget.content.model.cells].filter(
    (model) => model.type === "code",
  );
  return (
    models.some((model) => model.executionCount !== null) &&
    models.every((model) => model.executionState === "idle")
  );
}

/** Whether every chart among the outputs is drawn; runs in the browser. */
function chartsAreDrawn() {
  const models = [...window.jupyterapp.shell.currentWidget.content.model.cells].filter(
    (model) => model.type === "code",
  );
  const bundles = models
    .flatMap((model) => model.outputs.toJSON())
    .map(({ data }) => Object.keys(data ?? {}));
  const charts = bundles.filter((types) =>
    types.some((type) => type.startsWith("application/vnd.vega")),
  );
  return document.querySelectorAll(".jp-Notebook .vega-embed canvas").length >= charts.length;
}

/**
 * Opens a notebook, chooses Run > Run All Cells, and waits until no cell waits or runs.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} address The notebook's page in Lab.
 * @param {{ milliseconds: number, screenshot: string }} options How long the cells may take; where the picture goes.
 * @returns {Promise<import("./seen.mjs").Seen>}
 * @throws {Error} when the notebook does not open, or its cells take too long.
 */
export async function runAll(page, address, { milliseconds, screenshot }) {
  await installCountColours(page);
  await page.goto(address);
  await page.waitForFunction(isReady, undefined, { timeout: LOAD_MILLISECONDS });
  await page.locator(".lm-MenuBar-item", { hasText: /^Run$/ }).click();
  await page.locator(".lm-Menu-item", { hasText: /^Run All Cells$/ }).click();
  try {
    await page.waitForFunction(isDone, undefined, { timeout: milliseconds, polling: 500 });
    // Charts are drawn a moment after their cell has ended.
    await page.waitForFunction(chartsAreDrawn, undefined, { timeout: LOAD_MILLISECONDS });
  } finally {
    await page.screenshot({ path: screenshot });
  }
  const seen = await page.evaluate(look);
  const pictures = seen.pictures.map((one) =>
    one.kind === "image" ? { ...one, kind: kindOf(one.alt) } : one,
  );
  return { ...seen, pictures };
}
