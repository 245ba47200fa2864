import assert from "node:assert/strict";
import { test } from "node:test";
import { threadsOf } from "gan-lib/dist/experiments/runner/pool";

test("the cores are divided among the jobs", () => {
  assert.deepEqual(threadsOf(2, 8), {
    OMP_NUM_THREADS: "4",
    TF_NUM_INTRAOP_THREADS: "4",
    TF_NUM_INTEROP_THREADS: "4",
  });
  const counts = [threadsOf(2, 5), threadsOf(3, 2)].map((threads) => threads["OMP_NUM_THREADS"]);
  assert.deepEqual(counts, ["2", "1"]);
});
