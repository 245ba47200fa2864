/** Binding patterns, `const { a, b: [c] } = …`, as the patterns of assignments, `({ a: x.a, b: [x.c] } = …)`. */

/**
 * What stands on the left of an assignment that does what a declaration of this name or pattern did.
 *
 * @param {any} ts The TypeScript module.
 * @param {any} name An identifier or a binding pattern.
 * @param {{ access: (name: string) => any, visit: (node: any) => any }} make Where a name is kept, and what becomes of
 *   the expressions inside.
 */
export function assignable(ts, name, make) {
  if (ts.isIdentifier(name)) return ts.setTextRange(make.access(name.text), name);
  const isObject = ts.isObjectBindingPattern(name);
  const { factory } = ts;
  const element = (part) => {
    if (ts.isOmittedExpression(part)) return part;
    const target = assignable(ts, part.name, make);
    if (part.dotDotDotToken)
      return isObject
        ? factory.createSpreadAssignment(target)
        : factory.createSpreadElement(target);
    const value = part.initializer
      ? factory.createAssignment(target, ts.visitNode(part.initializer, make.visit))
      : target;
    return isObject ? factory.createPropertyAssignment(keyOf(ts, part, make), value) : value;
  };
  const elements = name.elements.map(element);
  return isObject
    ? factory.createObjectLiteralExpression(elements)
    : factory.createArrayLiteralExpression(elements);
}

function keyOf(ts, { propertyName, name }, { visit }) {
  if (propertyName === undefined) return ts.factory.createIdentifier(name.text);
  return ts.visitNode(propertyName, visit);
}
