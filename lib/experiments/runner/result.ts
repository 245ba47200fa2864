/** The file that a cell leaves: its figures, and all that they depend on. */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { abandonedIn, unfinishedName } from "../../backend/files";
import { keyOf, planData, sayCell, type CellIdentity } from "../identity";
import type { Plan, PlanRow } from "../plan";

/** What a cell left. */
export interface CellResult extends CellIdentity, PlanRow {
  /** What computed, in words. */
  readonly device: string;
}

/** A file that is not what its name says, and what became of it. */
export interface SetAside {
  readonly file: string;
  /** What is wrong with it. */
  readonly problem: string;
  /** Where it is now. */
  readonly movedTo: string;
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
const isNumber = (value: unknown): boolean => typeof value === "number";
const isText = (value: unknown): boolean => typeof value === "string";
const areFigures = (value: unknown): boolean =>
  isObject(value) && Object.values(value as object).every((it) => it === null || isNumber(it));

const FIELDS: Readonly<Record<keyof CellResult, (value: unknown) => boolean>> = {
  plan: isText,
  version: isNumber,
  settings: isObject,
  seed: isNumber,
  steps: isNumber,
  data: isObject,
  device: isText,
  figures: areFigures,
  cpuSeconds: isNumber,
};

function parseResult(text: string): CellResult {
  if (text.trim() === "") throw new Error("it is empty");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error("it is not whole JSON", { cause: error });
  }
  const fields = (isObject(value) ? value : {}) as Readonly<Record<string, unknown>>;
  const wrong = Object.entries(FIELDS).find(([name, fits]) => !fits(fields[name]));
  if (wrong !== undefined)
    throw new Error(
      `it is no result of a cell: its ${wrong[0]} is ${JSON.stringify(fields[wrong[0]])}`,
    );
  return value as CellResult;
}

/**
 * Reads what a cell left.
 *
 * @param key The name of the cell's files, which must be that of the result.
 * @throws Error saying what is wrong when it is broken, or another cell's.
 */
export function readResult(plan: Plan, file: string, key: string): CellResult {
  const result = parseResult(readFileSync(file, "utf8"));
  if (result.plan !== plan.name || keyOf(result) !== key) {
    const { plan: name, version, steps } = result;
    throw new Error(
      `it is the result of another cell: "${name}", version ${version}, ${sayCell(result)}, ${steps} steps`,
    );
  }
  const [got, wanted] = [result, plan].map(({ figures }) => Object.keys(figures).sort());
  if (result.version === plan.version && !isDeepStrictEqual(got, wanted))
    throw new Error(`its figures are ${got?.join(", ")}, and the plan's are ${wanted?.join(", ")}`);
  return result;
}

/** Gives a file a name that nothing reads, and loses nothing: "a.json" becomes "a.json.aside-1". */
export function setAside(file: string, problem: string): SetAside {
  let count = 1;
  while (existsSync(`${file}.aside-${count}`)) count += 1;
  const movedTo = `${file}.aside-${count}`;
  renameSync(file, movedTo);
  return { file, problem, movedTo };
}

/** What a folder of results holds for a plan. */
export interface FolderResults {
  /** The results of the plan as it is now, on the data that are here, by the cells' keys. */
  readonly finished: ReadonlyMap<string, CellResult>;
  /** The files that were not what they should be. */
  readonly aside: readonly SetAside[];
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

/** Reads all results in a folder; files that are broken or another cell's are set aside. */
export function readFolder(plan: Plan, folder: string): FolderResults {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  if (names.length > 0) for (const left of abandonedIn(folder, "")) rmSync(left, { force: true });
  const finished = new Map<string, CellResult>();
  const aside: SetAside[] = [];
  const data = planData(plan);
  for (const name of names.filter((file) => file.endsWith(".json"))) {
    const [file, key] = [path.join(folder, name), path.basename(name, ".json")];
    try {
      const result = readResult(plan, file, key);
      const current = result.version === plan.version && isDeepStrictEqual(result.data, data);
      if (current) finished.set(key, result);
    } catch (error) {
      if (isMissing(error)) continue; // another runner set it aside
      aside.push(setAside(file, (error as Error).message));
    }
  }
  return { finished, aside };
}

/** Writes a file so that it is whole at every moment, also where two processes write it. */
export function writeWhole(file: string, content: string | Buffer): void {
  const beside = unfinishedName(file);
  writeFileSync(beside, content);
  renameSync(beside, file);
}
