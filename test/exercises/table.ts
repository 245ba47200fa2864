import type { Answers, ExerciseId } from "gan-exercises";

/** An answer of one exercise, its type checked; `run` hands both to whoever asks. */
export interface Row {
  readonly id: ExerciseId;
  readonly what: string;
  readonly run: <T>(ask: <Id extends ExerciseId>(id: Id, answer: Answers[Id]) => T) => T;
}

export function row<Id extends ExerciseId>(id: Id, what: string, answer: Answers[Id]): Row {
  return { id, what, run: (ask) => ask(id, answer) };
}

export const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
