/** Runs the chosen cells of a plan that are not finished, and says how they go on. */
import { existsSync } from "node:fs";
import path from "node:path";
import { sayHolder } from "../../backend/claim";
import { planCells, type PlanChoice } from "../cells";
import { cellKey, sayCell, type Cell } from "../identity";
import type { Plan } from "../plan";
import { filesBeside } from "./cell";
import { createLines, type LineOutput } from "./lines";
import { DEFAULT_TIMEOUT } from "./patience";
import { runTasks, type Listener, type PoolOptions, type Task } from "./pool";
import { readFolder, readResult, type CellResult } from "./result";
import { TimeLeft } from "./timeLeft";

/** What {@link runPlan} takes. */
export interface PlanRequest extends Omit<PoolOptions, "listener" | "timeout"> {
  readonly choice: PlanChoice;
  /** By what a cell's process finds the plan: its name, or the absolute path of its file. */
  readonly planName: string;
  /** The plan's folder: its cells lie in cells/ below. */
  readonly folder: string;
  /** Minutes without a step after which a cell is ended. Default: the plan's, or 30. */
  readonly timeout?: number | undefined;
  /** Where what happens is told. Default: standard output. */
  readonly out?: LineOutput;
}

/** A cell that failed. */
export interface FailedCell {
  readonly title: string;
  /** What went wrong, and the end of the log. */
  readonly problem: string;
  readonly log: string;
}

/** What became of an experiment. */
export interface PlanOutcome {
  /** How many cells were chosen. */
  readonly chosen: number;
  /** The results of the chosen cells that are finished. */
  readonly results: readonly CellResult[];
  /** The results of all cells of the plan that are finished, also of those that were not chosen. */
  readonly all: readonly CellResult[];
  readonly failed: readonly FailedCell[];
}

/** The chosen cells as tasks: what a process needs to know of each, and the files that it leaves. */
export function planTasks(
  plan: Plan,
  { choice, planName, folder }: Pick<PlanRequest, "choice" | "planName" | "folder">,
): Task[] {
  return planCells(plan, choice).map((cell: Cell) => {
    const key = cellKey(plan, cell);
    const file = path.join(folder, "cells", `${key}.json`);
    return {
      key,
      title: sayCell(cell),
      file,
      log: file.replace(/json$/, "log"),
      claim: filesBeside(file).claim,
      json: JSON.stringify({ plan: planName, ...cell }),
      result: () => (existsSync(file) ? readResult(plan, file, key) : undefined),
    };
  });
}

/** "distance 1.2, modes 17; 3.1 CPU seconds" */
function sayResult({ figures, cpuSeconds }: CellResult): string {
  const number = (value: number | null): string =>
    value === null ? "not finite" : String(Number(value.toPrecision(4)));
  const said = Object.entries(figures).map(([name, value]) => `${name} ${number(value)}`);
  return `${said.join(", ")}; ${cpuSeconds.toFixed(1)} CPU seconds`;
}

/** Tells what happens to the cells, and notes those that fail. */
function narrator(
  timeLeft: TimeLeft,
  print: (text: string) => void,
  failed: FailedCell[],
  timeout: number,
): Listener {
  return {
    started: ({ key }) => timeLeft.started(key),
    stepped: ({ key }, step) => timeLeft.stepped(key, step),
    silent: ({ title }, minutes) =>
      print(
        `… ${title}: no step for ${Number(minutes.toPrecision(2))} min; it is ended after ${timeout} (--timeout)`,
      ),
    elsewhere({ key, title }, holder) {
      timeLeft.elsewhere(key);
      print(`… ${title}: ${sayHolder(holder)} computes it`);
    },
    finished({ key, title }, result) {
      timeLeft.ended(key, false);
      print(`✓ ${title}: ${sayResult(result)}   (${timeLeft.say()})`);
    },
    failed({ key, title, log }, problem) {
      timeLeft.ended(key, true);
      failed.push({ title, problem, log });
      print(`✗ ${title}: ${problem.split("\n")[0]}   (${timeLeft.say()})`);
    },
  };
}

/** The plan's finished cells. Files that are not what their names say are told and set aside. */
function readFinished(
  plan: Plan,
  folder: string,
  out: LineOutput,
): ReadonlyMap<string, CellResult> {
  const { finished, aside } = readFolder(plan, path.join(folder, "cells"));
  for (const { file, problem, movedTo } of aside)
    out.write(
      `! ${path.basename(file)}: ${problem}. It is set aside as ${path.basename(movedTo)}, and the cell is computed anew.\n`,
    );
  return finished;
}

/**
 * Runs the chosen cells of a plan that are not finished, each as a process of its own. Several runners may work on one
 * folder: they share the cells.
 *
 * @throws Error when the choice names what the plan does not have, or its `prepare` fails.
 */
export async function runPlan(plan: Plan, request: PlanRequest): Promise<PlanOutcome> {
  const { folder, out = process.stdout, timeout = plan.timeout ?? DEFAULT_TIMEOUT } = request;
  const tasks = planTasks(plan, request);
  const finished = readFinished(plan, folder, out);
  const waiting = tasks.filter(({ key }) => !finished.has(key));
  const steps = request.choice.steps ?? plan.steps;
  const count = tasks.length - waiting.length;
  out.write(
    `${plan.name}: ${plan.description}\n${tasks.length} cells of ${steps} steps, of which ${count} are finished\n`,
  );
  if (waiting.length > 0) await plan.prepare?.();
  const timeLeft = new TimeLeft({ all: tasks.length, finished: count, steps });
  const lines = createLines(() => `  ${timeLeft.say()}`, out);
  const failed: FailedCell[] = [];
  const listener = narrator(timeLeft, lines.print, failed, timeout);
  await runTasks(waiting, { ...request, timeout, listener });
  lines.end();
  const results = readFinished(plan, folder, out);
  return {
    chosen: tasks.length,
    results: tasks.flatMap(({ key }) => results.get(key) ?? []),
    all: [...results.values()],
    failed,
  };
}
