/** gan-lib as one file for a browser: `lib/browser.ts` and what it needs, without Node. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { inRoot } from "./setup/paths.mjs";

const { browser } = JSON.parse(readFileSync(inRoot("lib", "package.json"), "utf8"));

/** The source of a compiled file: "./dist/a/b.js" is lib/a/b.ts. @param {string} compiled */
const sourceOf = (compiled) =>
  inRoot("lib", compiled.replace(/^\.\/dist\//, "").replace(/\.js$/, ".ts"));

/** Which source stands in the place of which: the package's own "browser" table, which other bundlers read. */
const replaced = new Map(
  Object.entries(browser).map(([node, inBrowser]) => [
    sourceOf(node),
    sourceOf(/** @type {string} */ (inBrowser)),
  ]),
);

/** @type {import("esbuild").Plugin} */
const browserFiles = {
  name: "gan-lib's files for browsers",
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path: specifier, resolveDir }) => {
      const source = path.resolve(resolveDir, `${specifier}.ts`);
      const other = replaced.get(source);
      return other !== undefined && existsSync(source) ? { path: other } : undefined;
    });
  },
};

/**
 * Bundles gan-lib's core as an ES module.
 *
 * @param {string} outfile Where it is written.
 * @param {string} [entry] What is bundled, `lib/browser.ts` by default.
 * @returns {Promise<{ bytes: number, inputs: string[] }>} Its size, and the source files that are in it.
 * @throws {Error} naming file and import where something needs Node.
 */
export async function bundleForBrowser(outfile, entry = inRoot("lib", "browser.ts")) {
  const { metafile } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    define: { global: "globalThis" },
    plugins: [browserFiles],
    metafile: true,
    logLevel: "silent",
  });
  const [output] = Object.values(metafile.outputs);
  return { bytes: output.bytes, inputs: Object.keys(output.inputs) };
}
