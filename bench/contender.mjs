/**
 * A contender is a process that lives through all rounds of a workload. It says {"ready": true, "version": …} when it has
 * started, then answers each JSON line on its stdin with one on its stdout:
 *   {"do": "prepare"}         -> {"figures": […], "warmUpSeconds": …}  the first step's figures; the first steps' time
 *   {"do": "run", "steps": n} -> {"seconds": …}
 *   {"do": "memory"}          -> {"peakBytes": …}
 * or with {"error": "…"}.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Two threads for everybody, by each one's own names; no chatter. */
const THREADS = {
  OMP_NUM_THREADS: "2",
  MKL_NUM_THREADS: "2",
  TF_NUM_INTRAOP_THREADS: "2",
  TF_NUM_INTEROP_THREADS: "2",
  TF_CPP_MIN_LOG_LEVEL: "3",
};
/** How much of what a process prints to stderr is kept for its error. */
const TAIL = 2000;

export class Contender {
  /** What the process says of itself when it is ready. */
  version = "";
  /** From its start until it is ready. */
  startUpSeconds = 0;
  #child;
  #lines;
  #tail = "";
  #ended;

  /**
   * Starts the process and waits until it is ready.
   * @param {string} name
   * @param {string[]} command
   * @returns {Promise<Contender>}
   * @throws {Error} with the end of its stderr when it ends before
   */
  static async start(name, command) {
    const started = performance.now();
    const contender = new Contender(name, command);
    const { version } = await contender.#next();
    contender.version = version;
    contender.startUpSeconds = (performance.now() - started) / 1000;
    return contender;
  }

  /** Use {@link Contender.start}. */
  constructor(name, command) {
    const [program, ...args] = command;
    this.name = name;
    this.#child = spawn(program, args, {
      env: { ...process.env, ...THREADS },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#ended = new Promise((resolve) => {
      this.#child.on("error", (error) => resolve(error.message));
      this.#child.on("close", (code, signal) => resolve(`ended with ${signal ?? code}`));
    });
    this.#child.stdin.on("error", () => undefined); // a process that ended: #next says so
    this.#child.stderr
      .setEncoding("utf8")
      .on("data", (chunk) => (this.#tail = (this.#tail + chunk).slice(-TAIL)));
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /**
   * @param {{ do: string }} command
   * @returns {Promise<any>} its answer
   * @throws {Error} when it answers with an error, ends, or says something else than JSON
   */
  async ask(command) {
    this.#child.stdin.write(`${JSON.stringify(command)}\n`);
    return this.#next();
  }

  async #next() {
    const { value: line, done } = await this.#lines.next();
    if (done)
      throw new Error(
        `${this.name} ${await this.#ended}${this.#tail.trim() && `: ${this.#tail.trim().split("\n").slice(-3).join(" | ")}`}`,
      );
    const answer = parse(this.name, line);
    if (answer.error !== undefined) throw new Error(`${this.name}: ${answer.error}`);
    return answer;
  }

  /** Ends the process and waits until it has ended. */
  async end() {
    this.#child.stdin.end();
    const slow = setTimeout(() => this.#child.kill("SIGKILL"), 5000);
    await this.#ended;
    clearTimeout(slow);
  }
}

function parse(name, line) {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`${name} said something else than JSON: ${line.slice(0, 200)}`);
  }
}
