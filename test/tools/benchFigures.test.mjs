import assert from "node:assert/strict";
import { test } from "node:test";
import { agreement, relativeDistance } from "../../bench/agreement.mjs";
import { layerFlops, stepFlops } from "../../bench/flops.mjs";
import { goalsOf, reasonOf, whatHolds } from "../../bench/goals.mjs";
import { recordsOf } from "../../bench/records.mjs";
import { goalsTable, limitLine, workloadTable } from "../../bench/report.mjs";
import { pairedRatio, summary } from "../../bench/statistics.mjs";
import { workloads } from "../../bench/workloads.mjs";

test("median, smallest and largest, of odd and even counts", () => {
  assert.deepEqual(summary([3, 1, 10]), { median: 3, min: 1, max: 10 });
  assert.deepEqual(summary([4, 1, 10, 2]), { median: 3, min: 1, max: 10 });
  assert.throws(() => summary([]), /at least one/);
});

test("ratios are taken round by round: a slow phase of the machine cancels", () => {
  assert.deepEqual(pairedRatio([1, 10, 3], [2, 20, 4]), { median: 0.5, min: 0.5, max: 0.75 });
  assert.throws(() => pairedRatio([1], [1, 2]), /got 1 and 2/);
});

test("a layer's operations: two for each weight, at each place", () => {
  assert.equal(layerFlops({ kernel: [100, 256], places: 1 }), 51_200);
  assert.equal(layerFlops({ kernel: [5, 5, 64, 128], places: 49 }), 2 * 49 * 5 * 5 * 64 * 128);
});

// Forwards, G's layers take 2 * 3 = 6 and 2 * 5 = 10 operations, D's 2 * 7 = 14 and 2 * 11 = 22.
const layers = {
  generator: [
    { kernel: [3], places: 1 },
    { kernel: [5], places: 1 },
  ],
  discriminator: [
    { kernel: [7], places: 1 },
    { kernel: [11], places: 1 },
  ],
};
const G = 16;
const D = 36;
const trainG = G + G + 10; // forwards, by the kernels, by the hidden input
const trainD = D + D + 22;

test("a step's operations, by hand", () => {
  const sizes = { batch: 4, packSize: 3, samples: 1000 };
  assert.equal(stepFlops("dcgan", layers, sizes), 4 * (G + 2 * trainD + trainG + D + D));
  assert.equal(stepFlops("ring", layers, sizes), 4 * 3 * trainG + 4 * (2 * trainD + D));
  assert.equal(stepFlops("critic", layers, sizes), 4 * (G + 2 * trainD + (D + D + D + 22)));
  assert.equal(stepFlops("sampling", layers, sizes), 1000 * G);
  assert.equal(stepFlops("frechet", { generator: [], discriminator: [] }, sizes), undefined);
});

const took = (name, secondsPerStep, more = {}) => ({
  name,
  secondsPerStep,
  warmUpSeconds: 10,
  startUpSeconds: 1,
  peakBytes: 5e8,
  ...more,
});
const measured = [
  took("gan-compiled", [0.75, 0.5, 0.75]),
  took("gan-eager", [1.5, 1.5, 1.5]),
  took("tfjs", [2, 2, 2]),
  took("pytorch", [1, 1, 1]),
  took("torch-compile", [2, 2, 2]),
  { name: "tensorflow", error: "tensorflow ended with SIGKILL" },
];

test("records hold medians, ratios to PyTorch eager, compile time, and why something is missing", () => {
  const records = recordsOf("mlp", measured);
  const [ours] = records;
  assert.deepEqual(ours.seconds, { median: 0.75, min: 0.5, max: 0.75 });
  assert.deepEqual(
    [ours.ratio, ours.reference],
    [{ median: 0.75, min: 0.5, max: 0.75 }, "pytorch"],
  );
  assert.equal(ours.compileSeconds, 10 - 4 * 0.75);
  assert.deepEqual(records[5], {
    workload: "mlp",
    contender: "tensorflow",
    error: "tensorflow ended with SIGKILL",
  });
});

test("without PyTorch, or when it failed, ratios are to plain tf.js; without either there are none", () => {
  const failed = { name: "pytorch", error: "gone", secondsPerStep: [1] };
  const records = recordsOf("mlp", [measured[0], measured[2], failed]);
  assert.deepEqual([records[0].reference, records[0].ratio?.median], ["tfjs", 0.375]);
  assert.equal(recordsOf("mlp", [measured[0]])[0].ratio, undefined);
});

test("goals are met at the limit, missed beyond it, and open where one side is missing", () => {
  const goals = goalsOf("mlp", recordsOf("mlp", measured));
  const ours = { workload: "mlp", of: "gan-compiled" };
  assert.deepEqual(goals, [
    { ...ours, against: "pytorch", limit: 0.7, ratio: 0.75, met: false },
    { ...ours, against: "torch-compile", limit: 1, ratio: 0.375, met: true },
    { ...ours, against: "tensorflow", limit: 1 },
  ]);
  assert.deepEqual(
    goalsOf("frechet", [
      { workload: "frechet", contender: "gan-compiled", secondsPerStep: [1] },
      { workload: "frechet", contender: "pytorch", secondsPerStep: [1] },
    ]),
    [
      {
        workload: "frechet",
        of: "gan-compiled",
        against: "pytorch",
        limit: 1,
        ratio: 1,
        met: true,
      },
    ],
  );
});

test("beside an older gan-lib, the lessons' loop may take 2 % longer, and no more", () => {
  const goalWith = (seconds) =>
    goalsOf("ring", [
      { workload: "ring", contender: "gan-trained", secondsPerStep: seconds },
      { workload: "ring", contender: "before", secondsPerStep: [1, 2, 4] },
    ]).at(-1);
  const goal = { workload: "ring", of: "gan-trained", against: "before", limit: 1.02 };
  assert.deepEqual(goalWith([1.02, 2, 5]), { ...goal, ratio: 1.02, met: true });
  assert.deepEqual(goalWith([1.25, 2, 5]), { ...goal, ratio: 1.25, met: false });
});

test("what is printed names every contender, the missed share, and what holds it", () => {
  const titles = {
    "gan-compiled": "gan-lib, compiled",
    "gan-eager": "as it is",
    tfjs: "plain",
    pytorch: "PyTorch eager",
    "torch-compile": "tc",
    tensorflow: "TF",
  };
  const records = recordsOf("mlp", measured);
  const printed = workloadTable(records, titles);
  assert.match(
    printed,
    /^gan-lib, compiled +750 ms +500 ms +750 ms +0\.75 +\(0\.50 - 0\.75\) +7\.00 s +1\.00 s +500 MB$/m,
  );
  assert.match(printed, /^TF: not measured: tensorflow ended with SIGKILL$/m);
  assert.match(
    limitLine({ flops: 2e9, gflops: 8, seconds: 0.25 }, records),
    /2\.00 GFLOP at 8\.00 GFLOP\/s .*: 250 ms, 0\.25 of PyTorch eager/,
  );
  const holds = whatHolds(records, 0.25);
  assert.match(
    holds,
    /of 750 ms, 250 ms \(33 %\) .* a ratio of 0\.25 by itself; 500 ms are element-wise .* one by one would add 750 ms/,
  );
  for (const workload of Object.keys(workloads))
    assert.match(
      reasonOf(workload, records, 0.25),
      /of 750 ms.*the call; .*\. Tried and kept: .*Not tried: /,
    );
  const goals = goalsTable(goalsOf("mlp", records), titles, { mlp: holds });
  assert.match(
    goals,
    /vanilla MLP step, batch 128 +PyTorch eager +<= 0\.7 +0\.750 +missed by 7\.1 %/,
  );
  assert.match(goals, /tc +<= 1 +0\.375 +met/);
  assert.match(goals, /TF +<= 1 +- +not measured/);
  assert.match(goals, /What holds those that are missed:\nvanilla MLP step, batch 128: of 750 ms/);
});

test("sides agree to 1e-4 of the figure, or of 1", () => {
  const sides = (theirs) => [
    { name: "gan-eager", figures: [2, 0.5] },
    { name: "pytorch", figures: theirs },
    { name: "tensorflow", error: "gone" },
  ];
  assert.deepEqual(agreement(sides([2.0001, 0.50005])).disagree, []);
  assert.match(
    agreement(sides([2.0005, 0.5])).disagree[0],
    /^pytorch: the first step's figures are 2\.0005, 0\.5, gan-eager's 2, 0\.5 \(2\.5e-4 apart\)$/,
  );
  assert.equal(agreement(sides([NaN, 0.5])).disagree.length, 1);
  assert.equal(agreement(sides([2])).disagree.length, 1);
  assert.equal(
    agreement([
      { name: "tfjs", figures: [1] },
      { name: "pytorch", figures: [2] },
    ]).disagree.length,
    1,
  );
  assert.deepEqual(agreement([{ name: "pytorch", figures: [1] }]), {
    compared: 0,
    worst: 0,
    disagree: [],
  });
});

test("gradients differ by the length of their difference", () => {
  assert.equal(relativeDistance(new Float32Array([3, 4.5]), new Float32Array([3, 4])), 0.1);
  assert.equal(relativeDistance(new Float32Array([3]), new Float32Array([3, 4])), Infinity);
});
