/**
 * A notebook's code cells as one TypeScript module that means the same: each cell is a function around the cells
 * after it. So a later cell sees the names of the earlier ones, may declare them again, and does not inherit what
 * the compiler concluded about a variable in an earlier cell, as in the kernel.
 */
import ts from "typescript";
import { sourceOf } from "./lessons.mjs";

/**
 * @typedef {object} Origin
 * @property {number} cell The cell's number in the notebook, from 1, counting all cells.
 * @property {number} line The line in the cell, from 1.
 */

/** @typedef {{ text: string, origins: (Origin | null)[], problems: (Origin & { message: string })[] }} CellModule */

/** What the compiler says about one cell's grammar. */
function grammarProblems(source, cell) {
  const { diagnostics = [] } = ts.transpileModule(`${source}\nexport {};`, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return diagnostics.map(({ file, start, messageText }) => ({
    cell,
    line: file ? ts.getLineAndCharacterOfPosition(file, start ?? 0).line + 1 : 1,
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
  }));
}

/** Takes the import statements, which must stand at the top of a module, out of a cell; its lines keep their numbers. */
function splitImports(source) {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022);
  const imports = file.statements.filter(ts.isImportDeclaration).map((node) => {
    const start = node.getStart(file);
    return { start, end: node.end, line: ts.getLineAndCharacterOfPosition(file, start).line + 1 };
  });
  let body = source;
  for (const { start, end } of imports) {
    body = body.slice(0, start) + body.slice(start, end).replace(/[^\n]/g, " ") + body.slice(end);
  }
  return {
    body,
    imports: imports.map(({ start, end, line }) => ({ text: source.slice(start, end), line })),
  };
}

/**
 * @param {object[]} cells All cells of a notebook; those that are not code are passed over.
 * @returns {CellModule} The module's text, where each of its lines comes from, and the cells that do not parse.
 */
export function cellsToModule(cells) {
  const code = cells.flatMap((cell, index) =>
    cell.cell_type === "code" ? [{ source: sourceOf(cell), cell: index + 1 }] : [],
  );
  const problems = code.flatMap(({ source, cell }) => grammarProblems(source, cell));
  const head = [];
  const body = [];
  const push = (lines, text, origin) => {
    text
      .split("\n")
      .forEach((line, index) =>
        lines.push({ line, origin: origin && { cell: origin.cell, line: origin.line + index } }),
      );
  };
  const seen = new Set();
  for (const { source, cell } of code) {
    const split = splitImports(source);
    for (const { text, line } of split.imports) {
      if (!seen.has(text)) push(head, text, { cell, line });
      seen.add(text);
    }
    push(body, `async function __cell${cell}() {`, null);
    push(body, split.body, { cell, line: 1 });
  }
  push(body, "}".repeat(code.length), null);
  const lines = [...head, { line: "export {};", origin: null }, ...body];
  return {
    text: lines.map(({ line }) => line).join("\n"),
    origins: lines.map(({ origin }) => origin),
    problems,
  };
}
