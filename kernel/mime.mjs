/** The rich forms of a cell's last value. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { inspect, types } from "node:util";

/**
 * Finds the function that turns a value into a MIME bundle: gan-lib's, or plain text where gan-lib is not built.
 *
 * @param {string} root The repository.
 * @returns {(value: unknown) => Promise<{ data: Record<string, unknown>, metadata: Record<string, unknown> }>}
 */
export function createMimeBundler(root) {
  const fromRoot = createRequire(join(root, "package.json"));
  let bundler;
  return async (value) => {
    bundler ??= load(fromRoot);
    const bundle = await bundler(value);
    const advice = adviceOn(value);
    if (advice === undefined) return bundle;
    const text = `${bundle.data["text/plain"]}\n${advice}`;
    return { ...bundle, data: { ...bundle.data, "text/plain": text } };
  };
}

/** What a value that does nothing by itself is told of: its cell has most likely forgotten the loop or the await. */
function adviceOn(value) {
  if (types.isPromise(value)) return "A promise: write `await` before it to wait for its value.";
  if (!types.isGeneratorObject(value)) return undefined;
  return "A generator, which has done nothing yet: each step is taken when a loop asks for it. Write `for (const step of …) { … }` around it; of gan.trainSteps, nothing was trained.";
}

function load(fromRoot) {
  try {
    return fromRoot("gan-lib/mime").toMimeBundle;
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    return async (value) => ({ data: { "text/plain": inspect(value) }, metadata: {} });
  }
}
