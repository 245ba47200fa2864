/** `npm run detect`: trains a detector of generated images on folders of pictures, and scores pictures with it. See HELP. */
import { parseArgs } from "node:util";
import { runChild } from "./run/child.mjs";
import { readCount } from "./run/count.mjs";
import { printable } from "./run/printable.mjs";
import { fromUser } from "./run/user-paths.mjs";
import { inRoot } from "./setup/paths.mjs";

const HELP = `npm run detect -- train <real/> <fake/> [options]
npm run detect -- score <images/> [options]

train learns from two folders of PNG or JPEG files to tell generated pictures from real ones, holds a quarter of them back,
and prints how it does on those, with intervals, and a control without any generated picture. score prints for each picture
of a folder how probable it is that it is generated. Both leave a chart beside the detector or in build/detect/.

Of each picture, turned upright, a square near the middle is looked at, unscaled, since scaling changes what is looked for.
It begins on the grid of JPEG's blocks and lies within a uniform border where it fits. What the files of both folders say of
their handling is compared: format, compression, notes, sizes, borders. What tells the folders apart is named, and taken out
where that can be done: where compression differs, all go through JPEG files of one quality.

A picture unlike all that a detector was trained on gets no score but "not seen in training".

  --detector <file>  train: where it is saved; default: build/detect/detector.json
                     score: which one; default: the project's own, trained on first need (minutes)
  --kind <name>      train: spectrum, dct or cnn; default: dct
  --side <pixels>    train: the square's side, a multiple of 16 up to 256; default: 64
  --quality <1-100>  train: sends all pictures through JPEG files of this quality
  --seed <n>         train: chooses what is held back; default: 1
  --help             this text`;

/** How many folders each command takes. */
const FOLDERS = { train: 2, score: 1 };

/** @returns {number} @throws {Error} when it is no whole number in the range. */
function between(name, text, least, most) {
  const value = readCount(name, text);
  if (value < least || value > most)
    throw new Error(`--${name} is ${value}; give a whole number from ${least} to ${most}.`);
  return value;
}

/**
 * @typedef {object} Request What is asked for.
 * @property {string} command
 * @property {string[]} folders
 * @property {string} [file] The detector's.
 * @property {"spectrum" | "dct" | "cnn"} kind
 * @property {number} side Pixels.
 * @property {number} [quality] Of JPEG files that all pictures go through.
 * @property {number} seed
 */

/** @returns {number} @throws {Error} when squares of that side do not lie on the grid of JPEG's blocks. */
function sideOf(text) {
  const side = between("side", text, 16, 256);
  if (side % 16 !== 0)
    throw new Error(`--side is ${side}; give a multiple of 16, as JPEG rounds pixels together.`);
  return side;
}

/** @param {string[]} args @returns {Request | undefined} Undefined where only the help is wanted. @throws {Error} saying what was given and what is wanted. */
function read(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      detector: { type: "string" },
      kind: { type: "string", default: "dct" },
      side: { type: "string", default: "64" },
      quality: { type: "string" },
      seed: { type: "string", default: "1" },
      help: { type: "boolean" },
    },
  });
  const [command, ...folders] = positionals;
  if (values.help) return undefined;
  if (!(command in FOLDERS))
    throw new Error(
      `${command === undefined ? "Nothing was asked for" : `There is no command "${command}"`}.\n\n${HELP}`,
    );
  if (folders.length !== FOLDERS[command])
    throw new Error(
      `${command} takes ${FOLDERS[command]} folder${FOLDERS[command] === 1 ? "" : "s"}, got ${folders.length}.\n\n${HELP}`,
    );
  const kinds = /** @type {const} */ (["spectrum", "dct", "cnn"]);
  const kind = kinds.find((name) => name === values.kind);
  if (kind === undefined)
    throw new Error(`--kind is "${values.kind}"; give one of ${kinds.join(", ")}.`);
  const quality =
    values.quality === undefined ? undefined : between("quality", values.quality, 1, 100);
  return {
    command,
    folders: folders.map((folder) => fromUser(folder)),
    file: values.detector === undefined ? undefined : fromUser(values.detector),
    kind,
    side: sideOf(values.side),
    quality,
    seed: readCount("seed", values.seed),
  };
}

async function main(args) {
  const request = read(args);
  if (request === undefined) return console.log(HELP);
  const setup = await runChild([process.execPath, inRoot("tools", "setup.mjs")]);
  if (setup.code !== 0) throw new Error("Set-up failed; see above.");
  // Both stand on gan-lib, which set-up builds.
  if (request.command === "train") await (await import("./detect/train.mjs")).train(request);
  else await (await import("./detect/score.mjs")).score(request);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(printable(error.message));
  process.exitCode = 1;
}
