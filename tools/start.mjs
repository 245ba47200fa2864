/**
 * `npm start [-- options for JupyterLab]`: sets up what is missing, then runs JupyterLab on this machine only,
 * open at the first lesson. Ctrl-C ends it. Where there is no browser, the address is printed, with its token.
 */
import { spawn } from "node:child_process";
import { runCommand } from "./setup/command.mjs";
import { hasBrowser, labArguments, labEnvironment } from "./setup/lab.mjs";
import { root, venvPython } from "./setup/paths.mjs";
import { setup } from "./setup/setup.mjs";

/** Runs JupyterLab to its end. Signals go to it: it shuts its kernels down, and this process ends with its status. */
async function runLab(/** @type {string[]} */ extra) {
  const browser = hasBrowser();
  console.log(
    `Starting JupyterLab${browser ? "" : " (no browser here: open the address below)"}. Ctrl-C ends it.`,
  );
  const args = [
    "-m",
    "jupyterlab",
    ...labArguments({ browser, root, asRoot: process.getuid?.() === 0 }),
    ...extra,
  ];
  const lab = spawn(venvPython, args, {
    cwd: root,
    env: labEnvironment(process.env),
    stdio: "inherit",
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.removeAllListeners(signal);
    process.on(signal, () => lab.kill(signal));
  }
  process.exitCode = await new Promise((resolve, reject) => {
    lab.once("error", reject);
    lab.once("close", (code) => resolve(code ?? 1));
  });
}

await runCommand(async () => {
  await setup();
  await runLab(process.argv.slice(2));
});
