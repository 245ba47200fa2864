import { display } from "./display";
import { escapeHtml, htmlOutput, type HtmlOutput } from "./html";
import { sayError } from "./words";

/** One thing that is checked of an answer. A type, not an interface, so that `tf.tidy` may return a list of them. */
export type ExerciseCheck = {
  /** What a right answer does: "is 0 for a perfect discriminator". */
  readonly name: string;
  readonly pass: boolean;
  /** What to think about when it does not; shown only then. */
  readonly hint: string;
};

/** Checks an answer; what it throws by calling the answer is told to the learner. */
export type Checker<Answer> = (
  answer: Answer,
) => readonly ExerciseCheck[] | Promise<readonly ExerciseCheck[]>;

/** The answer is still to be written. */
export class NotAttempted extends Error {
  override readonly name = "NotAttempted";
}

/** An answer is wrong. */
export class ExerciseError extends Error {
  override readonly name = "ExerciseError";
}

/**
 * Stands where a learner's code goes: `const loss = (logits: Tensor): Tensor => gan.todo();`
 *
 * @throws NotAttempted always.
 */
export function todo(): never {
  throw new NotAttempted(
    "This exercise is not attempted yet: put your code in place of `gan.todo()`.",
  );
}

const NOT_ATTEMPTED =
  "Not attempted yet: put your code in place of gan.todo() and run the cell again.";

function listOf(checks: readonly ExerciseCheck[]): HtmlOutput {
  const lines = checks.map(({ name, pass, hint }) =>
    pass ? `✓ ${name}` : `✗ ${name}. Hint: ${hint}`,
  );
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("");
  return htmlOutput(
    `<ul style="list-style: none; padding-left: 0">${items}</ul>`,
    lines.join("\n"),
  );
}

/** An answer that throws has failed; an answer that is still to be written has not. */
async function runChecks<Answer>(
  checker: Checker<Answer>,
  answer: Answer,
): Promise<readonly ExerciseCheck[] | NotAttempted> {
  try {
    return await checker(answer);
  } catch (error) {
    if (error instanceof NotAttempted) return error;
    return [{ name: "your code runs", pass: false, hint: `it threw ${sayError(error)}` }];
  }
}

/**
 * Checks an answer and shows a line for each check, with a hint where it fails. An answer that calls `todo()` is said
 * to be not attempted yet, and nothing is thrown.
 *
 * @returns Whether every check passed; false where the answer is not attempted.
 * @throws ExerciseError when a check fails, after the list is shown; Error when the checker checks nothing.
 */
export async function checkExercise<Answer>(
  checker: Checker<Answer>,
  answer: Answer,
): Promise<boolean> {
  const checks = await runChecks(checker, answer);
  if (checks instanceof NotAttempted) {
    await display(htmlOutput(`<p>${NOT_ATTEMPTED}</p>`, NOT_ATTEMPTED));
    return false;
  }
  if (checks.length === 0)
    throw new Error("checkExercise: the checker returned no checks, so it would pass any answer.");
  await display(listOf(checks));
  const failed = checks.filter(({ pass }) => !pass);
  if (failed.length > 0) {
    throw new ExerciseError(
      `${failed.length} of ${checks.length} checks failed: ${failed.map(({ name }) => name).join("; ")}.`,
    );
  }
  return true;
}
