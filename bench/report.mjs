/** What is printed. */
import { alignTable } from "../tools/run/table.mjs";
import { size } from "../tools/setup/format.mjs";
import { workloads } from "./workloads.mjs";

/** @param {number | undefined} seconds */
const time = (seconds) =>
  seconds === undefined
    ? "-"
    : seconds < 1
      ? `${(seconds * 1000).toPrecision(3)} ms`
      : `${seconds.toPrecision(3)} s`;

/**
 * One workload's table.
 * @param {import("./records.mjs").Record_[]} records
 * @param {Record<string, string>} titles of the contenders
 * @returns {string}
 */
export function workloadTable(records, titles) {
  const reference = records.find((record) => record.reference)?.reference ?? "";
  const head = [
    "",
    "median",
    "min",
    "max",
    `ratio to ${titles[reference] ?? "-"}`,
    "(min - max)",
    "compile",
    "start-up",
    "peak memory",
  ];
  const rows = records
    .filter(({ error }) => error === undefined)
    .map(({ contender, seconds, ratio, compileSeconds, startUpSeconds, peakBytes }) => [
      titles[contender],
      ...[seconds?.median, seconds?.min, seconds?.max].map(time),
      ratio?.median.toFixed(2) ?? "-",
      ratio === undefined ? "" : `(${ratio.min.toFixed(2)} - ${ratio.max.toFixed(2)})`,
      time(compileSeconds),
      time(startUpSeconds),
      peakBytes === undefined ? "-" : size(peakBytes),
    ]);
  const failures = records
    .filter(({ error }) => error !== undefined)
    .map(({ contender, error }) => `${titles[contender]}: not measured: ${error}`);
  return [...(rows.length > 0 ? [alignTable([head, ...rows], "right")] : []), ...failures].join(
    "\n",
  );
}

/**
 * The arithmetic limit's line.
 * @param {{ flops: number, gflops: number, seconds: number }} limit
 * @param {import("./records.mjs").Record_[]} records
 */
export function limitLine({ flops, gflops, seconds }, records) {
  const pytorch = records.find(({ contender }) => contender === "pytorch")?.seconds;
  const ratio =
    pytorch === undefined ? "" : `, ${(seconds / pytorch.median).toFixed(2)} of PyTorch eager`;
  return `The arithmetic alone: ${(flops / 1e9).toPrecision(3)} GFLOP at ${gflops.toPrecision(3)} GFLOP/s (products of 1,024 x 1,024): ${time(seconds)}${ratio}.`;
}

/**
 * The goals' table: met, or missed by how much and why.
 * @param {import("./goals.mjs").Goal[]} goals
 * @param {Record<string, string>} titles
 * @param {Record<string, string>} reasons by workload
 */
export function goalsTable(goals, titles, reasons) {
  /** @param {import("./goals.mjs").Goal} goal @returns {string[]} */
  const said = ({ limit, ratio, met }) => {
    if (ratio === undefined) return ["-", "not measured"];
    return [
      ratio.toFixed(3),
      met ? "met" : `missed by ${(100 * (ratio / limit - 1)).toPrecision(2)} %`,
    ];
  };
  const rows = goals.map((goal) => [
    workloads[goal.workload].title,
    titles[goal.against] ?? goal.against,
    `<= ${goal.limit}`,
    ...said(goal),
  ]);
  const missed = [
    ...new Set(goals.filter(({ met }) => met === false).map(({ workload }) => workload)),
  ];
  const why = missed.map((workload) => `${workloads[workload].title}: ${reasons[workload]}`);
  return [
    alignTable([["goal", "against", "wanted", "ratio", ""], ...rows], "right"),
    ...(why.length > 0 ? ["", "What holds those that are missed:", ...why] : []),
  ].join("\n");
}
