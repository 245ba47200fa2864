/** What `npm run detect` prints and draws. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { renderVega } from "gan-lib";
import { printable } from "../run/printable.mjs";

/** @returns {string} "0.912 (0.853 to 0.949)" */
export const sayInterval = ({ value, low, high }) =>
  `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;

/** @returns {string} "12 pictures", "1 picture" */
export const count = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;

/** @returns {string} A text as one line of a terminal. */
export const oneLine = (text) => printable(text).replaceAll("\n", "\\n");

/** @returns {string} A path as a shell takes it for one word. */
export const quoted = (file) =>
  /^[\w./-]+$/.test(file) ? file : `'${printable(file).replaceAll("'", "'\\''")}'`;

/** @returns {string} Which folders in a folder hold pictures, and what to do; nothing where there are none. */
export function sayFolders({ folders }) {
  if (folders.length === 0) return "";
  const most = 5;
  const named = folders.slice(0, most).map(({ name, pictures }) => `${name} (${pictures})`);
  const others = folders.length > most ? ` and ${folders.length - most} more` : "";
  return ` Folders in it hold pictures and are not read: ${named.join(", ")}${others}. Give one of them, or put the pictures into one folder.`;
}

/** Prints what was left out of a folder. */
export function printLeftOut(folder, { files, leftOut, folders }) {
  if (leftOut.length > 0)
    console.log(
      [`Left out of ${printable(folder)}:`, ...leftOut.map((line) => `  ${oneLine(line)}`)].join(
        "\n",
      ),
    );
  if (files.length > 0 && folders.length > 0)
    console.log(`${printable(folder)}:${printable(sayFolders({ folders }))}`);
}

/** Draws a chart into a file, whose folder is made. */
export async function drawChart(file, chart) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await renderVega(chart));
  console.log(`Chart: ${printable(file)}`);
}
