/** The process that runs the cells; `launcher.mjs` starts it. Usage: node kernel/main.mjs <connection file> <repository> <last words> */
import { startKernel } from "./kernel.mjs";
import { tellClosing } from "./lifeline.mjs";

const [configPath, root, lastWords] = process.argv.slice(2);
// Read by TensorFlow when a cell loads it: errors only, no start-up chatter.
process.env.TF_CPP_MIN_LOG_LEVEL ??= "3";
try {
  await startKernel(configPath, root, lastWords);
} catch (error) {
  // Not left to the kernel's own listeners: half a kernel would answer to nobody. Jupyter starts another one.
  console.error(error.message);
  tellClosing();
  process.exit(1);
}
