/** `npm run lesson`: runs one lesson without Jupyter's interface, and sums up the figures it reports. See HELP. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { findLesson, listLessons } from "./notebooks/lessons.mjs";
import { runChild } from "./run/child.mjs";
import { formatFigures, summarize } from "./run/figures.mjs";
import { lessonEnvironment, newReportFile, PROFILES, readReport } from "./run/lesson-run.mjs";
import { describeMachine, describeVersions } from "./run/machine.mjs";
import { buildDir, notebooksDir, shown } from "./run/paths.mjs";
import { inRoot, venvPython } from "./setup/paths.mjs";

const HELP = `npm run lesson -- <lesson> [options]

Runs a lesson (a number or a name, for example 11) from its first cell to its last. Leaves the executed notebook and a
self-contained page in build/lessons/, and the figures the lesson reports.

  --profile <name>   ${Object.entries(PROFILES)
    .map(([name, use]) => `${name} (${use})`)
    .join(", ")}; default: standard
  --seeds <n>        run it with the seeds 1 to n, and give mean and spread of each figure; default: 1
  --help             this text`;

/** @throws {Error} saying what was given and what is wanted. */
function parse() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      profile: { type: "string", default: "standard" },
      seeds: { type: "string", default: "1" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return { help: true };
  const seeds = Number(values.seeds);
  if (!(values.profile in PROFILES))
    throw new Error(
      `--profile is "${values.profile}"; give one of ${Object.keys(PROFILES).join(", ")}.`,
    );
  if (!Number.isInteger(seeds) || seeds < 1)
    throw new Error(`--seeds is "${values.seeds}"; give a whole number of at least 1.`);
  if (positionals.length !== 1)
    throw new Error(`Give one lesson, not ${positionals.length}: npm run lesson -- 11`);
  return {
    lesson: findLesson(listLessons(notebooksDir), positionals[0]),
    profile: values.profile,
    seeds,
  };
}

/** @returns {Promise<{ ok: boolean, report: object | null }>} One run; the report is null where the lesson left none. */
async function runSeed({ slug, file }, profile, seed) {
  const name = `${slug}.${profile}.seed${seed}`;
  const target = path.join(buildDir, "lessons", name);
  const reportFile = newReportFile(name);
  for (const ending of ["ipynb", "html"]) rmSync(`${target}.${ending}`, { force: true });
  console.log(`${slug}, profile ${profile}, seed ${seed}`);
  const command = [
    venvPython,
    inRoot("tools", "run", "execute.py"),
    file,
    target,
    inRoot("node_modules", "mathjax", "es5", "tex-svg-full.js"),
  ];
  const backend = process.env.GAN_BACKEND;
  const { code } = await runChild(
    command,
    lessonEnvironment({ profile, seed, report: reportFile, backend }),
  );
  if (existsSync(`${target}.html`)) console.log(`  ${shown(target)}.ipynb and .html\n`);
  try {
    return { ok: code === 0, report: readReport(reportFile) };
  } catch (error) {
    console.error(`  no figures: ${error.message}\n`);
    return { ok: code === 0, report: null };
  }
}

/** Prints the figures' table, and keeps it with what made it. */
function keepFigures({ slug }, profile, runs) {
  const reports = runs.map(({ report }) => report);
  const first = reports.find((report) => report !== null);
  if (!first) return;
  const { backend, device } = first;
  const figures = summarize(reports);
  const costs = summarize(
    reports.map(
      (report) =>
        report && { figures: { cpuSeconds: report.cpuSeconds, maxRssMB: report.maxRssMB } },
    ),
  );
  const file = path.join(buildDir, "lessons", `${slug}.${profile}.figures.json`);
  const kept = {
    lesson: slug,
    command: `npm run lesson -- ${process.argv.slice(2).join(" ")}`,
    machine: describeMachine(),
    versions: describeVersions(),
    backend,
    device,
    profile,
    seeds: runs.map((_, index) => index + 1),
    failedSeeds: runs.flatMap(({ ok }, index) => (ok ? [] : [index + 1])),
    figures,
    costs,
  };
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  console.log(`${formatFigures({ ...figures, ...costs })}\n\n${shown(file)}`);
}

async function main() {
  const { help, lesson, profile, seeds } = parse();
  if (help) return console.log(HELP);
  const setup = await runChild([process.execPath, inRoot("tools", "setup.mjs")]);
  if (setup.code !== 0) throw new Error("Set-up failed; see above.");
  const runs = [];
  for (let seed = 1; seed <= seeds; seed++) runs.push(await runSeed(lesson, profile, seed));
  keepFigures(lesson, profile, runs);
  const failed = runs.filter(({ ok }) => !ok).length;
  if (failed > 0) {
    console.error(`\n${failed} of ${seeds} runs failed`);
    process.exitCode = 1;
  }
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
