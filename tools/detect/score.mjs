/** `npm run detect -- score images/`. */
import path from "node:path";
import {
  histogram1d,
  loadDetector,
  projectDetector,
  readImageFolder,
  ready,
  throughPipeline,
} from "gan-lib";
import { printable } from "../run/printable.mjs";
import { alignTable } from "../run/table.mjs";
import { inRoot } from "../setup/paths.mjs";
import { count, drawChart, oneLine, printLeftOut, sayFolders, sayInterval } from "./say.mjs";

/**
 * @typedef {object} About What `train` notes about a detector; none where it was saved in a notebook.
 * @property {import("gan-lib").Pipeline} [pipeline]
 * @property {{ images: number, real: number, generated: number, accuracy: import("gan-lib").IntervalEstimate, area: import("gan-lib").IntervalEstimate }} [held]
 * @property {string} [sees]
 */

/** @param {string | undefined} file @returns {Promise<import("gan-lib").LoadedDetector>} The one from a file, or the project's own. */
async function detectorOf(file) {
  if (file !== undefined) return loadDetector(file);
  let said;
  return projectDetector({
    onProgress: (share) => {
      const percent = Math.floor(100 * share);
      if (said === undefined)
        console.log("The project's own detector is trained first; this is done once.");
      said ??= 0;
      if (percent >= said + 10) console.log(`  ${(said = percent)} %`);
    },
  });
}

const NOT_SEEN = "not seen in training";

/**
 * A probability as far as what was held back supports it (Laplace's rule of succession): where none of 98 generated pictures
 * scored so low, one more may still do so with a probability of 1 in 100.
 */
function sayScore(score, held) {
  if (held === undefined) return score.toFixed(3);
  const [least, most] = [1 / (held.generated + 2), 1 - 1 / (held.real + 2)];
  if (score >= least && score <= most) return score.toFixed(3);
  return score < least ? `below ${least.toFixed(3)}` : `above ${most.toFixed(3)}`;
}

function printScores({ files }, { scores, seen, held }) {
  const rows = files.map(({ name, width, height, format }, i) => [
    oneLine(name),
    `${width} x ${height}`,
    format,
    seen[i] ? sayScore(scores[i], held) : NOT_SEEN,
  ]);
  console.log(alignTable([["picture", "size", "format", "generated?"], ...rows]));
}

/** What is known of a detector: by its notes, and by itself where it was saved without any. */
function describeDetector(detector, /** @type {About} */ about, file) {
  const name = `${file === undefined ? "the project's own" : printable(file)} (${detector.kind})`;
  const { real, generated } = detector.fittedTo;
  const fitted = `It was fitted to ${count(real, "real picture")} and ${generated} generated ones.`;
  const held = about.held
    ? `On ${about.held.images} images that it was not trained on: accuracy ${sayInterval(about.held.accuracy)}, area under the ROC curve ${sayInterval(about.held.area)}.`
    : "It was saved without notes: how well it does is not known, nor what its images went through.";
  return `The detector: ${name}. ${fitted} ${held}${about.sees ? `\n${printable(about.sees)}` : ""}`;
}

/** Prints how probable it is for each picture of a folder that it is generated. @param {import("../detect.mjs").Request} request */
export async function score({ folders: [folder], file }) {
  await ready();
  const loaded = await detectorOf(file);
  const { detector } = loaded;
  const about = /** @type {About} */ (loaded.about);
  if (detector.imageShape === undefined) throw new Error(`${file} is not fitted.`);
  const [side, , channels] = detector.imageShape;
  if (channels !== 3)
    throw new Error(
      `${file} was fitted to images of ${channels} channel; pictures have 3. Fit one to colour images.`,
    );
  const read = await readImageFolder(folder, side);
  printLeftOut(folder, read);
  if (read.images === undefined)
    throw new Error(
      `${folder} has no picture that can be scored: PNG or JPEG files of at least ${side} x ${side} pixels are needed.${sayFolders(read)}`,
    );
  const images = throughPipeline(read.images, about.pipeline ?? { side });
  const [scores, seen] = [detector.score(images), detector.seen(images)];
  printScores(read, { scores, seen, held: about.held });
  const known = scores.filter((_, i) => seen[i]);
  const accused = known.filter((value) => value >= 0.5).length;
  const unknown = scores.length - known.length;
  console.log(
    `${accused} of ${count(read.files.length, "picture")} score 0.5 or more${unknown === 0 ? "" : `; of ${unknown} that ${unknown === 1 ? "is" : "are"} unlike all that it was trained on it says nothing (nor of 1 in 20 that are like it)`}. ${side} x ${side} pixels near the middle of each were looked at, unscaled.`,
  );
  console.log(describeDetector(detector, about, file));
  console.log(
    "A score is a probability only where generated pictures are as frequent as in its training; where they are rare, most accusations are wrong.",
  );
  if (known.length === 0) return console.log("No chart: no picture has a score.");
  const chart = histogram1d({
    samples: { pictures: known },
    domain: [0, 1],
    bins: 20,
    xTitle: "score: probability that a picture is generated",
    title: `Scores of ${printable(path.basename(folder))}`,
  });
  await drawChart(inRoot("build", "detect", "scores.png"), chart);
}
