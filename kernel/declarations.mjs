/** What later cells may use of a cell: what tslab's own declarations leave out, and, where it failed, only what it reached. */

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

/**
 * The declarations of `var`s inside blocks and loops, which belong to the whole cell.
 *
 * @param {any} ts The TypeScript module.
 * @param {any} checker The type checker of the cell's program.
 * @param {any} file The cell.
 * @returns {string} As the text of a .d.ts file.
 */
export function nestedVariables(ts, checker, file) {
  const isNested = (declaration) => {
    const list = ts.findAncestor(declaration, ts.isVariableDeclarationList);
    return (
      list !== undefined && !(ts.isVariableStatement(list.parent) && list.parent.parent === file)
    );
  };
  const nested = [...(file.locals ?? new Map()).values()].filter(
    ({ flags, declarations = [] }) =>
      flags & ts.SymbolFlags.FunctionScopedVariable && declarations.every(isNested),
  );
  const typeOf = (symbol) =>
    checker.typeToString(
      checker.getTypeOfSymbolAtLocation(symbol, symbol.declarations[0]),
      file,
      ts.TypeFormatFlags.NoTruncation,
    );
  return nested.map((symbol) => `declare let ${symbol.name}: ${typeOf(symbol)};\n`).join("");
}

/**
 * Adds the namespaces that earlier cells left, which tslab forgets after one cell.
 *
 * @param {any} ts The TypeScript module.
 * @param {string} before What was declared before a cell, as the text of a .d.ts file.
 * @param {string} after What is declared after it.
 * @returns {string} The latter, with the namespaces whose names the cell has not taken.
 */
export function keepNamespaces(ts, before, after) {
  const read = (text) => ts.createSourceFile("kept.d.ts", text, ts.ScriptTarget.Latest);
  const texts = (file) => file.statements.map((statement) => statement.getText(file));
  const [old, now] = [read(before), read(after)];
  const known = new Set(texts(old));
  const taken = new Set(
    now.statements
      .filter((statement) => !known.has(statement.getText(now)))
      .flatMap((statement) => [...valueNames(ts, statement), statement.name?.text]),
  );
  const there = new Set(texts(now));
  const kept = old.statements.filter(
    (statement) =>
      ts.isModuleDeclaration(statement) &&
      !taken.has(statement.name.text) &&
      !there.has(statement.getText(old)),
  );
  return after + kept.map((statement) => `${statement.getText(old)}\n`).join("");
}

/** Names whose values a statement declares; types have none. */
function valueNames(ts, statement) {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.text);
  if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement))
    return statement.name ? [statement.name.text] : [];
  if (ts.isModuleDeclaration(statement))
    return isInstantiated(ts, statement) ? [statement.name.text] : [];
  return [];
}

/** Whether a namespace has values. */
export function isInstantiated(ts, declaration) {
  return ts.getModuleInstanceState(declaration) === ts.ModuleInstanceState.Instantiated;
}
