/** The library's objectives, for tests that hold for each. */
import { hinge, leastSquares, minimax, nonSaturating, wasserstein, type Objective } from "gan-lib";

export const objectives: readonly Objective[] = [
  minimax,
  nonSaturating,
  wasserstein,
  hinge,
  leastSquares,
];
