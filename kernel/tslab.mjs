/**
 * Everything of tslab that the launcher uses, most of it private, so tslab is pinned exactly and
 * test/kernel/test_tslab.py checks that these members exist.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { createCompiler } from "./compiler.mjs";

/** The version whose private parts are known. */
export const testedVersion = "1.0.22";

/** Finds tslab's own packages. */
function tslabOf(root) {
  const fromRoot = createRequire(join(root, "package.json"));
  const folder = join(fromRoot.resolve("tslab/package.json"), "..");
  return { fromRoot, folder, fromTslab: createRequire(join(folder, "package.json")) };
}

/** @param {string} root The repository. @returns {string} Where zeromq lies, as tslab itself loads it. */
export const zeromqOf = (root) => tslabOf(root).fromTslab.resolve("zeromq");

/**
 * Loads tslab with our compiler options in place of its own.
 *
 * @param {string} root The folder whose node_modules holds tslab.
 * @throws {Error} When another version is installed than the tested one.
 */
export function loadTslab(root) {
  const { fromRoot, folder, fromTslab } = tslabOf(root);
  const { version } = fromTslab("./package.json");
  if (version !== testedVersion) {
    throw new Error(
      `The kernel was written for tslab ${testedVersion}, found ${version} in ${folder}: run npm ci.`,
    );
  }
  const typescript = fromTslab.resolve("@tslab/typescript-for-tslab");
  const compiler = createCompiler(fromTslab(typescript), root);
  // tslab's modules require the compiler by name: from here on they get ours.
  const loaded = /** @type {NodeJS.Module} */ (fromTslab.cache[typescript]);
  loaded.exports = compiler.typescript;

  const { createConverter } = fromTslab("./dist/converter");
  const { getCodeMetadata } = fromTslab("./dist/metadata");
  const jupyter = fromTslab("./dist/jupyter");
  return {
    versions: { tslab: version, typescript: compiler.typescript.version, node: process.version },
    compiler,
    createConverter,
    /** What `import … from "tslab"` gives in a cell. */
    exports: fromRoot("tslab"),
    getCodeMetadata,
    ZmqServer: jupyter.ZmqServer,
    JupyterHandlerImpl: jupyter.JupyterHandlerImpl,
    /** zeromq, as tslab itself loads it. */
    zeromq: fromTslab.resolve("zeromq"),
    /** @param {(content: object, update: boolean) => void} write Receives what `tslab.display` shows. */
    onDisplay(write) {
      jupyter.lastWriteDisplayData = write;
    },
  };
}
