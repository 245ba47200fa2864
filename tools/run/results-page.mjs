/** The pages that are made of kept results: results/README.md with every table, and the figures of README.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { inRoot } from "../setup/paths.mjs";
import { calibrationSections } from "./calibration-page.mjs";
import { experimentSections } from "./experiments-page.mjs";
import { sayMeasured, summarize } from "./figures.mjs";
import { figuresOf, readKeptLessons, rowsOf } from "./kept-lessons.mjs";
import { sayRun } from "./machine.mjs";
import { markdownTable, replacePart } from "./markdown.mjs";

const INTRODUCTION = `# Measured figures

Every figure that the lessons and the README quote, with the command that gives it. This page is made of the files beside it: \`npm run results\` makes it again, and \`npm run lesson -- NN --keep\` and \`npm run experiment -- PLAN --keep\` do so when they add to them. A processor rounds in its own way, so another machine gives other figures for the same seed; how far they spread is what the calibration below is about.`;

/** @returns {string[]} How many runs of a lesson missed an outcome, where some did. */
function sayFailures(rows) {
  const failed = rows.filter((row) => row.failed).map(({ seed }) => seed);
  return failed.length === 0
    ? []
    : [
        "",
        `**In ${failed.length} of ${rows.length} runs a cell failed: seed ${failed.join(", ")}.**`,
      ];
}

/** @returns {string} The kept figures of a lesson in a profile. */
function lessonSection(kept) {
  const rows = rowsOf(kept);
  const short = (value) => Number(value.toPrecision(4));
  const table = Object.entries(figuresOf(kept)).map(([name, spread]) => [
    name,
    sayMeasured(spread, kept.units[name]),
    spread.sd === null ? "" : `${short(spread.min)} to ${short(spread.max)}`,
    spread.values.filter((value) => value !== null).length,
  ]);
  const costs = summarize(
    rows.map(({ cpuSeconds, maxRssMB }) => ({ figures: { cpuSeconds, maxRssMB } })),
  );
  const cost = Object.entries(costs).map(([name, spread]) => `${name} ${sayMeasured(spread)}`);
  return [
    `### ${kept.lesson}, ${kept.profile}`,
    "",
    ...kept.runs.map(sayRun),
    ...sayFailures(rows),
    "",
    markdownTable(["figure", "mean ± standard deviation", "range", "runs"], table),
    ...(cost.length === 0 ? [] : ["", `Cost: ${cost.join("; ")}.`]), // none of a busy machine's runs is kept
  ].join("\n");
}

/** @returns {string} results/README.md, made of the files. */
export function resultsPage(folder = inRoot("results")) {
  const lessons = readKeptLessons(`${folder}/lessons`).map(lessonSection);
  const parts = [
    INTRODUCTION,
    "## Lessons",
    ...lessons,
    "## Experiments",
    ...experimentSections(`${folder}/experiments`),
    "## Calibration",
    ...calibrationSections(`${folder}/calibration`),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The figures that a visitor of README.md wants: lesson, profile, the figure's name, and what it says. */
export const VISITORS_FIGURES = [
  ["11-vanilla-gan", "standard", "classes covered", "digits that the first GAN draws, of 10"],
  [
    "11-vanilla-gan",
    "standard",
    "Fréchet distance in the classifier's features",
    "Fréchet distance of its images",
  ],
  ["20-dcgan", "standard", "Fréchet distance in the classifier's features", "the same for DCGAN"],
  [
    "31-wgan-gp",
    "standard",
    "Fréchet distance in the classifier's features",
    "the same for WGAN-GP",
  ],
  [
    "21-conditional-gan",
    "standard",
    "conditional accuracy",
    "images that show the digit that was asked for, in %",
  ],
  ["40-mode-collapse", "quick", "ring: modes covered", "modes that a GAN finds, of 8 on a ring"],
  [
    "90-deepfake-detection",
    "quick",
    "ROC area, cnn on transposed",
    "ROC area of a detector of generated digits",
  ],
  [
    "91-detector-robustness",
    "quick",
    "area that the attack takes from the cnn",
    "area that an attack takes from it",
  ],
];

/** @param {string[]} row @param {import("./kept-lessons.mjs").KeptLesson[]} kept @returns {(string | number)[]} A row of README.md. @throws {Error} when the figure is not kept, or a run failed. */
function visitorsRow([lesson, profile, figure, says], kept) {
  const found = kept.find((each) => each.lesson === lesson && each.profile === profile);
  const spread = found && figuresOf(found)[figure];
  if (!spread)
    throw new Error(`README.md wants "${figure}" of lesson ${lesson}, ${profile}: it is not kept.`);
  const failed = rowsOf(found).filter((row) => row.failed);
  if (failed.length > 0)
    throw new Error(`README.md wants figures of lesson ${lesson}, ${profile}, where a run failed.`);
  const number = lesson.slice(0, 2);
  const command = `\`npm run lesson -- ${number} --profile ${profile} --seeds ${spread.values.length}\``;
  const measured = sayMeasured(spread, found.units[figure] === "%" ? "" : found.units[figure]);
  return [`[${number}](notebooks/${lesson}.ipynb)`, says, measured, spread.values.length, command];
}

/** @returns {string} README.md with its figures made again. */
export function readmeWithFigures(readme, folder = inRoot("results")) {
  const kept = readKeptLessons(`${folder}/lessons`);
  const rows = VISITORS_FIGURES.map((row) => visitorsRow(row, kept));
  const head = ["lesson", "what was measured", "mean ± standard deviation", "seeds", "command"];
  return replacePart(readme, "figures", markdownTable(head, rows));
}

/** Makes both pages again. @returns {string[]} Those that changed. */
export function writeResultsPages() {
  /** @type {[string, (before: string) => string][]} */
  const pages = [
    ["results/README.md", () => resultsPage()],
    ["README.md", (before) => readmeWithFigures(before)],
  ];
  return pages.flatMap(([name, make]) => {
    const file = inRoot(name);
    const before = readOr(file);
    const after = make(before);
    if (after === before) return [];
    writeFileSync(file, after);
    return [name];
  });
}

function readOr(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
