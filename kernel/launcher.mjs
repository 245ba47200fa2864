/**
 * The Jupyter kernel: starts the process that runs the cells, passes signals on to it and, should it die, tells the cell
 * that ran why. Kept small: it lives beside each kernel.
 * Usage: node kernel/launcher.mjs --config-path=<connection file>
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { watch } from "./watch.mjs";

const { values } = parseArgs({ options: { "config-path": { type: "string" } } });
if (values["config-path"] === undefined) {
  console.error(
    "launcher.mjs: --config-path=<connection file> is missing; Jupyter gives it when it starts a kernel.",
  );
  process.exit(2);
}
process.exitCode = await watch(
  values["config-path"],
  fileURLToPath(new URL("..", import.meta.url)),
);
