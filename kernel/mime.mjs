/** The rich forms of a cell's last value. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { inspect } from "node:util";

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
    return bundler(value);
  };
}

function load(fromRoot) {
  try {
    return fromRoot("gan-lib/mime").toMimeBundle;
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    return async (value) => ({ data: { "text/plain": inspect(value) }, metadata: {} });
  }
}
