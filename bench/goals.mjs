/** Which goals were met, and by how much the others were missed. */
import { pairedRatio } from "./statistics.mjs";
import { workloads } from "./workloads.mjs";

/**
 * @typedef {object} Goal
 * @property {string} workload
 * @property {string} of a contender of gan-lib
 * @property {string} against a contender
 * @property {number} limit
 * @property {number} [ratio] the median of gan-lib's time to its; undefined where one of them was not measured
 * @property {boolean} [met]
 */

/** The peers that a training step should also be no slower than. */
const GRAPHS = ["torch-compile", "tensorflow"];
/** How much slower than before a workload may be. */
const SLOWER = 1.02;

/**
 * @param {string} workload
 * @param {import("./records.mjs").Record_[]} records of that workload
 * @returns {Goal[]}
 */
export function goalsOf(workload, records) {
  const { goal, beatsGraphs } = workloads[workload];
  const recordOf = (name) => records.find(({ contender }) => contender === name);
  const goals = [
    { of: "gan-compiled", against: "pytorch", limit: goal },
    ...(beatsGraphs ? GRAPHS : []).map((against) => ({ of: "gan-compiled", against, limit: 1 })),
    ...(recordOf("before") ? [{ of: "gan-trained", against: "before", limit: SLOWER }] : []),
  ];
  return goals.map((each) => {
    const [ours, theirs] = [each.of, each.against].map((name) => recordOf(name)?.secondsPerStep);
    if (ours === undefined || theirs === undefined) return { workload, ...each };
    const ratio = pairedRatio(ours, theirs).median;
    return { workload, ...each, ratio, met: ratio <= each.limit };
  });
}

/** @returns {string} What holds a workload, from its figures, and what was tried against it. */
export function reasonOf(workload, records, limitSeconds) {
  return `${whatHolds(records, limitSeconds)} ${workloads[workload].tried}`;
}

const milliseconds = (seconds) => `${(seconds * 1000).toPrecision(3)} ms`;

/**
 * What holds a step where it is, from the figures.
 * @param {import("./records.mjs").Record_[]} records of a workload
 * @param {number} [limitSeconds] the arithmetic alone
 * @returns {string}
 */
export function whatHolds(records, limitSeconds) {
  const median = (name) => records.find(({ contender }) => contender === name)?.seconds?.median;
  const [ours, eager, pytorch] = ["gan-compiled", "gan-eager", "pytorch"].map(median);
  if (ours === undefined) return "gan-lib was not measured.";
  if (limitSeconds === undefined)
    return `${milliseconds(ours)}, none of it matrix products of the backend: JavaScript computes it, on one thread.`;
  const share = Math.round((100 * limitSeconds) / ours);
  const alone =
    pytorch === undefined ? "" : `, a ratio of ${(limitSeconds / pytorch).toFixed(2)} by itself`;
  const arithmetic = `of ${milliseconds(ours)}, ${milliseconds(limitSeconds)} (${share} %) are the products at the measured rate${alone}`;
  const rest = `${milliseconds(Math.max(0, ours - limitSeconds))} are element-wise work, memory, small products and the call`;
  const dispatch =
    eager === undefined
      ? ""
      : `; kernels called one by one would add ${milliseconds(Math.max(0, eager - ours))}`;
  return `${arithmetic}; ${rest}${dispatch}.`;
}
