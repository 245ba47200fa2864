/** From what was measured to the records of results.json. */
import { pairedRatio, summary } from "./statistics.mjs";

/** Steps whose time is the warm-up's; a contender that compiles does so within them. */
const FIRST_STEPS = 4;

/**
 * @typedef {object} Spread
 * @property {number} median
 * @property {number} min
 * @property {number} max
 *
 * @typedef {object} Record_
 * @property {string} workload
 * @property {string} contender
 * @property {string} [error] why the rest is missing
 * @property {Spread} [seconds] of a step
 * @property {Spread} [ratio] to the reference, round by round
 * @property {string} [reference] PyTorch eager, or plain tf.js where PyTorch was not measured
 * @property {number} [compileSeconds] what the first steps took beyond steps at full speed
 * @property {number} [startUpSeconds]
 * @property {number} [peakBytes]
 * @property {number[]} [secondsPerStep] round by round
 */

/** The contender that ratios are taken to, or undefined where neither went through all rounds. */
export function referenceOf(measured) {
  const whole = measured.filter(({ error }) => error === undefined);
  return ["pytorch", "tfjs"]
    .map((name) => whole.find((one) => one.name === name))
    .find((one) => one !== undefined);
}

/**
 * @param {string} workload
 * @param {import("./rounds.mjs").Measured[]} measured
 * @returns {Record_[]}
 */
export function recordsOf(workload, measured) {
  const reference = referenceOf(measured);
  return measured.map(
    ({ name, error, version, secondsPerStep, warmUpSeconds = 0, ...measurement }) => {
      if (error !== undefined || secondsPerStep === undefined)
        return { workload, contender: name, error: error ?? "it took no steps" };
      const seconds = summary(secondsPerStep);
      const ratio = reference && {
        ratio: pairedRatio(secondsPerStep, reference.secondsPerStep ?? []),
        reference: reference.name,
      };
      const compileSeconds = Math.max(0, warmUpSeconds - FIRST_STEPS * seconds.median);
      return {
        workload,
        contender: name,
        version,
        seconds,
        ...ratio,
        compileSeconds,
        startUpSeconds: measurement.startUpSeconds,
        peakBytes: measurement.peakBytes,
        secondsPerStep,
      };
    },
  );
}
