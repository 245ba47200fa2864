/** The peers' own Python environment, apart from the lessons'. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freeBytes } from "../tools/setup/disk.mjs";
import { size } from "../tools/setup/format.mjs";
import { inRoot } from "../tools/setup/paths.mjs";
import { ask, run, SetupError } from "../tools/setup/run.mjs";

const folder = inRoot("build", "bench", "venv");
const lock = inRoot("requirements-bench.txt");
const log = inRoot("build", "bench", "install.log");
const stamp = path.join(folder, "installed.json");

/** The Python of the environment. */
export const benchPython =
  process.platform === "win32"
    ? path.join(folder, "Scripts", "python.exe")
    : path.join(folder, "bin", "python");

/**
 * What each peer is to pip, and takes for Linux on x86-64: measured with pip 23 and the locked versions. PyPI's torch is the
 * CUDA build, and does not start without its libraries, also where there is no GPU.
 */
const packages = {
  pytorch: { names: ["torch", "setuptools"], download: 3.0e9, disk: 5.4e9 },
  tensorflow: { names: ["tensorflow-cpu"], download: 0.35e9, disk: 1.5e9 },
};

const installed = () =>
  existsSync(stamp) ? JSON.parse(readFileSync(stamp, "utf8")) : { lock: "", peers: [] };

/**
 * Installs what is missing of the peers into build/bench/venv, and says first how much that is.
 * @param {string[]} peers
 * @throws {SetupError} when there is no Python, too little room, or pip fails
 */
export async function installPeers(peers) {
  const lockText = readFileSync(lock, "utf8");
  const before = installed();
  const there = before.lock === lockText ? before.peers : [];
  const missing = peers.filter((peer) => !there.includes(peer));
  if (missing.length === 0) return;
  const sum = (what) => missing.reduce((bytes, peer) => bytes + packages[peer][what], 0);
  const free = await freeBytes(inRoot());
  console.log(
    `Installing ${missing.join(" and ")} into build/bench/venv: about ${size(sum("download"))} over the network, ${size(sum("disk"))} on the disk (${size(free)} are free).`,
  );
  if (free < sum("disk") + sum("download"))
    throw new SetupError(
      `That needs ${size(sum("disk") + sum("download"))} while it is unpacked; make room, or leave --peers out.`,
    );
  const python = ["python3", "python"].find(
    (name) => ask(name, ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).ok,
  );
  if (python === undefined)
    throw new SetupError("The peers need Python 3.11 or newer on the PATH.");
  await run(python, ["-m", "venv", folder], {
    log,
    advice: "On Debian: apt install python3-venv.",
  });
  const names = missing.flatMap((peer) => packages[peer].names);
  await run(benchPython, ["-m", "pip", "install", "--constraint", lock, "numpy", ...names], {
    log,
  });
  writeFileSync(
    stamp,
    JSON.stringify({ lock: lockText, peers: [...new Set([...there, ...missing])] }),
  );
}
