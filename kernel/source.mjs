/** A cell's text before it is compiled. */

const prefix = "export {};\n"; // a module, in which a cell may await at its top level

/**
 * Looks at a cell as text: what is not even TypeScript, and what it exports, which is all of its names, since they are
 * there for later cells anyway.
 *
 * @param {any} ts The TypeScript module.
 * @param {string} source
 * @returns {{ text: string, errors: { start: { line: number, character: number }, messageText: string, code: number }[] }}
 *   The cell's text with blanks for its `export`s and one of all names behind it, and its errors of syntax; positions are 0-based.
 */
export function readSource(ts, source) {
  const file = ts.createSourceFile("cell.ts", prefix + source, ts.ScriptTarget.Latest, true);
  const errors = file.parseDiagnostics.map(({ start, messageText, code }) => ({
    start: placeOf(source, start - prefix.length),
    messageText: ts.flattenDiagnosticMessageText(messageText, "\n"),
    code,
  }));
  let text = source;
  for (const statement of file.statements.slice(1)) {
    for (const [from, to] of exportsOf(ts, statement, file)) text = blank(text, from, to);
  }
  return { text: errors.length > 0 ? text : exportingAll(ts, text), errors };
}

/** tslab would do so itself, and compile each cell twice: once to find the names. */
function exportingAll(ts, text) {
  const file = ts.createSourceFile("cell.ts", prefix + text, ts.ScriptTarget.Latest, true);
  ts.bindSourceFile(file, {});
  const names = [...file.locals.keys()];
  return names.length === 0 ? text : `${text}\nexport {${names.join(", ")}}`;
}

/** Where a position lies; one behind the end, as of a bracket that is missing, at the end. */
function placeOf(source, position) {
  const before = source.slice(0, Math.max(0, position)).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
}

/** The parts of a statement that export. */
function exportsOf(ts, statement, file) {
  const part = (node) => [node.getStart(file), node.end];
  if (ts.isExportDeclaration(statement)) return statement.moduleSpecifier ? [] : [part(statement)];
  if (ts.isExportAssignment(statement))
    return statement.isExportEquals ? [] : [[statement.getStart(file), statement.expression.pos]];
  const named = statement.name !== undefined;
  return (statement.modifiers ?? [])
    .filter(
      ({ kind }) =>
        kind === ts.SyntaxKind.ExportKeyword || (kind === ts.SyntaxKind.DefaultKeyword && named),
    )
    .map(part);
}

function blank(text, from, to) {
  const [start, end] = [from - prefix.length, to - prefix.length];
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end);
}
