/** Node's C++ headers, which native addons are compiled against. */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder whose `include/node` holds the headers of exactly the Node that runs: beside its own program (official
 * archives, version managers), in the platform package of npm's `node`, or where a distribution keeps them.
 * @param {{ execPath: string, version: string, platform: string, arch: string }} [node]
 * @returns {string | undefined} undefined where there are none: node-gyp then downloads them
 */
export function nodeHeaders(node = process) {
  const program = dirname(dirname(realpathSync(node.execPath)));
  const besideNpm = join(program, "node_modules", `node-${node.platform}-${node.arch}`);
  return [program, besideNpm, "/usr"].find((folder) => headersVersion(folder) === node.version);
}

/**
 * What builds of native addons need in their environment.
 * @param {string} python the Python that node-gyp runs
 * @returns {Record<string, string>}
 */
export function buildEnvironment(python) {
  const headers = nodeHeaders();
  return {
    JOBS: "max",
    npm_config_python: python,
    ...(headers === undefined ? {} : { npm_config_nodedir: headers }),
  };
}

/** @returns {string | undefined} the version that the headers under a folder are of, e.g. "v20.20.2" */
function headersVersion(/** @type {string} */ folder) {
  const file = join(folder, "include", "node", "node_version.h");
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  const part = (/** @type {string} */ name) =>
    new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1];
  return `v${part("MAJOR")}.${part("MINOR")}.${part("PATCH")}`;
}
