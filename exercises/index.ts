/** gan-exercises: the checks of the lessons' exercises, by id. */
export { check, examine, passed } from "./check";
export { ids, type Answers, type ExerciseId } from "./checkers";

export type { AdamConstants, AdamState } from "./11-vanilla-gan";
export type { Matrix2 } from "./12-training-dynamics";
export type { AuxiliaryLogits, AuxiliaryLosses } from "./21-conditional-gan";
export type { RmspropConstants, RmspropState } from "./30-wgan";
export type { GroupErrors } from "./92-provenance-and-ethics";
