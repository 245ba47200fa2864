/** `npm run detect -- train real/ fake/`. */
import path from "node:path";
import {
  accuracyAt,
  areaUnderRoc,
  averagePrecision,
  bootstrapInterval,
  calibration,
  cnnDetector,
  createRandom,
  dctDetector,
  density1d,
  readImageFolder,
  ready,
  rocCurve,
  spectrumDetector,
  tf,
  throughPipeline,
} from "gan-lib";
import { printable } from "../run/printable.mjs";
import { alignTable } from "../run/table.mjs";
import { inRoot } from "../setup/paths.mjs";
import { warnOfCopies } from "./copies.mjs";
import { settleHandling, sideWithinBorders } from "./handling.mjs";
import { count, drawChart, printLeftOut, quoted, sayFolders, sayInterval } from "./say.mjs";

/** Fewer pictures of a kind teach nothing, and leave hardly any to be judged by. */
const FEWEST = 12;
/** The share of pictures that is held back. */
const HELD = 0.25;
const CONTROL_SEES =
  "The control sees what goes wrong among real pictures alone. It cannot see what came with one folder only, such as another compression, a frame or a size: that is compared above, as far as files tell.";

const MAKERS = {
  spectrum: () => spectrumDetector(),
  dct: () => dctDetector(),
  cnn: ({ seed }) => cnnDetector({ seed }),
};

/** @typedef {import("gan-lib").ImageFolder & { images: import("gan-lib").tf.Tensor4D }} Pictures */

/** @returns {Promise<Pictures>} @throws {Error} when too few pictures can be used. */
async function readExamples(folder, side) {
  const read = await readImageFolder(folder, side);
  printLeftOut(folder, read);
  const { images } = read;
  if (images !== undefined && read.files.length >= FEWEST) return { ...read, images };
  throw new Error(
    `${folder} has ${count(read.files.length, "picture")} that can be used; at least ${FEWEST} PNG or JPEG files of ${side} x ${side} pixels or more are needed.${sayFolders(read)}`,
  );
}

/**
 * Both folders, looked at in squares that lie within the pictures' borders where only one folder has some.
 *
 * @returns {Promise<{ real: Pictures, fake: Pictures, side: number }>}
 */
async function readBoth([realFolder, fakeFolder], asked) {
  const read = async (side) => ({
    real: await readExamples(realFolder, side),
    fake: await readExamples(fakeFolder, side),
    side,
  });
  const both = await read(asked);
  const side = sideWithinBorders(both.real, both.fake, asked);
  if (side === asked) return both;
  console.log(
    `The borders of the pictures differ: squares of ${side} x ${side} pixels are looked at in place of ${asked} x ${asked}, which lie within them.`,
  );
  tf.dispose([both.real.images, both.fake.images]);
  return read(side);
}

/** Two parts of the pictures, in a random order: the first so many, and the next so many. */
function parts(images, random, [first, next]) {
  const order = Int32Array.from(random.shuffledIndices(images.shape[0]));
  return [order.subarray(0, first), order.subarray(first, first + next)].map((places) =>
    tf.gather(images, tf.tensor1d(places, "int32")),
  );
}

/** A part of the pictures that is held back, and the rest to learn from. */
function split(images, random) {
  const count = images.shape[0];
  const held = Math.max(3, Math.round(count * HELD));
  return parts(images, random, [held, count - held]);
}

/** Trains on a part of both sets and scores what is held back. */
async function judge(detector, real, fake, seed) {
  const random = createRandom(seed);
  const [[heldReal, learnedReal], [heldFake, learnedFake]] = [
    split(real, random.split("real")),
    split(fake, random.split("fake")),
  ];
  const labelsOf = (...sets) => sets.flatMap(({ shape }, label) => Array(shape[0]).fill(label));
  await detector.fit(tf.concat([learnedReal, learnedFake]), labelsOf(learnedReal, learnedFake));
  return {
    labels: labelsOf(heldReal, heldFake),
    scores: detector.score(tf.concat([heldReal, heldFake])),
  };
}

/** The control: two halves of the real pictures, one in the place of the generated ones. */
async function control(images, request) {
  const half = Math.floor(images.shape[0] / 2);
  const halves = parts(images, createRandom(request.seed).split("halves"), [half, half]);
  return areaUnderRoc(await judge(MAKERS[request.kind](request), ...halves, request.seed));
}

/** Draws of labels that the calibration error is compared with. */
const DRAWS = 199;

/**
 * Whether scores are farther from what happened than 95 of 100 sets of labels are that are drawn by these very scores
 * (Bröcker and Smith, Weather and Forecasting 22, 2007).
 */
function isMiscalibrated({ scores, labels }) {
  const random = createRandom(1).split("calibration");
  const error = (truth) =>
    new Set(truth).size < 2 ? 0 : calibration({ scores, labels: truth }).expectedError;
  const measured = error(labels);
  const drawn = Array.from({ length: DRAWS }, () =>
    error(Array.from(scores, (score) => Number(random.next() < score))),
  );
  return drawn.filter((one) => one >= measured).length < 0.05 * (DRAWS + 1);
}

function printFigures(set, { accuracy, area }, chance) {
  const precision = bootstrapInterval(averagePrecision, set, { random: createRandom(1) });
  const rows = [
    ["", "on pictures held back (95 %)", "by chance"],
    ["accuracy", sayInterval(accuracy), "0.5 where both are equally many"],
    ["area under the ROC curve", sayInterval(area), "0.5"],
    [
      "average precision",
      sayInterval(precision),
      (set.labels.filter((label) => label === 1).length / set.labels.length).toFixed(3),
    ],
    ["calibration error", calibration(set).expectedError.toFixed(3), ""],
  ];
  console.log(alignTable(rows));
  if (isMiscalibrated(set))
    console.log("Its scores are not probabilities: read them as an order of the pictures.");
  if (chance === undefined) return console.log(`No control: it needs ${2 * FEWEST} real pictures.`);
  console.log(
    `Control, two halves of the real pictures: area ${sayInterval(chance)}. ${chance.low <= 0.5 && chance.high >= 0.5 ? "It includes 0.5, as it should." : "It does not include 0.5: by bad luck (1 in 20), or the real pictures are of two kinds."}`,
  );
  console.log(CONTROL_SEES);
}

/** Trains a detector on two folders, prints what it can be trusted with, and saves it. */
export async function train(request) {
  await ready();
  const { folders, kind, seed, file = inRoot("build", "detect", "detector.json") } = request;
  const { real, fake, side } = await readBoth(folders, request.side);
  console.log(
    `${count(real.files.length, "real picture")} and ${count(fake.files.length, "generated picture")}; ${side} x ${side} pixels near the middle of each, unscaled.`,
  );
  warnOfCopies(real, fake);
  const { pipeline, differences } = settleHandling(real, fake, { ...request, side });
  const [realImages, fakeImages] = [real, fake].map(({ images }) =>
    throughPipeline(images, pipeline),
  );
  const detector = MAKERS[kind]({ seed });
  const set = await judge(detector, realImages, fakeImages, seed);
  const generated = set.labels.filter((label) => label === 1).length;
  const held = {
    images: set.labels.length,
    real: set.labels.length - generated,
    generated,
    accuracy: accuracyAt(set),
    area: areaUnderRoc(set),
  };
  printFigures(
    set,
    held,
    real.files.length < 2 * FEWEST ? undefined : await control(realImages, request),
  );
  const [realName, fakeName] = folders.map((folder) => printable(path.basename(folder)));
  const sees =
    `It was shown ${real.files.length} pictures of ${realName} as real and ${fake.files.length} of ${fakeName} as generated. ` +
    "It knows pictures like these; of other generators, cameras and codecs its scores say nothing until they are tested." +
    (differences.length === 0 ? "" : ` The folders also differed in: ${differences.join(", ")}.`);
  await detector.save(file, { pipeline, sees, held, differences });
  console.log(
    `${sees}\nDetector (${kind}): ${printable(file)}\nTo use it: npm run detect -- score <images/> --detector ${quoted(file)}`,
  );
  const { falsePositiveRate: x, truePositiveRate: y } = rocCurve(set);
  const axes = {
    xTitle: "share of real pictures accused",
    yTitle: "share of generated pictures found",
  };
  const description = `ROC curve; area ${held.area.value.toFixed(3)}.`;
  await drawChart(
    file.replace(/(\.json)?$/, ".png"),
    density1d({
      curves: { detector: { x, y }, chance: { x: [0, 1], y: [0, 1] } },
      ...axes,
      title: "ROC on pictures held back",
      description,
    }),
  );
}
