/** The ratios as a Vega-Lite chart. */
import { workloads } from "./workloads.mjs";

/**
 * @param {import("./records.mjs").Record_[]} records
 * @param {Record<string, string>} titles of the contenders
 * @returns {object} a row of points a workload, with the rounds' range; 1 is the reference
 */
export function ratioChart(records, titles) {
  const values = records
    .filter(({ ratio }) => ratio !== undefined)
    .map(({ workload, contender, ratio }) => ({
      workload: workloads[workload].title,
      contender: titles[contender],
      ...ratio,
    }));
  const reference = titles[records.find((record) => record.reference)?.reference ?? ""];
  const contender = {
    field: "contender",
    type: "nominal",
    title: null,
    sort: Object.values(titles),
  };
  const color = { field: "contender", type: "nominal", legend: null, sort: Object.values(titles) };
  const x = {
    type: "quantitative",
    scale: { type: "log" },
    title: `time of a step, as a part of ${reference}'s (median and range of the rounds)`,
  };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    background: "white",
    data: { values },
    facet: {
      row: {
        field: "workload",
        type: "nominal",
        title: null,
        sort: Object.values(workloads).map(({ title }) => title),
        header: { labelAngle: 0, labelAnchor: "start", labelOrient: "top" },
      },
    },
    spec: {
      width: 420,
      layer: [
        { mark: { type: "rule", strokeDash: [4, 4] }, encoding: { x: { datum: 1 } } },
        {
          mark: { type: "rule", strokeWidth: 3, opacity: 0.5 },
          encoding: { y: contender, x: { ...x, field: "min" }, x2: { field: "max" }, color },
        },
        {
          mark: { type: "point", filled: true, size: 70 },
          encoding: { y: contender, x: { ...x, field: "median" }, color },
        },
      ],
    },
  };
}
