/** gan-exercises: the checks of the lessons' exercises, by id. */
export { attempted, check, examine, passed } from "./check";
export { beside } from "./prediction";
export { ids, type Answers, type ExerciseId } from "./checkers";

export type { Draws, SameOrDifferent } from "./00-welcome";
export type { Fate } from "./05-a-network-in-twenty-minutes";
export type { Arena, Player } from "./11-training-loop";
export type { AdamConstants, AdamState, Alone } from "./11-vanilla-gan";
export type { Course, Courses, Matrix2 } from "./12-training-dynamics";
export type { EvenOrNot, Evenness } from "./20-dcgan";
export type { AuxiliaryLogits, AuxiliaryLosses, WrongLabels } from "./21-conditional-gan";
export type { MakeConditional } from "./21-label-by-product";
export type { Copiers, FoundOrMissed } from "./23-latent-space";
export type { RmspropConstants, RmspropState, WganPlayers } from "./30-wgan";
export type { NarrowAccuracy, PackedLosses } from "./41-mode-collapse-remedies";
export type { RepeatVerdicts } from "./42-evaluating-samples";
export type { LeakAreas } from "./90-deepfake-detection";
export type { BitsAfter, GroupErrors } from "./92-provenance-and-ethics";
