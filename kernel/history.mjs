/** What has been run, as `history_request` asks for it: in this kernel and, kept in a file, in those before it. */
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** So many inputs are kept. */
const most = 10_000;
/** The file is cut to the newest inputs when it has grown to twice as many. */
const cutAt = 2 * most;
/** Longer inputs are not kept: they are data, which nobody looks for. */
const longest = 100_000;

/** @typedef {[session: number, line: number, source: string]} Input */

/**
 * Where inputs are kept: GAN_HISTORY, which may be empty for nowhere, or a file in Jupyter's folder for data.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} [platform]
 * @returns {string} Empty for nowhere.
 */
export function historyFile(env, platform = process.platform) {
  if (env["GAN_HISTORY"] !== undefined) return env["GAN_HISTORY"];
  return join(jupyterData(env, platform), "gan-kernel", "history.jsonl");
}

/** As jupyter_core finds it. */
function jupyterData(env, platform) {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter");
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}

export class History {
  /** A session's number: when it began. */
  #session = Date.now();
  /** @type {Input[]} This session's inputs. */
  #inputs = [];
  #file;
  #complain;

  /**
   * @param {string} file Empty where nothing is to be kept.
   * @param {(error: unknown) => void} complain Told once when the file cannot be written; inputs are then kept no longer.
   */
  constructor(file, complain) {
    this.#file = file;
    this.#complain = complain;
  }

  /** @param {number} line The execution count. @param {string} source */
  add(line, source) {
    const input = /** @type {Input} */ ([this.#session, line, source]);
    this.#inputs.push(input);
    if (this.#inputs.length > most) this.#inputs.shift();
    if (source.length <= longest) this.#keep(input);
  }

  /**
   * @param {{ hist_access_type?: string, session?: number, n?: number, pattern?: string, unique?: boolean, start?: number,
   *   stop?: number, output?: boolean }} request A session is 0 for this one, -1 for the one before, or a number of a reply.
   * @returns {unknown[][]} The inputs asked for, oldest first; where outputs are asked for too, without any.
   */
  answer({ hist_access_type: type, session = 0, n, pattern, unique, start = 1, stop, output }) {
    const found = type === "range" ? this.#range(session, start, stop) : this.#all(type, pattern);
    const last = new Map(found.map((input) => [input[2], input]));
    const listed = unique ? [...last.values()] : found;
    const shown = type === "range" || n === undefined || n === null ? listed : listed.slice(-n);
    return output ? shown.map(([number, line, source]) => [number, line, [source, null]]) : shown;
  }

  #range(session, start, stop) {
    const all = session === 0 ? this.#inputs : [...this.#earlier(), ...this.#inputs];
    const sessions = [...new Set(all.map(([number]) => number))].filter((n) => n !== this.#session);
    const wanted = session === 0 ? this.#session : session < 0 ? sessions.at(session) : session;
    return all.filter(
      ([number, line]) => number === wanted && line >= start && line < (stop ?? Infinity),
    );
  }

  #all(type, pattern) {
    const all = [...this.#earlier(), ...this.#inputs];
    if (type !== "search") return all;
    const glob = globOf(pattern ?? "*");
    return all.filter(([, , source]) => glob.test(source));
  }

  /** @returns {Input[]} What sessions before this one have kept; another kernel that runs now is one of them. */
  #earlier() {
    return readInputs(this.#file)
      .filter(([session]) => session !== this.#session)
      .slice(-most);
  }

  #keep(input) {
    if (this.#file === "") return;
    try {
      if (this.#inputs.length === 1) prepare(this.#file);
      appendFileSync(this.#file, `${JSON.stringify(input)}\n`, { mode: 0o600 });
    } catch (error) {
      this.#file = "";
      this.#complain(error);
    }
  }
}

/** Makes the folder, and cuts a file that has grown; a kernel that writes at that moment loses at most what it wrote then. */
function prepare(file) {
  mkdirSync(dirname(file), { recursive: true });
  const inputs = readInputs(file);
  if (inputs.length < cutAt) return;
  const rest = inputs.slice(-most).map((input) => `${JSON.stringify(input)}\n`);
  writeFileSync(`${file}.${process.pid}`, rest.join(""), { mode: 0o600 });
  renameSync(`${file}.${process.pid}`, file);
}

/** @returns {Input[]} Lines that were not written whole are left out. */
function readInputs(file) {
  try {
    return readFileSync(file, "utf8").split("\n").flatMap(inputOf);
  } catch {
    return []; // none yet, or none that can be read
  }
}

/** @returns {Input[]} */
function inputOf(line) {
  try {
    const [session, number, source] = JSON.parse(line);
    return typeof source === "string" ? [[Number(session), Number(number), source]] : [];
  } catch {
    return [];
  }
}

/** A pattern in which * stands for any text and ? for any character. */
function globOf(pattern) {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`);
}
