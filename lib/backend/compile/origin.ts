import path from "node:path";

const LIBRARY = path.resolve(__dirname, "../..") + path.sep;
const OWN_FOLDER = __dirname + path.sep;

/** Gradients put some forty frames of tf.js between a kernel and the line that asked for it. */
const STACK_DEPTH = 200;

/**
 * The line of a step's code that is running: the innermost stack frame outside of gan-lib and its packages, or, in a
 * step of gan-lib's own, outside of the compiler.
 *
 * @returns As in a stack trace, "function (file:line:column)"; "an unknown line" where there is none.
 */
export function currentLine(): string {
  const frames = stackFrames().filter((frame) => /:\d+:\d+/.test(frame) && !/node:|[\\/]node_modules[\\/]/.test(frame));
  return frames.find((frame) => !frame.includes(LIBRARY)) ?? frames.find((frame) => !frame.includes(OWN_FOLDER)) ?? "an unknown line";
}

function stackFrames(): string[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = STACK_DEPTH;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = limit;
  return stack.split("\n").slice(1).map((line) => line.trim().replace(/^at /, ""));
}
