/**
 * The Jupyter kernel: tslab's own classes, started so that failures are told as the protocol wants them.
 * Usage: node kernel/launcher.mjs --config-path=<connection file>
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startKernel } from "./kernel.mjs";

const { values } = parseArgs({ options: { "config-path": { type: "string" } } });
if (values["config-path"] === undefined) {
  console.error(
    "launcher.mjs: --config-path=<connection file> is missing; Jupyter gives it when it starts a kernel.",
  );
  process.exit(2);
}
// Read by TensorFlow when a cell loads it: errors only, no start-up chatter.
process.env.TF_CPP_MIN_LOG_LEVEL ??= "3";
try {
  await startKernel(values["config-path"], fileURLToPath(new URL("..", import.meta.url)));
} catch (error) {
  // Not left to the kernel's own listeners: half a kernel would answer to nobody. Jupyter starts another one.
  console.error(error.message);
  process.exit(1);
}
