/** One cell, computed in this process. */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { claimFile, sayHolder, type Holder } from "../../backend/claim";
import { environment } from "../../backend/environment";
import { ready } from "../../backend/load";
import { cellIdentity, keyOf, type Cell } from "../identity";
import type { Plan } from "../plan";
import { readResult, setAside, writeWhole, type CellResult } from "./result";

/** What a process ends with that finds its cell claimed by another: try later (sysexits.h). */
export const CLAIMED = 75;

/** How often the runner is told of the step, in milliseconds. */
const TELL_EVERY = 200;

/** The plan's figures; null for what JSON cannot say. */
function checkFigures(
  { name: plan, figures }: Plan,
  measured: Readonly<Record<string, unknown>>,
): Record<string, number | null> {
  return Object.fromEntries(
    Object.keys(figures).map((name) => {
      const value = measured[name];
      if (typeof value !== "number")
        throw new Error(
          `The plan "${plan}" gave ${String(value)} for its figure "${name}"; it must be a number.`,
        );
      return [name, Number.isFinite(value) ? value : null];
    }),
  );
}

/** The names of a cell's files, by that of its result: "a.json", "a.claim", and "a" for its folder of checkpoints. */
export function filesBeside(file: string): { readonly claim: string; readonly folder: string } {
  const base = path.resolve(file.replace(/\.json$/, ""));
  return { claim: `${base}.claim`, folder: base };
}

/** The result that is there already; what is not this cell's is set aside. */
function finishedResult(plan: Plan, file: string, key: string): CellResult | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return readResult(plan, file, key);
  } catch (error) {
    const { problem, movedTo } = setAside(file, (error as Error).message);
    console.error(`${file}: ${problem}. It is ${movedTo} now; the cell is computed anew.`);
    return undefined;
  }
}

/**
 * Runs a cell where its result is not there yet, and writes it when all is done. Checkpoints lie in a folder beside it
 * until then: the same call goes on from there after a kill.
 *
 * @param file For the result, a name that ends in .json.
 * @param onStep Told of each step that is done; waited for.
 * @returns The result, or the process that computes this cell now.
 * @throws Error when the cell fails, or gives no number for one of its figures.
 */
export async function runCell(
  plan: Plan,
  cell: Cell,
  file: string,
  onStep: (step: number) => Promise<void> = async () => undefined,
): Promise<CellResult | Holder> {
  const identity = cellIdentity(plan, cell);
  const { claim: place, folder } = filesBeside(file);
  mkdirSync(path.dirname(folder), { recursive: true });
  const claim = claimFile(place);
  if (!("release" in claim)) return claim;
  try {
    const finished = finishedResult(plan, file, keyOf(identity));
    if (finished !== undefined) return finished;
    mkdirSync(folder, { recursive: true });
    await ready();
    const { settings, seed, steps } = identity;
    const measured = await plan.run({ settings, seed, steps, folder, onProgress: onStep });
    const { user, system } = process.cpuUsage();
    const { device } = environment();
    const figures = checkFigures(plan, measured);
    const result = { ...identity, device, figures, cpuSeconds: (user + system) / 1e6 };
    writeWhole(file, `${JSON.stringify(result, null, 2)}\n`);
    rmSync(folder, { recursive: true });
    return result;
  } finally {
    claim.release();
  }
}

/** A runner that is killed takes its cells with it; one that is interrupted ends them itself. */
function followRunner(): void {
  process.on("disconnect", () => process.exit(1));
  process.on("SIGINT", () => undefined);
  process.channel?.unref();
}

/** Tells the runner of a step now and then, and lets this process hear its signals. */
function tellRunner(): (step: number) => Promise<void> {
  let next = 0;
  return async (step) => {
    if (process.connected && performance.now() >= next) {
      next = performance.now() + TELL_EVERY;
      process.send?.({ step });
    }
    await nextTurn();
  };
}

/** Runs a cell as this process's only task, and sets its exit code: 0 where the result is there, 75 where another process computes it. */
export async function runCellProcess(plan: Plan, cell: Cell, file: string): Promise<void> {
  if (process.send !== undefined) followRunner();
  const ended = await runCell(plan, cell, file, tellRunner());
  if ("figures" in ended) return;
  console.error(`${sayHolder(ended)} computes this cell now.`);
  process.exitCode = CLAIMED;
}
