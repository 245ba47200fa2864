/** The shape of a lesson: its sections, its exercises with checks, and their folded solutions. */
import { sourceOf } from "./lessons.mjs";

/** @typedef {import("./check-format.mjs").Problem} Problem */

/** How many exercises a lesson has where `metadata.lesson.exercises` does not say otherwise. */
const EXERCISES = 3;

/** @returns {{ level: number, title: string, from: number, to: number }[]} The headings, each with the cells up to the next of its level. */
function sectionsOf(cells) {
  const headings = cells.flatMap((cell, index) =>
    cell.cell_type === "markdown"
      ? [...sourceOf(cell).matchAll(/^(#{1,6}) +(.+?) *$/gm)].map(([, marks, title]) => ({
          level: marks.length,
          title,
          from: index,
        }))
      : [],
  );
  return headings.map((heading, index) => {
    const next = headings.slice(index + 1).find(({ level }) => level <= heading.level);
    return { ...heading, to: next?.from ?? cells.length };
  });
}

/** @returns {string[]} What is wrong with a solution cell. */
function solutionProblems({ cell_type: type, metadata }) {
  const problems = [];
  if (type !== "code") problems.push("a cell tagged `solution` must be code");
  if (metadata.jupyter?.source_hidden !== true)
    problems.push("a solution is folded: set metadata.jupyter.source_hidden to true");
  if (metadata.nbgrader?.solution !== true || metadata.nbgrader.grade !== false) {
    problems.push("a solution has metadata.nbgrader { solution: true, grade: false, … }");
  }
  return problems;
}

/** @returns {string[]} What is wrong with a cell's nbgrader metadata. */
function graderProblems({ schema_version: version, grade_id: id, grade, points }, seen) {
  const problems = [];
  if (version !== 3) problems.push(`metadata.nbgrader.schema_version is ${version}, not 3`);
  if (typeof id !== "string" || id === "")
    problems.push("metadata.nbgrader.grade_id must be a text");
  else if (seen.has(id)) problems.push(`metadata.nbgrader.grade_id "${id}" is used twice`);
  if (grade === true && !(points > 0))
    problems.push("a check that is graded has metadata.nbgrader.points above 0");
  seen.add(id);
  return problems;
}

/** @returns {Problem[]} */
function cellMetadataProblems(cells) {
  const seen = new Set();
  return cells.flatMap((cell, index) => {
    const { nbgrader, tags } = cell.metadata;
    const problems = [
      ...(nbgrader ? graderProblems(nbgrader, seen) : []),
      ...(tags?.includes("solution") ? solutionProblems(cell) : []),
    ];
    return problems.map((message) => ({ cell: index + 1, message }));
  });
}

/** @returns {string[]} What an exercise of the id "30-1" lacks. */
function missingParts(own, id) {
  const check = own.find(({ metadata }) => metadata.nbgrader?.grade === true);
  const missing = [];
  if (!check) missing.push("a check (a cell with metadata.nbgrader.grade true)");
  else if (!sourceOf(check).includes(`await exercises.check("${id}", `))
    missing.push(`the call of its check: await exercises.check("${id}", yourAnswer)`);
  if (!own.some(({ metadata }) => metadata.tags?.includes("solution")))
    missing.push("a solution (a cell tagged `solution`)");
  return missing;
}

/** @returns {Problem[]} Exercises that are missing, or that lack a check or a solution. */
function exerciseProblems(slug, cells, sections, wanted) {
  const exercises = sections.filter(({ title }) => /^Exercise \d+/.test(title));
  const problems = exercises.flatMap(({ title, from, to }) => {
    const id = `${slug.split("-")[0]}-${title.match(/\d+/)[0]}`;
    return missingParts(cells.slice(from, to), id).map((what) => ({
      cell: from + 1,
      message: `"${title}" lacks ${what}`,
    }));
  });
  if (exercises.length !== wanted)
    problems.push({ message: `${exercises.length} headings "Exercise N", not ${wanted}` });
  return problems;
}

/** @returns {{ message: string }[]} Where the metadata, by which the tests choose the backends, and the first cell disagree. */
function backendProblems(cells, metadata) {
  const declared = metadata?.lesson?.needsNative === true;
  const asked = cells.some(
    ({ cell_type: type, source }) =>
      type === "code" && /openLesson\([^;]*needsNative: true/.test([source].flat().join("")),
  );
  if (declared === asked) return [];
  const [has, lacks] = declared
    ? ["metadata.lesson has", "gan.openLesson"]
    : ["gan.openLesson has", "metadata.lesson"];
  return [{ message: `${has} needsNative: true, and ${lacks} has not` }];
}

/**
 * @param {import("./lessons.mjs").Lesson} lesson
 * @returns {Problem[]} Empty where all is well.
 */
export function checkSections({ slug, notebook: { cells, metadata } }) {
  const sections = sectionsOf(cells);
  const exercises = metadata?.lesson?.exercises ?? EXERCISES;
  const wanted = [
    "Learning goals",
    ...(exercises > 0 ? ["Exercises"] : []),
    "Summary",
    "References",
  ];
  const missing = wanted.filter((title) => !sections.some((section) => section.title === title));
  const titles = sections.filter(({ level }) => level === 1);
  return [
    ...(titles.length === 1 && titles[0].from === 0
      ? []
      : [{ cell: 1, message: "a notebook has one `# Title`, in its first cell" }]),
    ...missing.map((title) => ({ message: `there is no section "${title}"` })),
    ...exerciseProblems(slug, cells, sections, exercises),
    ...cellMetadataProblems(cells),
    ...backendProblems(cells, metadata),
  ].map((problem) => ({ slug, ...problem }));
}
