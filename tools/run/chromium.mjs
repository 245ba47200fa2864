/** The browser of the browser tests: a Chromium of the system. */
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { runChild } from "./child.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {string | undefined} The path of Chromium or Chrome; `CHROMIUM` in the environment goes first. */
export function findChromium() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const inPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [process.env.CHROMIUM, ...inPath, MAC].find(
    (file) => file !== undefined && isProgram(file),
  );
}

/** Installs Chromium where it is missing and may be installed. @throws {Error} with the command to type where it may not. */
export async function ensureChromium() {
  if (findChromium()) return;
  const install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"];
  if (process.getuid?.() !== 0 || !isProgram("/usr/bin/apt-get")) {
    throw new Error(
      `Chromium is missing. On Debian: sudo ${install.join(" ")}. Elsewhere install Chromium or Chrome, or name it: CHROMIUM=<path>.`,
    );
  }
  const environment = { DEBIAN_FRONTEND: "noninteractive" };
  await runChild(["apt-get", "update"], environment);
  const { code } = await runChild(install, environment);
  if (code !== 0 || !findChromium())
    throw new Error(
      `Chromium is missing, and \`${install.join(" ")}\` did not bring it; see above.`,
    );
}
