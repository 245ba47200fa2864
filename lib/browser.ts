/** gan-lib in a browser: the parts that need no Node, on WebAssembly or WebGL. Bundle it with "browser" in package.json heeded. */
export * as tf from "./backend/tf";
import "./ops/refused";
export { backendName, ready, setWasmPaths, type BackendName } from "./backend/load.browser";

export { createRandom, RandomStream, type RandomState } from "./ops/random";
export {
  gaussianGrid,
  gaussianRing,
  mixtureBatches,
  sampleMixture,
  type GaussianMixture,
} from "./data/gaussianMixture";

export { dcganDiscriminator, dcganGenerator } from "./networks/dcgan";
export { mlpDiscriminator, mlpGenerator } from "./networks/mlp";
export { pacganDiscriminator, pacganGenerator } from "./networks/pacgan";

export { hinge } from "./objectives/hinge";
export { leastSquares } from "./objectives/leastSquares";
export { minimax } from "./objectives/minimax";
export { nonSaturating } from "./objectives/nonSaturating";
export type { Objective } from "./objectives/objective";
export { wasserstein } from "./objectives/wasserstein";

export { gradientPenalty } from "./regularizers/gradientPenalty";
export { r1 } from "./regularizers/r1";
export { weightClipping } from "./regularizers/weightClipping";

export { movingAverage } from "./training/ema";
export { sampleLatent, type Game } from "./training/game";
export { trainSteps, type TrainOptions } from "./training/trainSteps";

export { diagnose } from "./metrics/diagnose";
export { frechetDistance } from "./metrics/frechetDistance";
export { mixtureCoverage } from "./metrics/mixtureCoverage";
