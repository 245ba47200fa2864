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
import { alignTable } from "../run/table.mjs";
import { inRoot } from "../setup/paths.mjs";
import { warnOfCopies } from "./copies.mjs";
import { count, drawChart, printLeftOut, quoted, sayInterval } from "./say.mjs";

/** Fewer pictures of a kind teach nothing, and leave hardly any to be judged by. */
const FEWEST = 12;
/** The share of pictures that is held back. */
const HELD = 0.25;
/** What pictures go through where their formats differ. */
const COMMON_QUALITY = 75;

const MAKERS = {
  spectrum: () => spectrumDetector(),
  dct: () => dctDetector(),
  cnn: ({ seed }) => cnnDetector({ seed }),
};

/** @returns {Promise<import("gan-lib").ImageFolder & { images: import("gan-lib").tf.Tensor4D }>} @throws {Error} when too few pictures can be used. */
async function readExamples(folder, side) {
  const read = await readImageFolder(folder, side);
  printLeftOut(folder, read.leftOut);
  const { images } = read;
  if (images !== undefined && read.files.length >= FEWEST) return { ...read, images };
  throw new Error(
    `${folder} has ${count(read.files.length, "picture")} that can be used; at least ${FEWEST} PNG or JPEG files of ${side} x ${side} pixels or more are needed.`,
  );
}

/** @returns {string} For example "png", or "jpeg and png". */
const formatsOf = ({ files }) =>
  [...new Set(files.map(({ format }) => format))].sort().join(" and ");

/** @returns {number} The middle one of the pictures' shorter sides. */
function typicalSide({ files }) {
  const sides = files.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b);
  return sides[Math.floor(sides.length / 2)];
}

/** Warns of what a detector could learn in place of the difference that matters, and settles the common pipeline. */
function settlePipeline(real, fake, { side, quality }) {
  const formats = [real, fake].map(formatsOf);
  const sides = [real, fake].map(typicalSide);
  if (Math.max(...sides) > 1.2 * Math.min(...sides)) {
    console.log(
      `Warning: real pictures are typically ${sides[0]} pixels wide, generated ones ${sides[1]}. A detector may learn how finely pictures were scaled. Take pictures of one source size.`,
    );
  }
  const differ = formats[0] !== formats[1];
  if (differ) {
    console.log(
      `Warning: real pictures are ${formats[0]}, generated ones ${formats[1]}. All go through JPEG files of quality ${quality ?? COMMON_QUALITY} first; traces of an earlier compression may stay. Take pictures of one format.`,
    );
  }
  return { side, quality: quality ?? (differ ? COMMON_QUALITY : undefined) };
}

/** Two parts of the pictures, in an order by lot: the first so many, and the next so many. */
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
  if (chance === undefined) return console.log(`No control: it needs ${2 * FEWEST} real pictures.`);
  console.log(
    `Control, two halves of the real pictures: area ${sayInterval(chance)}. ${chance.low <= 0.5 && chance.high >= 0.5 ? "It includes 0.5, as it should." : "It does not include 0.5: by bad luck (1 in 20), or something besides generation tells pictures apart."}`,
  );
}

/** Trains a detector on two folders, prints what it can be trusted with, and saves it. */
export async function train(request) {
  await ready();
  const {
    folders: [realFolder, fakeFolder],
    kind,
    side,
    seed,
    file = inRoot("build", "detect", "detector.json"),
  } = request;
  const [real, fake] = [await readExamples(realFolder, side), await readExamples(fakeFolder, side)];
  console.log(
    `${count(real.files.length, "real picture")} and ${count(fake.files.length, "generated picture")}; the middle ${side} x ${side} pixels of each, unscaled.`,
  );
  warnOfCopies(real, fake);
  const pipeline = settlePipeline(real, fake, request);
  const [realImages, fakeImages] = [real, fake].map(({ images }) =>
    throughPipeline(images, pipeline),
  );
  const detector = MAKERS[kind]({ seed });
  const set = await judge(detector, realImages, fakeImages, seed);
  const held = { images: set.labels.length, accuracy: accuracyAt(set), area: areaUnderRoc(set) };
  printFigures(
    set,
    held,
    real.files.length < 2 * FEWEST ? undefined : await control(realImages, request),
  );
  const sees =
    `It was shown ${real.files.length} pictures of ${path.basename(path.resolve(realFolder))} as real and ${fake.files.length} of ${path.basename(path.resolve(fakeFolder))} as generated. ` +
    "It knows pictures like these; of other generators, cameras and codecs its scores say nothing until they are tested.";
  await detector.save(file, { pipeline, sees, held });
  console.log(
    `${sees}\nDetector (${kind}): ${file}\nTo use it: npm run detect -- score <images/> --detector ${quoted(file)}`,
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
