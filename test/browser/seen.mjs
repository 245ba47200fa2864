/** What is to be seen of a notebook that ran, in JupyterLab or on its page, and what is wrong with it. */

/** A picture with fewer colours than this is a blank one, or a box. */
const COLOURS = 8;

/**
 * @typedef {object} Picture
 * @property {"chart" | "image"} kind
 * @property {number} width Pixels.
 * @property {number} height Pixels.
 * @property {number} colours How many it has; counting ends where there are enough.
 * @property {string} alt
 */

/**
 * @typedef {object} Seen
 * @property {number} cells Code cells that hold code.
 * @property {number} ran Those of them that have run to their end.
 * @property {string[]} errors Error messages, and what was written to standard error.
 * @property {Picture[]} pictures
 * @property {{ text: string, value: number, max: number }[]} bars Progress bars.
 */

/**
 * Gives every document that the page opens from now on `countColours(element)`.
 *
 * @param {import("playwright-core").Page} page
 */
export async function installCountColours(page) {
  await page.addInitScript((enough) => {
    window.countColours = (element, width, height) => {
      if (width === 0 || height === 0) return 0;
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const context = canvas.getContext("2d");
      if (context === null) throw new Error("This browser draws no pictures.");
      context.drawImage(element, 0, 0, width, height);
      const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
      const colours = new Set();
      for (const pixel of pixels) if (colours.add(pixel).size >= enough) break;
      return colours.size;
    };
  }, COLOURS);
}

/** @param {string} alt Of an image. @returns {Picture["kind"]} A chart inside of HTML is an image, and says so itself. */
export function kindOf(alt) {
  return /^(Line|Scatter) chart\b/.test(alt) ? "chart" : "image";
}

/** @param {Pick<Seen, "cells" | "ran" | "errors" | "bars">} seen @returns {string[]} What is wrong with a notebook that ran; empty where nothing is. */
export function faults({ cells, ran, errors, bars }) {
  const running = bars.filter(({ text, value, max }) => value < max || / left\b/.test(text));
  return [
    ...(cells > 0 ? [] : ["there is no code cell"]),
    ...(ran === cells ? [] : [`${ran} of ${cells} code cells ran`]),
    ...errors,
    ...running.map(({ text }) => `a progress bar did not come to its end: ${text}`),
  ];
}

/** @param {Pick<Seen, "pictures">} seen @returns {Picture[]} The pictures that show something. */
export function drawn({ pictures }) {
  return pictures.filter(
    ({ width, height, colours }) => width >= 50 && height >= 50 && colours >= COLOURS,
  );
}

/**
 * @param {string} source The lesson's code.
 * @param {Seen} seen
 * @returns {string[]} What the lesson draws by its code, and is not to be seen; empty where nothing is missing.
 */
export function missing(source, seen) {
  const shown = drawn(seen);
  const charts = shown.filter(({ kind }) => kind === "chart");
  const grids = shown.filter(
    ({ kind, width, height }) => kind === "image" && width >= 100 && height >= 100,
  );
  const live = source.includes("gan.liveTraining(");
  return [
    ...(live && charts.length < 2 ? ["charts of the losses and of D(x), D(G(z))"] : []),
    ...(live && seen.bars.length < 1 ? ["a progress bar"] : []),
    ...(source.includes("gan.tensorGrid(") && grids.length < 1 ? ["a grid of images"] : []),
    ...(shown.length < 1 ? ["a picture that shows something"] : []),
  ];
}
