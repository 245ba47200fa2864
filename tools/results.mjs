/** `npm run results`: makes results/README.md, and the figures of README.md, of the files in results/. */
import { runChild } from "./run/child.mjs";
import { inRoot } from "./setup/paths.mjs";

try {
  const setup = await runChild([process.execPath, inRoot("tools", "setup.mjs")]);
  if (setup.code !== 0) throw new Error("Set-up failed; see above.");
  const { writeResultsPages } = await import("./run/results-page.mjs");
  const changed = writeResultsPages();
  console.log(changed.length > 0 ? `Written: ${changed.join(", ")}` : "Nothing has changed.");
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
