/** Why a step cannot become a graph. */

/** Why a step cannot become a graph: the message names the step's line. Thrown by a compiled step's first calls. */
export class TraceError extends Error {
  override readonly name = "TraceError";
}

/** Kernels that a graph must not hold, each with what to do instead. */
const RANDOM =
  "draws random numbers inside the kernel, which could not be resumed; draw from a gan-lib random stream";
const SHAPE = "gives a shape that depends on the values, and the graph's shapes are fixed";
const OUTSIDE = "acts on the world outside of the graph; call it outside of the step";

const reasons: readonly [names: RegExp, reason: string][] = [
  [/^(Multinomial|Random.*|TruncatedNormal|ParameterizedTruncatedNormal|Stateless.*)$/, RANDOM],
  [/^(Where|Unique.*|NonMaxSuppression.*|SetDiff1D|ListDiff)$/, SHAPE],
  [/^(.*Summary.*|Print.*|Decode.*|Encode.*|StaticRegexReplace)$/, OUTSIDE],
];

/** Why a kernel cannot be traced, or undefined where it can. */
export function whyUntraceable(kernel: string): string | undefined {
  return reasons.find(([names]) => names.test(kernel))?.[1];
}
