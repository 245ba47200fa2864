/** JupyterLab for a test: started as a learner starts it, on copies of the notebooks, with settings of its own. */
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { buildDir, shown } from "../../tools/run/paths.mjs";
import { inRoot, root } from "../../tools/setup/paths.mjs";

/** Where everything of the browser tests lies: in the repository, so that the notebooks find gan-lib. */
export const browserDir = path.join(buildDir, "browser");

const notebooks = path.join(browserDir, "notebooks");
const ADDRESS = /http:\/\/(?:127\.0\.0\.1|localhost):\d+\/\S*[?&]token=\w+/;
const START_MILLISECONDS = 120_000;

/** @returns {Promise<number>} A port that nobody listens on. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  await new Promise((resolve) => server.close(resolve));
  return address.port;
}

/** Lab's settings: every cell is drawn, also those outside of the window, where a test looks too. */
function writeSettings(folder) {
  const file = path.join(
    folder,
    "@jupyterlab",
    "notebook-extension",
    "tracker.jupyterlab-settings",
  );
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ windowingMode: "none" }));
}

/** @returns {Promise<string>} Lab's address with its token, once it prints it. @throws {Error} with the output when it does not. */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let output = "";
    const fail = (why) => reject(new Error(`JupyterLab ${why}:\n${output}`));
    const timer = setTimeout(() => fail("did not say its address in time"), START_MILLISECONDS);
    const read = (chunk) => {
      output += chunk;
      const found = ADDRESS.exec(output);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[0]);
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.once("close", (code) => {
      clearTimeout(timer);
      fail(`ended with exit code ${code}`);
    });
  });
}

/**
 * Starts `npm start`'s program.
 *
 * @returns {Promise<{ address(file: string): string, stop(): Promise<void> }>} The page that opens a file below the
 *   repository, and the way to end Lab and its kernels.
 */
export async function startLab() {
  const settings = path.join(browserDir, "settings");
  writeSettings(settings);
  const environment = {
    LESSON_PROFILE: "quick",
    LESSON_SEED: "1",
    // A missed outcome is red here, and not the amber note that a learner sees.
    GAN_LENIENT: "0",
    JUPYTERLAB_SETTINGS_DIR: settings,
    JUPYTERLAB_WORKSPACES_DIR: path.join(browserDir, "workspaces"),
  };
  const server = [`--ServerApp.port=${await freePort()}`, "--ServerApp.port_retries=0"];
  // The page shows neither whether the kernel is there yet nor what a folded cell does: Lab itself is asked.
  const args = [
    inRoot("tools", "start.mjs"),
    "--no-browser",
    ...server,
    "--LabApp.expose_app_in_browser=True",
  ];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  try {
    const { origin, searchParams } = new URL(await addressOf(child));
    const address = (file) =>
      `${origin}/lab/tree/${shown(file)}?token=${searchParams.get("token")}&reset`;
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @returns {string} An empty folder for notebooks, where Lab may save them. */
export function emptyNotebooksFolder() {
  rmSync(notebooks, { recursive: true, force: true });
  mkdirSync(notebooks, { recursive: true });
  return notebooks;
}
