/** What the command line of `npm run experiment` says. */
import { parseArgs } from "node:util";
import { readCount } from "../run/count.mjs";

/** The options besides the plan's settings. @type {NonNullable<import("node:util").ParseArgsConfig["options"]>} */
const OPTIONS = {
  seeds: { type: "string" },
  steps: { type: "string" },
  jobs: { type: "string", default: "2" },
  timeout: { type: "string" },
  folder: { type: "string" },
  keep: { type: "boolean", default: false },
  list: { type: "boolean", default: false },
};

/** @returns {number | undefined} The count, where the option was given. */
const count = (name, text) => (text === undefined ? undefined : readCount(name, text));

/** @returns {number | undefined} Minutes, where the option was given. @throws {Error} when it is no number above 0. */
function minutes(name, text) {
  if (text === undefined) return undefined;
  if (/^\d*\.?\d+$/.test(text) && Number(text) > 0) return Number(text);
  throw new Error(`--${name} is "${text}"; give minutes, a number above 0.`);
}

/**
 * @returns {Record<string, string | boolean | undefined>} What the command line says of each option and each setting.
 * @throws {Error} naming the settings when an option is none of them.
 */
function parse(plan, args) {
  /** @type {import("node:util").ParseArgsConfig["options"]} */
  const ofSettings = Object.fromEntries(
    Object.keys(plan.settings).map((name) => [name, { type: "string" }]),
  );
  try {
    const { values } = parseArgs({ args, options: { ...ofSettings, ...OPTIONS } });
    return /** @type {Record<string, string | boolean | undefined>} */ (values);
  } catch (error) {
    const settings = Object.entries(plan.settings).map(
      ([name, values]) => `  --${name} ${values.join(",")}`,
    );
    const others = Object.keys(OPTIONS)
      .map((name) => `--${name}`)
      .join(", ");
    throw new Error(
      `${error.message}\nThe settings of the plan "${plan.name}":\n${settings.join("\n")}\nOther options: ${others}.`,
      { cause: error },
    );
  }
}

/**
 * @param {import("gan-lib").Plan} plan
 * @param {string[]} args What follows the plan's name.
 * @returns {{ choice: { narrowed: Record<string, string[]>, seeds?: number, steps?: number }, jobs: number, timeout?: number, folder?: string, keep: boolean, list: boolean }}
 * @throws {Error} naming what there is when an option is unknown, or a number is none.
 */
export function readOptions(plan, args) {
  const values = parse(plan, args);
  const text = (name) => (values[name] === undefined ? undefined : String(values[name]));
  const narrowed = Object.keys(plan.settings).flatMap((name) => {
    const chosen = text(name)?.split(",");
    return chosen === undefined ? [] : [/** @type {const} */ ([name, chosen])];
  });
  return {
    choice: {
      narrowed: Object.fromEntries(narrowed),
      seeds: count("seeds", text("seeds")),
      steps: count("steps", text("steps")),
    },
    jobs: readCount("jobs", String(values.jobs)),
    timeout: minutes("timeout", text("timeout")),
    folder: text("folder"),
    keep: values.keep === true,
    list: values.list === true,
  };
}
