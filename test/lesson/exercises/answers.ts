import assert from "node:assert/strict";
import type { ExerciseCheck } from "gan-lib";

/** The names of the checks that an answer failed. */
export function failedOf(checks: readonly ExerciseCheck[]): string[] {
  return checks.filter(({ pass }) => !pass).map(({ name }) => name);
}

/** Asserts that an answer passed every check, and that there were some. */
export function passes(checks: readonly ExerciseCheck[]): void {
  assert.ok(checks.length > 0);
  assert.deepEqual(failedOf(checks), []);
}
