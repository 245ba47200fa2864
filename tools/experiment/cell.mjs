/**
 * One cell of an experiment, as one plain command that any scheduler can run:
 *
 *   node tools/experiment/cell.mjs '{"plan":"dirac-gan","settings":{"updates":"alternating","penalty":"none"},"seed":1,"steps":200}' out.json
 *
 * Writes out.json when all is done. Checkpoints are kept in the folder `out` until then: the same command goes on from
 * there after a kill. Ends with the code 75 where another process computes this cell now.
 */
import { planCell, runCellProcess } from "gan-lib/experiments";
import { loadPlan } from "gan-lib/plans";

/** @throws {Error} saying what a cell is, where the text is none. */
function readCell(text) {
  try {
    const cell = JSON.parse(text);
    if (typeof cell?.plan === "string" && typeof cell.settings === "object") return cell;
  } catch {
    // said below
  }
  throw new Error(
    `Not a cell as JSON: ${text}\nIt is {"plan": …, "settings": {…}, "seed": …, "steps": …}; \`npm run experiment -- <plan> --list\` prints them.`,
  );
}

/** @param {string[]} args A cell as JSON, and the file for its result. */
async function main([text, file]) {
  if (file === undefined || !file.endsWith(".json"))
    throw new Error(
      "Give two arguments: a cell as JSON, and the file for its result, whose name ends in .json.",
    );
  const { plan: name, ...choice } = readCell(text);
  const plan = await loadPlan(name);
  await runCellProcess(plan, planCell(plan, choice), file);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error.stack);
  process.exitCode = 1;
}
