/** The folder of this file; a bundle for the browser has none. */
declare const __dirname: string | undefined;

/** The compiler's folder and the library's, as stack traces name them. */
const OWN_FOLDER = parentOf(typeof __dirname === "string" ? `${__dirname}/` : "");
const LIBRARY = parentOf(OWN_FOLDER);

/** "a/b/" of "a/b/c/". */
function parentOf(folder: string): string {
  return folder.replace(/[^\\/]+[\\/]$/, "");
}

/** Gradients put some forty frames of tf.js between a kernel and the line that asked for it. */
const STACK_DEPTH = 200;

/** A line of code, in words; finding the words is slow, remembering the place is not. */
export type Line = () => string;

/**
 * Remembers the line of a step's code that is running: the innermost stack frame outside of gan-lib and its packages,
 * or, in a step of gan-lib's own, outside of the compiler.
 *
 * @returns A function that gives it as in a stack trace, "function (file:line:column)", or "an unknown line".
 */
export function currentLine(): Line {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = STACK_DEPTH;
  const place = new Error();
  Error.stackTraceLimit = limit;
  return () => lineOf(place.stack ?? "");
}

function lineOf(stack: string): string {
  const calls = stack.split("\n").map((line) => line.trim().replace(/^at /, ""));
  const frames = calls.filter(
    (frame) => /:\d+:\d+/.test(frame) && !/node:|[\\/]node_modules[\\/]/.test(frame),
  );
  return (
    frames.find((frame) => !frame.includes(LIBRARY)) ??
    frames.find((frame) => !frame.includes(OWN_FOLDER)) ??
    "an unknown line"
  );
}
