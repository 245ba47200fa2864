/** What a plan must be besides well-typed. */
import type { Plan, SettingsOf } from "./plan";

/** The command's options besides the settings. */
const OPTIONS = ["seeds", "steps", "jobs", "timeout", "keep", "list", "folder", "help"];
/** Columns of the table besides the settings and figures. */
const COLUMNS = ["seed", "step", "cpuSeconds", "source", "data"];
/** What no setting or figure may be called. */
const RESERVED = [...OPTIONS, ...COLUMNS];

/**
 * Checks a plan.
 *
 * @throws Error naming the plan and the first thing that is wrong with it.
 */
export function requirePlan(plan: Plan): void {
  const problem = [...problemsOf(plan)][0];
  if (problem !== undefined) throw new Error(`The plan "${plan.name}": ${problem}`);
}

function* problemsOf(plan: Plan): Generator<string> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(plan.name))
    yield "its name must be lower-case words with hyphens between them.";
  for (const count of ["version", "seeds", "steps"] as const) {
    if (!Number.isInteger(plan[count]) || plan[count] < 1)
      yield `${count} must be a whole number of at least 1, got ${plan[count]}.`;
  }
  const { timeout = 1 } = plan;
  if (!(timeout > 0)) yield `timeout must be more than 0 minutes, got ${timeout}.`;
  yield* nameProblems(plan);
  yield* valueProblems(plan);
  yield* rowProblems(plan);
  yield* publishedProblems(plan);
}

function* nameProblems({ settings, figures }: Plan): Generator<string> {
  const names = [...Object.keys(settings), ...Object.keys(figures)];
  if (Object.keys(figures).length === 0) yield "it measures nothing; give at least one figure.";
  for (const name of names)
    if (RESERVED.includes(name))
      yield `"${name}" is taken: no setting or figure may be called ${RESERVED.join(", ")}.`;
  for (const name of Object.keys(settings)) {
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      yield `the setting "${name}" must be one word, such as batchNorm: it is an option of the command as well.`;
    if (name in figures) yield `"${name}" is a setting and a figure; give them two names.`;
  }
}

function* valueProblems({ settings }: Plan): Generator<string> {
  for (const [name, values] of Object.entries(settings)) {
    if (values.length === 0) yield `the setting ${name} has no values.`;
    if (new Set(values.map(String)).size < values.length)
      yield `the setting ${name} has a value twice: ${values.join(", ")}.`;
    const separating = values.find((value) => String(value).includes(","));
    if (separating !== undefined)
      yield `the value "${separating}" of ${name} has a comma, which separates values on the command line.`;
  }
}

function* rowProblems(plan: Plan): Generator<string> {
  if (plan.rows?.length === 0)
    yield "its list of rows is empty; leave it out for all combinations.";
  const seen = new Set<string>();
  for (const row of plan.rows ?? []) {
    yield* settingsProblems(plan, "a row", row);
    const written = JSON.stringify(Object.keys(plan.settings).map((name) => row[name]));
    if (seen.has(written)) yield `the row ${JSON.stringify(row)} is there twice.`;
    seen.add(written);
  }
}

function* publishedProblems(plan: Plan): Generator<string> {
  for (const { source, settings, figures } of plan.published ?? []) {
    yield* settingsProblems(plan, `the row published in ${source}`, settings);
    for (const name of Object.keys(figures)) {
      if (!(name in plan.figures))
        yield `the figure "${name}" published in ${source} is not one of ${Object.keys(plan.figures).join(", ")}.`;
    }
  }
}

function* settingsProblems({ settings }: Plan, what: string, row: SettingsOf): Generator<string> {
  const [got, wanted] = [row, settings].map((names) => Object.keys(names).sort().join(", "));
  if (got !== wanted) yield `${what} sets ${got === "" ? "nothing" : got}; it must set ${wanted}.`;
  for (const [name, values] of Object.entries(settings)) {
    const value = row[name];
    if (value !== undefined && !values.includes(value))
      yield `${what} has ${name} ${value}, which is not one of ${values.join(", ")}.`;
  }
}
