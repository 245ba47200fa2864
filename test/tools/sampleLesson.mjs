/** A small lesson that passes every check, for tests to damage. */

/** @typedef {import("../../tools/notebooks/lessons.mjs").Cell} Cell */

let id = 0;

/** @param {string} source @returns {Cell} A Markdown cell. */
export function markdown(source) {
  return { cell_type: "markdown", id: `m${id++}`, metadata: {}, source };
}

/** @param {string} source @param {Record<string, any>} [metadata] @returns {Cell} A code cell that has not run. */
export function code(source, metadata = {}) {
  return {
    cell_type: "code",
    id: `c${id++}`,
    execution_count: null,
    metadata,
    outputs: [],
    source,
  };
}

/** @returns {object} The metadata of a cell that nbgrader knows. */
export function grader(gradeId, kind) {
  const points = kind === "check" ? { points: 1 } : {};
  return {
    schema_version: 3,
    grade_id: gradeId,
    grade: kind === "check",
    solution: kind === "solution",
    locked: kind === "check",
    task: false,
    ...points,
  };
}

/** @param {number} number @returns {Cell[]} An exercise: what to do, its check, its folded solution. */
export function exercise(number) {
  return [
    markdown(`### Exercise ${number}: add\n\nAdd two numbers.`),
    code(`const answer${number} = 1 + 1;`),
    code(`await exercises.check("90-${number}", answer${number});`, {
      nbgrader: grader(`check-${number}`, "check"),
    }),
    code(`const solution${number} = 2;`, {
      tags: ["solution"],
      jupyter: { source_hidden: true },
      nbgrader: grader(`solution-${number}`, "solution"),
    }),
  ];
}

/** @param {Cell[]} cells @param {Record<string, any>} [lesson] @returns {import("../../tools/notebooks/lessons.mjs").Notebook} A notebook of those cells. */
export function notebook(cells, lesson = {}) {
  return {
    cells,
    metadata: {
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      lesson: {
        title: "Sample",
        requires: [],
        minutes: { quick: 1, standard: 2 },
        memoryMB: 500,
        ...lesson,
      },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/**
 * @param {{ extra?: Cell[], lesson?: Record<string, any>, slug?: string }} [options] `extra` cells stand before its exercises.
 * @returns {import("../../tools/notebooks/lessons.mjs").Lesson} The lesson.
 */
export function sampleLesson({ extra = [], lesson = {}, slug = "90-sample" } = {}) {
  const cells = [
    markdown("# Sample\n\n## Learning goals\n\n- Add."),
    code(
      'import { setTimeout as sleep } from "node:timers/promises";\nlet total: number | null = null;\n' +
        "const exercises = { check: (id: string, answer: number) => sleep(0, [id, answer]) };",
    ),
    code("total = 1;\nawait sleep(1);"),
    ...extra,
    markdown("## Exercises"),
    ...[1, 2, 3].flatMap(exercise),
    markdown("## Summary\n\nNumbers add up.\n\n## References\n\n1. Peano."),
  ];
  return { slug, file: `${import.meta.dirname}/${slug}.ipynb`, notebook: notebook(cells, lesson) };
}
