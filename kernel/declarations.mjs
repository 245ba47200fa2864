/** Which of a failed cell's declarations later cells may use: those that it reached. */

/**
 * Drops the declarations whose value was never set, because the cell failed or was interrupted before them.
 *
 * @param {object} ts The TypeScript module.
 * @param {string} declarations The text of a .d.ts file.
 * @param {Record<string, unknown>} values What the cells' names hold now.
 * @returns {string} The declarations that are true.
 */
export function keepReached(ts, declarations, values) {
  const file = ts.createSourceFile("reached.d.ts", declarations, ts.ScriptTarget.Latest);
  const kept = file.statements.filter((statement) =>
    valueNames(ts, statement).every((name) => values[name] !== undefined),
  );
  return kept.map((statement) => statement.getFullText(file)).join("");
}

/** Names whose values a statement declares; types have none. */
function valueNames(ts, statement) {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.text);
  if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement))
    return statement.name ? [statement.name.text] : [];
  return [];
}
