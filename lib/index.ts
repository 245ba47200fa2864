/** gan-lib: the components of the course. Flat, named exports; the folders say what stands on what. */
export * as tf from "./backend/tf";
export { backendName, nativeBackendError, ready, type BackendName } from "./backend/load";
export { leakyRelu } from "./ops/leakyRelu";
export { createRandom, RandomStream, type RandomState } from "./ops/random";
export { LeakyReLU, leakyReLU, type LeakyReLUOptions } from "./layers/LeakyReLU";
export { mlpDiscriminator, mlpGenerator, type MlpOptions } from "./networks/mlp";
export { minimax } from "./objectives/minimax";
export { nonSaturating } from "./objectives/nonSaturating";
export type { Objective } from "./objectives/objective";
export { sampleLatent, type Batch, type Game, type StepResult } from "./training/game";
export { trainSteps, type TrainOptions } from "./training/trainSteps";
export { trainableVariables, updateDiscriminator, updateGenerator } from "./training/updates";
