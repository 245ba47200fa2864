/** What `npm run detect` prints and draws. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { renderVega } from "gan-lib";

/** @returns {string} "0.912 (0.853 to 0.949)" */
export const sayInterval = ({ value, low, high }) =>
  `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;

/** @returns {string} "12 pictures", "1 picture" */
export const count = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;

/** @returns {string} A path as a shell takes it for one word. */
export const quoted = (file) => (/^[\w./-]+$/.test(file) ? file : `"${file}"`);

/** Prints what was left out of a folder. */
export function printLeftOut(folder, leftOut) {
  if (leftOut.length === 0) return;
  console.log(`Left out of ${folder}:`);
  for (const line of leftOut) console.log(`  ${line}`);
}

/** Draws a chart into a file, whose folder is made. */
export async function drawChart(file, chart) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await renderVega(chart));
  console.log(`Chart: ${file}`);
}
