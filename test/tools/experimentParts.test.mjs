/** What `npm run experiment` reads and prints. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { experimentPlan } from "gan-lib/plans";
import { readOptions } from "../../tools/experiment/options.mjs";
import { formatTable } from "../../tools/experiment/say.mjs";

const plan = experimentPlan("dirac-gan");

describe("the command line", () => {
  test("narrows settings by their names, and has numbers", () => {
    const options = readOptions(plan, [
      "--updates",
      "alternating",
      "--penalty",
      "none,zero-centred",
      "--seeds",
      "3",
      "--keep",
    ]);
    assert.deepEqual(options.choice, {
      narrowed: { updates: ["alternating"], penalty: ["none", "zero-centred"] },
      seeds: 3,
      steps: undefined,
    });
    const { jobs, keep, list, folder, timeout } = options;
    assert.deepEqual([jobs, keep, list, folder, timeout], [2, true, false, undefined, undefined]);
    assert.equal(readOptions(plan, ["--timeout", "0.5"]).timeout, 0.5);
  });

  test("refuses what it does not know or cannot count", () => {
    assert.throws(
      () => readOptions(plan, ["--pack", "1"]),
      /--pack[^]*--updates simultaneous,alternating\n {2}--penalty none,zero-centred\nOther options: --seeds, --steps, --jobs/,
    );
    for (const wrong of ["0", "1.5", "many", "-1"])
      assert.throws(
        () => readOptions(plan, [`--seeds=${wrong}`]),
        new RegExp(`--seeds is "${wrong}"; give a whole number`),
      );
    for (const wrong of ["0", "long", "-1", "1e3"])
      assert.throws(
        () => readOptions(plan, [`--timeout=${wrong}`]),
        new RegExp(`--timeout is "${wrong}"; give minutes, a number above 0`),
      );
  });
});

test("the table is printed in aligned columns", () => {
  assert.equal(
    formatTable([
      { packing: 1, modes: "5 ± 1" },
      { packing: 10, modes: "" },
    ]),
    "packing  modes\n1        5 ± 1\n10",
  );
});
