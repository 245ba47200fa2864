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
import { alignTable } from "../run/table.mjs";
import { inRoot } from "../setup/paths.mjs";
import { count, drawChart, printLeftOut, sayInterval } from "./say.mjs";

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

/**
 * @typedef {object} About What `train` notes about a detector.
 * @property {import("gan-lib").Pipeline} pipeline
 * @property {{ images: number, accuracy: import("gan-lib").IntervalEstimate, area: import("gan-lib").IntervalEstimate }} held
 * @property {string} sees
 */

/** Prints how probable it is for each picture of a folder that it is generated. @param {import("../detect.mjs").Request} request */
export async function score({ folders: [folder], file }) {
  await ready();
  const loaded = await detectorOf(file);
  const { detector } = loaded;
  const about = /** @type {About} */ (loaded.about);
  if (detector.imageShape === undefined)
    throw new Error(`${file} is not trained; make one by npm run detect -- train real/ fake/`);
  const [side] = detector.imageShape;
  const { files, leftOut, images } = await readImageFolder(folder, side);
  printLeftOut(folder, leftOut);
  if (images === undefined)
    throw new Error(
      `${folder} has no picture that can be scored: PNG or JPEG files of at least ${side} x ${side} pixels are needed.`,
    );
  const scores = detector.score(throughPipeline(images, about.pipeline));
  const table = [
    ["picture", "size", "format", "generated?"],
    ...files.map(({ name, width, height, format }, i) => [
      name,
      `${width} x ${height}`,
      format,
      scores[i].toFixed(3),
    ]),
  ];
  console.log(alignTable(table));
  const accused = scores.filter((value) => value >= 0.5).length;
  console.log(
    `${accused} of ${count(files.length, "picture")} score 0.5 or more. The middle ${side} x ${side} pixels of each were looked at, unscaled.`,
  );
  console.log(
    `The detector: ${file ?? "the project's own"} (${detector.kind}). On ${about.held.images} images that it was not trained on: accuracy ${sayInterval(about.held.accuracy)}, area under the ROC curve ${sayInterval(about.held.area)}.`,
  );
  console.log(about.sees);
  console.log(
    "A score is a probability only where generated pictures are as frequent as in its training; where they are rare, most accusations are wrong.",
  );
  const chart = histogram1d({
    samples: { pictures: scores },
    domain: [0, 1],
    bins: 20,
    xTitle: "score: probability that a picture is generated",
    title: `Scores of ${path.basename(path.resolve(folder))}`,
  });
  await drawChart(inRoot("build", "detect", "scores.png"), chart);
}
