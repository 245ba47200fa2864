/** What `npm run bench` is asked to do. */
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { SetupError } from "../tools/setup/run.mjs";
import { workloads } from "./workloads.mjs";

/** What can be installed beside gan-lib. */
export const PEERS = ["pytorch", "tensorflow"];
/** Fewer say nothing about the spread. */
const LEAST_ROUNDS = 5;

export const HELP = `npm run bench -- [gradients] [--peers pytorch,tensorflow] [--before <folder>] [--workloads mlp,…] [--rounds ${LEAST_ROUNDS}]

Measures gan-lib, by trainSteps, compiled and as it is, beside plain tf.js, with 2 threads, in alternating rounds.
  --peers      also PyTorch (eager and torch.compile) and TensorFlow's graphs; installs them into build/bench/venv
  --before     also the gan-lib of another checkout of this project, built; no workload may be slower by more than 2 %
  --workloads  only these: ${Object.keys(workloads).join(", ")}
  --rounds     how many, at least ${LEAST_ROUNDS} (the default)
Writes build/bench/results.json and build/bench/ratios.png.

  gradients    instead: compares parameter gradients that need second derivatives with PyTorch's (--peers pytorch)`;

function listOf(name, text, known) {
  const chosen = text.split(",").filter((word) => word !== "");
  const unknown = chosen.filter((word) => !known.includes(word));
  if (unknown.length > 0 || chosen.length === 0) {
    throw new SetupError(
      `--${name}: "${unknown.join(",") || text}" is not known; choose from ${known.join(", ")}, separated by commas.`,
    );
  }
  return known.filter((word) => chosen.includes(word));
}

function read(args) {
  const text = { type: /** @type {const} */ ("string") };
  try {
    const options = {
      help: { type: /** @type {const} */ ("boolean") },
      peers: text,
      before: text,
      workloads: text,
      rounds: text,
    };
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new SetupError(`${error.message}\n\n${HELP}`);
  }
}

/** @param {string} folder @returns {string} Its whole path. */
function builtCheckout(folder) {
  const checkout = path.resolve(folder);
  if (!existsSync(path.join(checkout, "lib", "dist", "index.js")))
    throw new SetupError(
      `--before: ${checkout} holds no built gan-lib (lib/dist/index.js). Check an older commit out there ` +
        "(git worktree add <folder> <commit>), and run `npm run setup` in it.",
    );
  return checkout;
}

/**
 * @param {string[]} args
 * @returns {{ help: boolean, gradients: boolean, peers: string[], before?: string, workloads: string[], rounds: number }}
 * @throws {SetupError} that says what was got and what can be given
 */
export function parseBench(args) {
  const { values, positionals } = read(args);
  const names = Object.keys(workloads);
  const rounds = Number(values.rounds ?? LEAST_ROUNDS);
  if (!Number.isInteger(rounds) || rounds < LEAST_ROUNDS) {
    throw new SetupError(
      `--rounds: a whole number of at least ${LEAST_ROUNDS} is wanted, got "${values.rounds}".`,
    );
  }
  if (positionals.some((word) => word !== "gradients"))
    throw new SetupError(
      `Only "gradients" can stand alone, got "${positionals.join(" ")}".\n\n${HELP}`,
    );
  const gradients = positionals.length > 0;
  const peers = values.peers === undefined ? [] : listOf("peers", values.peers, PEERS);
  if (gradients && !peers.includes("pytorch"))
    throw new SetupError("gradients are compared with PyTorch's: add --peers pytorch.");
  const before = values.before === undefined ? undefined : builtCheckout(String(values.before));
  const chosen =
    values.workloads === undefined ? names : listOf("workloads", values.workloads, names);
  return { help: values.help === true, gradients, peers, before, workloads: chosen, rounds };
}
