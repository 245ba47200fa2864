/**
 * `npm start [-- options for JupyterLab]`: sets up what is missing, then runs JupyterLab on this machine only,
 * open at the first lesson. Ctrl-C ends it. Where there is no browser, the address is printed, with its token.
 */
import { runCommand } from "./setup/command.mjs";
import { runGuarded } from "./setup/guarded.mjs";
import { hasBrowser, labArguments, labEnvironment } from "./setup/lab.mjs";
import { root, venvPython } from "./setup/paths.mjs";
import { setup } from "./setup/setup.mjs";

/** Runs JupyterLab to its end; told to end, it shuts its kernels down first. This process ends with its status. */
async function runLab(/** @type {string[]} */ extra) {
  const browser = hasBrowser();
  console.log(
    `Starting JupyterLab${browser ? "" : " (no browser here: open the address below)"}. Ctrl-C ends it.`,
  );
  const args = [
    "jupyterlab",
    ...labArguments({ browser, root, asRoot: process.getuid?.() === 0 }),
    ...extra,
  ];
  const env = labEnvironment(process.env);
  process.exitCode = await runGuarded(venvPython, args, { cwd: root, env });
}

await runCommand(async () => {
  await setup();
  await runLab(process.argv.slice(2));
});
