/**
 * The machinery of experiments, as `npm run experiment` uses it: `gan-lib/experiments`.
 *
 * A *plan* says what is compared. A *cell* is one row of its settings with one seed, computed by a process of its own. A
 * *result* is what a cell left in its file. A *claim* says which process computes a cell.
 */
export { planCell, planCells, type PlanChoice } from "./cells";
export { cellKey, planData, sayCell, saySettings, type Cell, type CellIdentity } from "./identity";
export type { Plan, PlanCell, PlanFigure, PlanRow, PublishedRow } from "./plan";
export { checkpointOf } from "../checkpoint/kept";
export { fitOptionsOf, playCell, resumeCheckpoint, trainCell, type CellTraining } from "./resume";
export { runCell, runCellProcess } from "./runner/cell";
export { chartOf } from "./runner/chart";
export { keepResults, type KeepOptions } from "./runner/keep";
export type { CellResult, SetAside } from "./runner/result";
export {
  planTasks,
  runPlan,
  type FailedCell,
  type PlanOutcome,
  type PlanRequest,
} from "./runner/runPlan";
export { writeTable } from "./runner/table";
export { sortRows, summarizeRows, type Estimate, type SettingsSummary } from "./summary";
export { tableOf, type TableRow } from "./table";
