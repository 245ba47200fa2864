/**
 * `npm run setup`: brings everything that the notebooks need into the repository's folder.
 * Runs on Node alone, before anything is installed. Each step is done only when it is needed.
 *
 *   --gpu, --cpu   which TensorFlow library is linked, from now on (the CPU's until another is asked for)
 *   --tests        also what only the tests need
 */
import { parseArgs } from "node:util";
import { runCommand } from "./setup/command.mjs";
import { setup } from "./setup/setup.mjs";

await runCommand(async () => {
  const { values } = parseArgs({
    options: { gpu: { type: "boolean" }, cpu: { type: "boolean" }, tests: { type: "boolean" } },
  });
  await setup(values);
  console.log("Ready: `npm start` opens JupyterLab, `npm run doctor` says what is there.");
});
