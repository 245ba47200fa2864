/** Which files belong to a cell: those that are compiled with it. */

/**
 * The sources that a file imports, and those that they import.
 *
 * @param {any} program The compiler's program.
 * @param {any} file One of its files.
 * @returns {string[]} The names of that file and of all that are no mere declarations.
 */
export function sourcesBehind(program, file) {
  const checker = program.getTypeChecker();
  const found = new Set([file]);
  for (const { imports } of found) {
    for (const specifier of imports) {
      const declarations = checker.getSymbolAtLocation(specifier)?.declarations ?? [];
      for (const declaration of declarations) {
        const source = declaration.getSourceFile();
        if (!source.isDeclarationFile) found.add(source);
      }
    }
  }
  return [...found].map(({ fileName }) => fileName);
}
