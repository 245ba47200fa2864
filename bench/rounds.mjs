/** Measures one workload: starts the contenders, warms them up, then takes rounds in which each has its turn. */
import { Contender } from "./contender.mjs";

/** A turn lasts about this long: short ones measure the clock, long ones let the machine drift. */
const TURN_SECONDS = 1.2;
/** What is timed to say how many steps make a turn; by then everything is warm. */
const TRIAL_SECONDS = 0.2;

/**
 * @typedef {object} Measured
 * @property {string} name
 * @property {string} [error] why there are no figures
 * @property {string} [version]
 * @property {number} [startUpSeconds] from the start of the process until it can compute
 * @property {number[]} [figures] of the first step, from the common weights and numbers
 * @property {number} [warmUpSeconds] the first four steps
 * @property {number[]} [secondsPerStep] one a round
 * @property {number} [peakBytes] of its process
 */

/**
 * @typedef {object} Entry
 * @property {string[]} command
 * @property {Measured} measured
 * @property {Contender} [contender] There once it was started.
 * @property {number} [steps] Of a turn.
 */

/** Runs something of one contender; from its first error on, the contender is out and the others go on. */
async function attempt(entry, work) {
  if (entry.measured.error !== undefined) return;
  try {
    await work(entry);
  } catch (error) {
    entry.measured.error = error.message;
    await entry.contender?.end();
  }
}

async function prepare(entry) {
  const { measured, command } = entry;
  entry.contender = await Contender.start(measured.name, command);
  const { version, startUpSeconds } = entry.contender;
  Object.assign(measured, { version, startUpSeconds, secondsPerStep: [] });
  Object.assign(measured, await entry.contender.ask({ do: "prepare" }));
  entry.steps = await stepsOfATurn(entry.contender);
}

async function stepsOfATurn(contender) {
  for (let steps = 1; ; steps *= 2) {
    const { seconds } = await contender.ask({ do: "run", steps });
    if (seconds >= TRIAL_SECONDS) return Math.max(1, Math.ceil((TURN_SECONDS * steps) / seconds));
  }
}

async function turn(entry) {
  const { seconds } = await entry.contender.ask({ do: "run", steps: entry.steps });
  entry.measured.secondsPerStep.push(seconds / entry.steps);
}

/**
 * @param {Record<string, string[]>} commands each contender's program and arguments, by name
 * @param {number} rounds
 * @param {(contender: Contender, name: string) => Promise<void>} [afterTurn] what else a contender is asked in each round
 * @returns {Promise<Measured[]>} in the order of the commands
 */
export async function measure(commands, rounds, afterTurn = async () => undefined) {
  /** @type {Entry[]} */
  const entries = Object.entries(commands).map(([name, command]) => ({
    command,
    measured: { name },
  }));
  try {
    for (const entry of entries) await attempt(entry, prepare);
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? entries : entries.toReversed(); // nobody always follows the same
      for (const entry of order) {
        await attempt(entry, async () => {
          await turn(entry);
          if (entry.contender) await afterTurn(entry.contender, entry.measured.name);
        });
      }
    }
    for (const entry of entries) {
      await attempt(entry, async () =>
        Object.assign(entry.measured, await entry.contender?.ask({ do: "memory" })),
      );
    }
  } finally {
    await Promise.all(entries.map(({ contender }) => contender?.end()));
  }
  return entries.map(({ measured }) => measured);
}
