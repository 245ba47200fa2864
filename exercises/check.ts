import { checkExercise, ExerciseError, type ExerciseCheck } from "gan-lib";
import { checkerOf, type Answers, type ExerciseId } from "./checkers";

const solved = new Set<ExerciseId>();
const tried = new Set<ExerciseId>();

/**
 * Checks an answer and shows a line for each check, with a hint where it fails. An answer that still calls
 * `gan.todo()` is said to be not attempted, and nothing is thrown.
 *
 * @param id The exercise: "30-1" is lesson 30's first.
 * @throws ExerciseError when a check fails, after the list is shown; Error for an unknown id.
 * @example await exercises.check("30-1", binnedDistance);
 */
export async function check<Id extends ExerciseId>(id: Id, answer: Answers[Id]): Promise<void> {
  const checker = checkerOf(id);
  solved.delete(id);
  tried.delete(id);
  try {
    if (!(await checkExercise(checker, answer))) return;
    solved.add(id);
    tried.add(id);
  } catch (error) {
    if (error instanceof ExerciseError) tried.add(id);
    throw error;
  }
}

/** Whether the last answer that {@link check} saw passed: a cell may then go on with it. */
export function passed(id: ExerciseId): boolean {
  checkerOf(id);
  return solved.has(id);
}

/** Whether the last answer that {@link check} saw was attempted, right or wrong: a cell may then show what comes of it. */
export function attempted(id: ExerciseId): boolean {
  checkerOf(id);
  return tried.has(id);
}

/**
 * What {@link check} would show of an answer, as values.
 *
 * @throws Error for an unknown id; NotAttempted and whatever else the answer throws when it is called.
 */
export async function examine<Id extends ExerciseId>(
  id: Id,
  answer: Answers[Id],
): Promise<readonly ExerciseCheck[]> {
  return await checkerOf(id)(answer);
}
