/** Why a step cannot become a graph: the message names the step's line. Thrown by a compiled step's first calls. */
export class TraceError extends Error {
  override readonly name = "TraceError";
}
