/** What may stand between the quotes of an import: files, folders, packages, Node's own modules, and cells that are modules. */
import { readdirSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";

/** An import whose path is being written, up to the cursor. */
const opened = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'])([^"'\n]*)$/;
const moduleFile = /^(.+?)(\.d\.ts|\.tsx?|\.jsx?|\.json|\.mjs|\.cjs)$/;

/**
 * @param {string} code
 * @param {number} position The cursor.
 * @returns {{ path: string, start: number } | undefined} The path so far and where its last part begins, or undefined
 *   where the cursor stands in no import's path.
 */
export function importPathAt(code, position) {
  const match = opened.exec(code.slice(0, position));
  if (match === null) return undefined;
  const path = match[2];
  return { path, start: position - (path.length - (path.lastIndexOf("/") + 1)) };
}

/**
 * @param {string} path What is written so far.
 * @param {object} places
 * @param {string} places.folder The notebook's folder.
 * @param {string} places.root The repository, whose packages every notebook finds.
 * @param {Iterable<string>} places.modules The names of cells that are modules.
 * @returns {{ names: string[], kindOf: Map<string, string> }} The last parts of paths that begin so, and their kinds.
 */
export function importPaths(path, { folder, root, modules }) {
  const slash = path.lastIndexOf("/") + 1;
  const [before, begun] = [path.slice(0, slash), path.slice(slash)];
  const entries = /^\.\.?\//.test(path)
    ? [...beside(join(folder, before)), ...(before === "./" ? cells(modules) : [])]
    : [...packages(before, [folder, join(root, "notebooks")]), ...nodeModules(before)];
  const found = new Map(entries.filter(([name]) => name.startsWith(begun)));
  return { names: [...found.keys()].sort(), kindOf: found };
}

/** @typedef {[name: string, kind: string]} Entry */

/** @returns {Entry[]} */
const cells = (modules) => [...modules].map((name) => [name, "module"]);

/** Files and folders to import, as imports name them. @returns {Entry[]} */
function beside(place) {
  return list(place).flatMap((entry) => {
    const { name } = entry;
    if (name.startsWith(".") || name === "node_modules") return [];
    if (entry.isDirectory()) return [[`${name}/`, "folder"]];
    const [, stem, ending] = moduleFile.exec(name) ?? [];
    if (stem === undefined) return [];
    return [[ending === ".json" ? name : stem, "file"]];
  });
}

/** Packages that a notebook there finds, or what lies in the one that is named. @returns {Entry[]} */
function packages(before, places) {
  const folders = places.flatMap(above).map((place) => join(place, "node_modules", before));
  if (before !== "" && !/^@[^/]+\/$/.test(before)) return folders.flatMap(beside);
  return folders.flatMap(list).flatMap(({ name }) => {
    if (name.startsWith(".")) return [];
    return [name.startsWith("@") ? [`${name}/`, "folder"] : [name, "module"]];
  });
}

/** @returns {Entry[]} */
function nodeModules(before) {
  const names = builtinModules.filter((name) => !name.startsWith("_"));
  return names
    .map((name) => `node:${name}`)
    .filter((name) => name.startsWith(before))
    .map((name) => [name.slice(before.length), "module"]);
}

function above(folder) {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...above(parent)];
}

/** @returns {import("node:fs").Dirent[]} */
function list(place) {
  try {
    return readdirSync(place, { withFileTypes: true });
  } catch {
    return []; // no such folder: nothing to choose from
  }
}
