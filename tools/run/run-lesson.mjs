/** Runs a lesson once, through the kernel of .venv and without Jupyter's interface. */
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { inRoot, venvPython } from "../setup/paths.mjs";
import { runChild } from "./child.mjs";
import { lessonEnvironment, newReportFile, readReport } from "./lesson-run.mjs";
import { buildDir, shown } from "./paths.mjs";

/**
 * Leaves the executed notebook and a page in build/lessons/, and prints as it goes.
 *
 * @param {import("../notebooks/lessons.mjs").Lesson} lesson
 * @param {{ profile: string, seed: number, label?: string, environment?: Record<string, string> }} how label: what
 *   tells this run's files from others of the same seed; environment: added to that of a run
 * @returns {Promise<{ seed: number, ok: boolean, report: object | null }>} The report is null where the lesson left none.
 */
export async function runLesson({ slug, file }, { profile, seed, label = "", environment = {} }) {
  const name = [slug, profile, `seed${seed}`, ...(label === "" ? [] : [label])].join(".");
  const target = path.join(buildDir, "lessons", name);
  const reportFile = newReportFile(name);
  for (const ending of ["ipynb", "html"]) rmSync(`${target}.${ending}`, { force: true });
  console.log(`${slug}, profile ${profile}, seed ${seed}${label === "" ? "" : `, ${label}`}`);
  const program = inRoot("tools", "run", "execute.py");
  const mathjax = inRoot("node_modules", "mathjax", "es5", "tex-svg-full.js");
  const backend = process.env.GAN_BACKEND;
  const { code } = await runChild([venvPython, program, file, target, mathjax], {
    ...lessonEnvironment({ profile, seed, report: reportFile, backend }),
    ...environment,
  });
  if (existsSync(`${target}.html`)) console.log(`  ${shown(target)}.ipynb and .html\n`);
  try {
    return { seed, ok: code === 0, report: readReport(reportFile) };
  } catch (error) {
    console.error(`  no figures: ${error.message}\n`);
    return { seed, ok: code === 0, report: null };
  }
}
