/** Answers to the Tab key: names of the compiler with their kinds, and the paths of imports. */

/** The compiler's words for kinds, where Jupyter's tools have others. */
const kinds = {
  "local function": "function",
  "local var": "variable",
  "local class": "class",
  const: "constant",
  let: "variable",
  var: "variable",
  parameter: "variable",
  alias: "module",
  script: "module",
  "external module name": "module",
  getter: "property",
  setter: "property",
  accessor: "property",
  construct: "method",
  call: "method",
  index: "property",
  "primitive type": "keyword",
  "type parameter": "type",
  "enum member": "constant",
};

/**
 * @typedef {object} Found What may stand at the cursor, best first.
 * @property {number} start Where what it replaces begins.
 * @property {number} end
 * @property {string[]} names
 * @property {Map<string, string>} kindOf The compiler's kinds, or those of import paths.
 */

/**
 * @param {{ start: number, end: number, candidates: string[], original?: { entries?: { name: string, kind: string }[] } }} info
 *   What tslab's converter finds.
 * @returns {Found}
 */
export function foundNames({ start, end, candidates, original }) {
  const entries = original?.entries ?? [];
  return {
    start,
    end,
    names: [...new Set(candidates)],
    kindOf: new Map(entries.map(({ name, kind }) => [name, kind])),
  };
}

/**
 * The content of `complete_reply`; positions count characters as Jupyter does.
 *
 * @param {Found} found
 * @param {(position: number) => number} toJupyter
 */
export function completeReply({ start, end, names, kindOf }, toJupyter) {
  const at = { start: toJupyter(start), end: toJupyter(end) };
  const typed = names.map((text) => {
    const kind = kindOf.get(text) ?? "";
    return { ...at, text, type: kinds[kind] ?? kind };
  });
  return {
    status: "ok",
    matches: names,
    cursor_start: at.start,
    cursor_end: at.end,
    metadata: { _jupyter_types_experimental: typed },
  };
}
