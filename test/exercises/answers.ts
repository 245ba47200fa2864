import assert from "node:assert/strict";
import { examine, type Answers, type ExerciseId } from "gan-exercises";

/** The names of the checks that an answer failed. */
export async function failedOf<Id extends ExerciseId>(
  id: Id,
  answer: Answers[Id],
): Promise<string[]> {
  const checks = await examine(id, answer);
  return checks.filter(({ pass }) => !pass).map(({ name }) => name);
}

/** Asserts that an answer passed every check, and that there were some. */
export async function passes<Id extends ExerciseId>(id: Id, answer: Answers[Id]): Promise<void> {
  assert.ok((await examine(id, answer)).length > 0);
  assert.deepEqual(await failedOf(id, answer), []);
}
