/**
 * `npm run doctor`: what is there and what is not, to read or to paste into a bug report.
 * Ends with 1 when something needed is missing; works before set-up too.
 */
import {
  dataFindings,
  deviceFindings,
  diskFindings,
  jupyterFindings,
  packageFindings,
  systemFindings,
} from "./doctor/findings.mjs";
import { countMissing, formatReport } from "./doctor/report.mjs";
import { runCommand } from "./setup/command.mjs";
import { checkNode } from "./setup/prerequisites.mjs";
import { thisSystem } from "./setup/system.mjs";

await runCommand(async () => {
  checkNode();
  const system = thisSystem();
  const sections = {
    System: systemFindings(system),
    Packages: packageFindings(),
    TensorFlow: deviceFindings(system),
    Jupyter: await jupyterFindings(),
    Data: dataFindings(process.env["GAN_DATA_DIR"]),
    Disk: await diskFindings(),
  };
  console.log(formatReport(sections));
  const missing = countMissing(sections);
  console.log(
    missing === 0
      ? "\nEverything that is needed is there."
      : `\n${missing} missing: see the commands after the arrows.`,
  );
  process.exitCode = missing === 0 ? 0 : 1;
});
