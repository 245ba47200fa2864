/** A cell is done when what it left running is: otherwise a late failure would belong to nobody. */
import { pendingTimers } from "./timers.mjs";

/** How long a cell's end waits, at most, for the timers and the input and output that it left running. */
export const settleMs = 1000;

/** How often to look. */
const lookMs = 10;

/**
 * Waits until an execution has no timer due and no file or network request under way, at most `settleMs`. A timer
 * that is due later is not waited for. Promises that settle without either are given two turns of the event loop.
 *
 * @param {import("./executions.mjs").Execution} execution
 */
export async function settle(execution) {
  const deadline = performance.now() + settleMs;
  do {
    await turn();
    await turn();
    const due = pendingTimers(execution)
      .map((timer) => timer.due)
      .filter((time) => time <= deadline);
    if (due.length === 0 && !requestsUnderWay()) return;
    await sleep(lookMs);
  } while (performance.now() < deadline);
}

/** One turn of the event loop, in which all that waits in its queues runs. */
export function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

/** Node names its pending one-shot operations FSReqCallback, GetAddrInfoReqWrap and the like. */
function requestsUnderWay() {
  return process.getActiveResourcesInfo().some((name) => name.includes("Req"));
}
