/** The kept figures that a cell's text may quote. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { spread } from "../run/figures.mjs";
import { figuresOf, readKeptLessons, rowsOf } from "../run/kept-lessons.mjs";
import { inRoot } from "../setup/paths.mjs";
import { sourceOf } from "./lessons.mjs";

/**
 * @typedef {object} KeptFigure
 * @property {number} mean
 * @property {number[]} errors Standard deviation and standard error.
 * @property {number[]} ends The smallest and the largest run: a text may say from where to where.
 */

/** @returns {KeptFigure} */
function figureOf(values) {
  const { mean, sd, min, max } = spread(values);
  const count = values.filter((value) => value !== null).length;
  return { mean, errors: sd === null ? [] : [sd, sd / Math.sqrt(count)], ends: [min, max] };
}

/** @returns {KeptFigure[]} An experiment's: one for each row of settings, number of steps and figure, and a paper's. */
function experimentFigures({ runs, published }) {
  const groups = new Map();
  for (const { settings, steps, figures } of runs.flatMap(({ rows }) => rows))
    for (const [name, value] of Object.entries(figures)) {
      const key = JSON.stringify([settings, steps, name]);
      groups.set(key, [...(groups.get(key) ?? []), value]);
    }
  const papers = published.flatMap(({ figures }) => Object.values(figures));
  return [
    ...[...groups.values()].map(figureOf),
    ...papers.map(({ mean, standardError }) => ({
      mean,
      errors: standardError === undefined ? [] : [standardError],
      ends: [],
    })),
  ];
}

/** @returns {string[]} The plans that a text names by command, or that the code of the lesson shows. */
function plansNamed(source, cells) {
  const code = cells.filter(({ cell_type: type }) => type === "code").map(sourceOf);
  return [
    ...new Set([
      ...[...source.matchAll(/npm run experiment -- ([\w-]+)/g)].map(([, plan]) => plan),
      ...code.flatMap((text) =>
        [...text.matchAll(/experimentResults\(\s*"([\w-]+)"/g)].map(([, plan]) => plan),
      ),
    ]),
  ];
}

/** @returns {{ command: string, number: string, profile: string, seeds: number }[]} The lesson's commands in a text. */
export function commandsIn(source) {
  const commands = [...source.matchAll(/npm run lesson -- (\d+)((?: --[a-z]+ \w+)*)/g)];
  return commands.map(([command, number, options]) => ({
    command,
    number,
    profile: /--profile (\w+)/.exec(options)?.[1] ?? "standard",
    seeds: Number(/--seeds (\d+)/.exec(options)?.[1] ?? 1),
  }));
}

/** @returns {boolean} Whether kept figures are those of a command. */
export const isOf = ({ lesson, profile }, command) =>
  lesson.startsWith(`${command.number}-`) && profile === command.profile;

/**
 * @param {string} slug The lesson.
 * @param {string} source The cell's text. Where it names commands, their figures are meant; else all of the lesson.
 * @param {object[]} cells The lesson's cells.
 * @param {string} [folder] Where the kept results are.
 * @returns {{ figures: KeptFigure[], runs: { lesson: string, profile: string, seeds: number }[] }}
 */
export function keptFiguresOf(slug, source, cells, folder = inRoot("results")) {
  const kept = readKeptLessons(path.join(folder, "lessons"));
  const named = commandsIn(source).flatMap((command) => kept.filter((each) => isOf(each, command)));
  const own = named.length > 0 ? named : kept.filter(({ lesson }) => lesson === slug);
  const plans = plansNamed(source, cells)
    .map((plan) => path.join(folder, "experiments", `${plan}.json`))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")));
  return {
    figures: [
      ...own.flatMap((each) =>
        Object.values(figuresOf(each)).map(({ values }) => figureOf(values)),
      ),
      ...plans.flatMap(experimentFigures),
    ],
    runs: kept.map((each) => ({
      lesson: each.lesson,
      profile: each.profile,
      seeds: rowsOf(each).length,
    })),
  };
}
