/**
 * Numbers in a lesson's text. One that was measured is found in results/; a paper's is marked as such; what is a
 * setting, a definition or a calculation is written as mathematics ($0.9$) or code (`0.9`).
 */
import { commandsIn, isOf, keptFiguresOf } from "./kept-figures.mjs";
import { sourceOf } from "./lessons.mjs";

/** @typedef {import("./check-format.mjs").Problem} Problem */
/** @typedef {import("./kept-figures.mjs").KeptFigure} KeptFigure */

const NUMBER = String.raw`[-−]?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?`;
const UNIT = String.raw`(?:\s*(?:%|‰)|\s(?:dB|MB|GB|ms|s|seconds?|minutes?|(?:percentage )?points?|CPU s)(?!\w))`;

/** A mean with its error; a number with a fraction; a number with a unit. */
const MEASURED = new RegExp(
  `(?<![\\w.:/§-])(?<mean>${NUMBER})(?:\\s*±\\s*(?<error>${NUMBER}))?(?<unit>${UNIT})?(?![\\w/])`,
  "g",
);

/** What stands before a number that counts sections, versions and the like. */
const NAMED =
  /(?:sections?|eqs?\.|equations?|figures?|tables?|lessons?|chapter|v|version|CC[ -]BY|Licen[cs]e|[Tt]heorems?|[Rr]emarks?|[Aa]lgorithms?|§)(?: [\d.]+(?:,| and| to))*\s*$/;

/** A parenthesis, or a table's heading, that says whose the number is. */
const OF_A_PAPER = /\bpaper|\btheir figures?\b|\bpublished\b/i;

/** What follows a whole number that counts something: a noun, and no word that joins. */
const COUNTED =
  /^\s+(?!(?:to|and|or|against|for|in|of|with|at|by|from|is|was|after|on|than|beside)\b)[a-z*]/;

/** A mean with its error is measured, also where it is set as mathematics. */
const SET_AS_MATHEMATICS = new RegExp(`\\$(${NUMBER})\\s*\\\\pm\\s*(${NUMBER})\\$`, "g");

/** Text without what holds no figures: code, mathematics, links' targets, headings, HTML. */
function blank(text) {
  const gone = (match) => match.replaceAll(/[^\n]/g, "§");
  return text
    .replaceAll(SET_AS_MATHEMATICS, "$1 ± $2")
    .replaceAll(/```[\s\S]*?```|\$\$[\s\S]*?\$\$|`[^`\n]*`|\$[^$\n]*\$/g, gone)
    .replaceAll(/\]\([^)]*\)|<[^>]*>|https?:\S+/g, gone)
    .replaceAll(/^#+ .*$/gm, gone);
}

/** @param {string} text @returns {{ text: string, ofPaper: boolean }[]} The text of the sentences and table cells, and whether each is a paper's. */
function passagesOf(text) {
  return text.split("\n").flatMap((line, index, lines) => {
    if (!line.startsWith("|")) return sentencesOf(line);
    const head = headOf(lines, index);
    const cells = line.split("|").slice(1, -1);
    const rowIsPapers = OF_A_PAPER.test(cells[0] ?? "");
    return cells.map((cell, column) => ({
      text: cell,
      ofPaper: rowIsPapers || OF_A_PAPER.test(head[column] ?? ""),
    }));
  });
}

/** @returns {string[]} The cells of the first row of the table that a line belongs to. */
function headOf(lines, index) {
  let first = index;
  while (first > 0 && lines[first - 1].startsWith("|")) first -= 1;
  return lines[first].split("|").slice(1, -1);
}

/** A sentence's numbers are a paper's up to the last parenthesis that says so. */
function sentencesOf(line) {
  return line.split(/(?<=[.:;!?][)*"]*)\s+(?=[A-Z*[(§])/).flatMap((sentence) => {
    const marks = [...sentence.matchAll(/\([^()]*\)/g)].filter(([inside]) =>
      OF_A_PAPER.test(inside),
    );
    const end = marks.length === 0 ? 0 : marks[marks.length - 1].index;
    return [
      { text: sentence.slice(0, end), ofPaper: true },
      { text: sentence.slice(end), ofPaper: false },
    ].filter(({ text }) => text !== "");
  });
}

/** @typedef {{ said: string, mean: number, error?: number, digits: number, errorDigits: number, percent: boolean, range: boolean }} SaidFigure */

const numeric = (text) => Number(text.replace("−", "-").replaceAll(",", ""));
const decimals = (text) => text.split(".")[1]?.length ?? 0;

/** @returns {SaidFigure[]} The measured numbers that a passage says; a bare whole number is a count. */
function figuresIn(text) {
  const talksOfDistance = /Fréchet|\bFID\b/.test(text);
  return [...text.matchAll(MEASURED)].flatMap((match) => {
    const { mean, error, unit } = match.groups;
    const before = text.slice(0, match.index);
    const counted = COUNTED.test(text.slice(match.index + match[0].length));
    const isMeasured =
      error !== undefined ||
      unit !== undefined ||
      mean.includes(".") ||
      (talksOfDistance && !counted);
    if (!isMeasured || NAMED.test(before)) return [];
    return [
      {
        said: match[0].trim(),
        mean: numeric(mean),
        ...(error === undefined ? {} : { error: numeric(error) }),
        digits: decimals(mean),
        errorDigits: decimals(error ?? ""),
        percent: (unit ?? "").includes("%"),
        range:
          /\bto $/.test(before) || /^ to [-−]?\d/.test(text.slice(match.index + match[0].length)),
      },
    ];
  });
}

const agrees = (kept, said, digits) =>
  Math.abs(Math.abs(kept) - Math.abs(said)) <= 0.5 * 10 ** -digits * (1 + 1e-9);

/** Whether a kept figure is what the text says, in its own unit or as a share in per cent. */
function isSaid({ mean, errors, ends }, said) {
  return (said.percent && Math.abs(mean) <= 1 ? [1, 100] : [1]).some((scale) =>
    said.error === undefined
      ? [mean, ...(said.range ? ends : [])].some((value) =>
          agrees(scale * value, said.mean, said.digits),
        )
      : agrees(scale * mean, said.mean, said.digits) &&
        errors.some((error) => agrees(scale * error, said.error, said.errorDigits)),
  );
}

/** @returns {string[]} The commands of a cell that are not those of which figures are kept. */
function wrongCommands(source, runs) {
  return commandsIn(source).flatMap((named) => {
    const kept = runs.find((each) => isOf(each, named));
    if (kept === undefined) return [`\`${named.command}\`: no figures of it are kept`];
    if (kept.seeds === named.seeds) return [];
    return [`\`${named.command}\`: ${kept.seeds} seeds are kept, not ${named.seeds}`];
  });
}

/**
 * @param {import("./lessons.mjs").Lesson} lesson
 * @param {string} [folder] Where the kept results are.
 * @returns {Problem[]} Empty where all is well.
 */
export function checkFigures({ slug, notebook: { cells } }, folder) {
  const end = cells.findIndex((cell) => /^## References/m.test(sourceOf(cell)));
  return cells.flatMap((cell, index) => {
    if (cell.cell_type !== "markdown" || (end >= 0 && index > end)) return [];
    const source = sourceOf(cell).split(/^## References/m)[0];
    const { figures, runs } = keptFiguresOf(slug, source, cells, folder);
    const said = passagesOf(blank(source)).flatMap((passage) =>
      passage.ofPaper ? [] : figuresIn(passage.text),
    );
    const unknown = said.filter((each) => !figures.some((figure) => isSaid(figure, each)));
    return [
      ...unknown.map(
        (each) =>
          `"${each.said}" is not among the kept figures of ${slug}: quote a kept one, mark a paper's with (… paper …), or write a setting as mathematics`,
      ),
      ...wrongCommands(source, runs),
    ].map((message) => ({ slug, cell: index + 1, message }));
  });
}
