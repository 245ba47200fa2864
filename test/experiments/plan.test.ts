import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { definePlan, experimentPlan, plans, type Plan } from "gan-lib";
import { planCell, planCells } from "gan-lib/dist/experiments/cells";
import { cellKey } from "gan-lib/dist/experiments/identity";

const plan = definePlan({
  name: "two-settings",
  description: "Two settings.",
  version: 1,
  settings: { packing: [1, 2, 3], noise: ["none", "some"] },
  seeds: 2,
  steps: 10,
  figures: { modes: { unit: "of 25" } },
  run: async ({ settings, seed }) => ({ modes: settings.packing + seed }),
});

/** The error of a plan that differs from a good one in the given fields. */
function refused(fields: Partial<Plan>, message: RegExp): void {
  assert.throws(() => definePlan({ ...plan, ...fields }), message);
}

describe("a plan is refused", () => {
  test("for a name, counts or figures that make no sense", () => {
    refused({ name: "Two Settings" }, /The plan "Two Settings": its name must be lower-case words/);
    refused({ version: 0 }, /version must be a whole number of at least 1, got 0/);
    refused({ seeds: 1.5 }, /seeds must be .* got 1.5/);
    refused({ steps: NaN }, /steps must be .* got NaN/);
    refused({ timeout: 0 }, /timeout must be more than 0 minutes, got 0/);
    refused({ figures: {} }, /it measures nothing/);
  });

  test("for names that are taken or no option of a command", () => {
    refused({ settings: { seeds: [1] } }, /"seeds" is taken/);
    refused({ figures: { steps: {} } }, /"steps" is taken/);
    refused({ settings: { folder: ["a"] } }, /"folder" is taken/);
    refused({ settings: { "learning rate": [1] } }, /"learning rate" must be one word/);
    refused({ settings: { modes: [1] } }, /"modes" is a setting and a figure/);
  });

  test("for values that cannot be told apart or typed", () => {
    refused({ settings: { packing: [] } }, /packing has no values/);
    refused({ settings: { packing: [1, "1"] } }, /packing has a value twice: 1, 1/);
    refused({ settings: { packing: ["1,2"] } }, /the value "1,2" of packing has a comma/);
  });

  test("for rows that its settings do not have", () => {
    refused({ rows: [] }, /its list of rows is empty/);
    refused({ rows: [{ packing: 1 }] }, /a row sets packing; it must set noise, packing/);
    refused(
      { rows: [{ packing: 4, noise: "none" }] },
      /a row has packing 4, which is not one of 1, 2, 3/,
    );
    refused(
      {
        rows: [
          { packing: 1, noise: "none" },
          { noise: "none", packing: 1 },
        ],
      },
      /is there twice/,
    );
  });

  test("for published rows of other settings or figures", () => {
    const published = (
      settings: Record<string, number | string>,
      figures: Record<string, { mean: number }>,
    ): Partial<Plan> => ({ published: [{ source: "table 1", settings, figures }] });
    refused(
      published({ packing: 9, noise: "none" }, {}),
      /the row published in table 1 has packing 9/,
    );
    refused(
      published({ packing: 1, noise: "none" }, { fid: { mean: 1 } }),
      /the figure "fid" published in table 1 is not one of modes/,
    );
  });
});

describe("the cells of a plan", () => {
  test("are all combinations of its settings, seed by seed", () => {
    const cells = planCells(plan, { seeds: 2, steps: 5 });
    assert.equal(cells.length, 12);
    assert.deepEqual(cells[0], { settings: { packing: 1, noise: "none" }, seed: 1, steps: 5 });
    assert.deepEqual(cells[1], { settings: { packing: 1, noise: "some" }, seed: 1, steps: 5 });
    assert.deepEqual(cells[11], { settings: { packing: 3, noise: "some" }, seed: 2, steps: 5 });
  });

  test("are its listed rows where it lists them, in the order of its settings", () => {
    const listed = definePlan({ ...plan, rows: [{ noise: "some", packing: 2 }] });
    const cells = planCells(listed);
    assert.deepEqual(
      cells.map(({ seed, steps }) => [seed, steps]),
      [
        [1, 10],
        [2, 10],
      ],
    );
    assert.equal(JSON.stringify(cells[0]?.settings), '{"packing":2,"noise":"some"}');
    assert.throws(
      () => planCells(listed, { narrowed: { packing: ["1"] } }),
      /no row with packing 1\. Its rows: \n {2}noise some, packing 2/,
    );
  });

  test("are narrowed by values as they are written", () => {
    const cells = planCells(plan, { narrowed: { packing: ["1", "3"], noise: ["some"] }, seeds: 1 });
    assert.deepEqual(
      cells.map(({ settings }) => Object.values(settings)),
      [
        [1, "some"],
        [3, "some"],
      ],
    );
  });

  test("are refused for a setting, a value or a count that is not there, saying what is", () => {
    assert.throws(
      () => planCells(plan, { narrowed: { pack: ["1"] } }),
      /"two-settings" has no setting "pack"\. Its settings: packing, noise\./,
    );
    assert.throws(
      () => planCells(plan, { narrowed: { packing: ["4"] } }),
      /packing of the plan "two-settings" has no value "4"\. Its values: 1, 2, 3\./,
    );
    assert.throws(
      () => planCells(plan, { seeds: 0 }),
      /seeds must be a whole number of at least 1, got 0/,
    );
    assert.throws(
      () => planCells(plan, { seeds: 2 ** 31 }),
      /2147483648 seeds of 6 rows are more than 100000 cells/,
    );
  });

  test("have keys that differ with everything their numbers depend on", () => {
    const [cell] = planCells(plan);
    assert.ok(cell !== undefined);
    const others = [
      cellKey(plan, { ...cell, seed: 2 }),
      cellKey(plan, { ...cell, steps: 11 }),
      cellKey(plan, { ...cell, settings: { packing: 2, noise: "none" } }),
      cellKey({ ...plan, version: 2 }, cell),
      cellKey({ ...plan, name: "other" }, cell),
      cellKey({ ...plan, datasets: ["mnist"] }, cell),
    ];
    assert.equal(new Set([cellKey(plan, cell), ...others]).size, 7);
    assert.match(cellKey(plan, cell), /^1-none-seed1-steps10-[0-9a-f]{12}$/);
    assert.equal(
      cellKey(plan, { ...cell, settings: { noise: "none", packing: 1 } }),
      cellKey(plan, cell),
    );
  });
});

describe("one cell", () => {
  const settings = { packing: 2, noise: "some" };

  test("is found by its settings, and by the plan's own values however they are written", () => {
    const wanted = { settings, seed: 2 ** 31, steps: 7 };
    assert.deepEqual(planCell(plan, wanted), wanted); // no list of all seeds before it
    assert.deepEqual(
      planCell(plan, { settings: { noise: "some", packing: "2" }, seed: 1, steps: 7 }).settings,
      settings,
    );
  });

  test("is refused where a setting is missing, unknown or of no value, or the seed is no count", () => {
    const cell = { settings, seed: 1, steps: 1 };
    const refusedCell = (fields: object, message: RegExp): void =>
      assert.throws(() => planCell(plan, { ...cell, ...fields }), message);
    refusedCell({ settings: { packing: 2 } }, /needs one value for each .*; noise is missing/);
    refusedCell({ settings: { ...settings, more: 1 } }, /has no setting "more"/);
    refusedCell({ settings: { ...settings, packing: 9 } }, /has no value "9"/);
    refusedCell({ seed: 0 }, /seed must be a whole number of at least 1, got 0/);
    refusedCell({ steps: "5" }, /steps must be a whole number/);
  });
});

test("the plans of the library have names of their own, and are found by them", () => {
  assert.equal(new Set(plans.map(({ name }) => name)).size, plans.length);
  assert.equal(experimentPlan("dirac-gan").name, "dirac-gan");
  assert.throws(() => experimentPlan("dirac"), /There is no plan "dirac"\. There are: .*dirac-gan/);
});
