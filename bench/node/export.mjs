/** Writes what the sides share: node export.mjs <folder> <workload …>; "unrolled" is the game of the gradients. */
import { exportTensors, exportWorkload } from "./exported.mjs";
import { unrolledTensors } from "./gradients.mjs";
import { gan } from "./library.mjs";

const [folder, ...workloads] = process.argv.slice(2);
await gan.ready();
for (const workload of workloads) {
  if (workload === "unrolled") exportTensors(folder, workload, unrolledTensors());
  else exportWorkload(folder, workload);
}
