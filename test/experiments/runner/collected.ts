import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { experimentPlan } from "gan-lib";
import type { CellResult } from "gan-lib/experiments";

/** The plan of these tests. */
export const plan = experimentPlan("dirac-gan");

/** A new folder, removed after the tests of the file that asks for it. */
export function scratchFolder(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `${name}-`));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A finished cell of the plan. */
export function result(
  penalty: string | number,
  seed: number,
  { steps = 200, distance = seed }: { steps?: number; distance?: number | null } = {},
): CellResult {
  return {
    plan: plan.name,
    version: 1,
    settings: { updates: "alternating", penalty },
    seed,
    steps,
    data: {},
    device: "TensorFlow on CPU",
    figures: { distance, farthest: 2 },
    cpuSeconds: 1,
  };
}
