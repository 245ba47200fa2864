/** What is done to a cell's syntax tree before it becomes JavaScript. */

/** The global function that each turn of a loop calls. */
export const checkName = "__stopIfInterrupted__";

/**
 * A transformer that puts a call of the interrupt check at the head of each loop's body, so that `finally`
 * blocks run and iterators are closed when the loop is interrupted.
 *
 * @param {object} ts The TypeScript module.
 * @returns {object} A "before" transformer factory for source files.
 */
export function interruptibleLoops(ts) {
  const check = () =>
    ts.factory.createExpressionStatement(
      ts.factory.createCallExpression(ts.factory.createIdentifier(checkName), undefined, []),
    );
  return (context) => {
    const visit = (node) => {
      const visited = ts.visitEachChild(node, visit, context);
      const { parent } = node;
      if (!parent || !ts.isIterationStatement(parent, false) || parent.statement !== node)
        return visited;
      if (ts.isBlock(visited))
        return ts.factory.updateBlock(visited, [check(), ...visited.statements]);
      return ts.factory.createBlock([check(), visited], true);
    };
    return (file) => ts.visitNode(file, visit);
  };
}

/**
 * Whether a source file awaits outside of any function, by `await` or `for await`.
 *
 * @param {object} ts The TypeScript module.
 * @param {object} file A parsed source file.
 */
export function findsTopLevelAwait(ts, file) {
  const search = (node) => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier))
      return true;
    return ts.forEachChild(node, search) ?? false;
  };
  return ts.forEachChild(file, search) ?? false;
}
