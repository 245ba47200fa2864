import type { Checker } from "gan-lib";
import { lesson00 } from "./00-welcome";
import { lesson05 } from "./05-a-network-in-twenty-minutes";
import { lesson10 } from "./10-objective-function";
import { lesson11 } from "./11-vanilla-gan";
import { lesson12 } from "./12-training-dynamics";
import { lesson20 } from "./20-dcgan";
import { lesson21 } from "./21-conditional-gan";
import { lesson23 } from "./23-latent-space";
import { lesson30 } from "./30-wgan";
import { lesson31 } from "./31-wgan-gp";
import { lesson40 } from "./40-mode-collapse";
import { lesson41 } from "./41-mode-collapse-remedies";
import { lesson42 } from "./42-evaluating-samples";
import { lesson90 } from "./90-deepfake-detection";
import { lesson91 } from "./91-detector-robustness";
import { lesson92 } from "./92-provenance-and-ethics";

const lessons = {
  ...lesson00,
  ...lesson05,
  ...lesson10,
  ...lesson11,
  ...lesson12,
  ...lesson20,
  ...lesson21,
  ...lesson23,
  ...lesson30,
  ...lesson31,
  ...lesson40,
  ...lesson41,
  ...lesson42,
  ...lesson90,
  ...lesson91,
  ...lesson92,
};

/** An exercise of the course: the lesson's number and the exercise's, "30-1". */
export type ExerciseId = keyof typeof lessons;

/** What each exercise asks for: `Answers["30-1"]` is the type of a right answer. */
export type Answers = {
  readonly [Id in ExerciseId]: Parameters<(typeof lessons)[Id]>[0];
};

const checkers: { readonly [Id in ExerciseId]: Checker<Answers[Id]> } = lessons;

/** The ids of all exercises, in the order of the lessons. */
export const ids = Object.keys(checkers) as readonly ExerciseId[];

/** @throws Error that names the known exercises, for an id that is none of them. */
export function checkerOf<Id extends ExerciseId>(id: Id): Checker<Answers[Id]> {
  if (Object.hasOwn(checkers, id)) return checkers[id];
  throw new Error(`There is no exercise "${id}". Known exercises: ${ids.join(", ")}.`);
}
