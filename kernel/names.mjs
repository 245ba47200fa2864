/**
 * The names of cells live in one object, so that a function and every later cell mean the same variable, as in
 * Python: `let step = 0` becomes `__names__.step = 0`, and each use of `step`, `__names__.step`.
 */
import { isInstantiated } from "./declarations.mjs";
import { assignable } from "./patterns.mjs";

/** The parameter of a cell's function that holds the names of all cells. */
export const namesObject = "__names__";

/** The file in which tslab declares the names of earlier cells. */
const earlierNames = /(^|\/)__prev__\.d\.ts$/;

/**
 * A transformer that moves a cell's top-level names into the object.
 *
 * @param {any} ts The TypeScript module.
 * @param {any} checker The type checker of the program that is transformed.
 * @returns {(context: any) => (file: any) => any} A "before" transformer factory for source files.
 */
export function sharedNames(ts, checker) {
  return (context) => (file) => new Cell(ts, checker, context, file).transform();
}

class Cell {
  /** @type {Set<any>} The symbols of the names that this cell declares, but for imports and types. */
  #own = new Set();
  /** @type {Set<any>} The symbols of the values that it imports. */
  #imported = new Set();

  constructor(ts, checker, context, file) {
    this.ts = ts;
    this.checker = checker;
    this.context = context;
    this.file = file;
    this.locals = ts.getParseTreeNode(file).locals ?? new Map();
    for (const symbol of this.locals.values()) {
      if (isImportedValue(ts, checker, symbol)) this.#imported.add(symbol);
      else if (isOwnValue(ts, symbol)) this.#own.add(symbol);
    }
  }

  transform() {
    const { ts, file } = this;
    const statements = file.statements.flatMap((statement) => this.#topLevel(statement));
    return ts.factory.updateSourceFile(file, [...this.#head(), ...statements]);
  }

  /** Forgets what an earlier cell left under the names, and sets functions, which can be called before their line. */
  #head() {
    const { ts } = this;
    const value = ({ name, flags }) =>
      flags & ts.SymbolFlags.Function
        ? ts.factory.createIdentifier(name)
        : ts.factory.createVoidZero();
    const set = [...this.#own].map((symbol) => this.#assign(symbol.name, value(symbol)));
    return set.length === 0 ? [] : [ts.factory.createBlock(set)];
  }

  #topLevel(statement) {
    const { ts } = this;
    if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) {
      const names = this.#namesOf(statement).filter((symbol) => this.#imported.has(symbol));
      return [statement, ...this.#publish(names)];
    }
    if (ts.isExportDeclaration(statement)) return [this.#withoutShared(statement)];
    const visited = this.#visit(statement);
    const isDefinition =
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement) ||
      ts.isModuleDeclaration(statement);
    if (!isDefinition || statement.name === undefined) return [visited];
    const symbol = this.checker.getSymbolAtLocation(statement.name);
    return [visited, ...this.#publish(this.#own.has(symbol) ? [symbol] : [])];
  }

  /** A block, because tslab takes a last expression for the cell's value. */
  #publish(symbols) {
    const { factory } = this.ts;
    const set = symbols.map(({ name }) => this.#assign(name, factory.createIdentifier(name)));
    return set.length === 0 ? [] : [factory.createBlock(set)];
  }

  #namesOf(statement) {
    return [...this.locals.values()].filter(({ declarations }) =>
      declarations?.some((declaration) => {
        const top = this.ts.findAncestor(
          declaration,
          (node) => node.parent === declaration.getSourceFile(),
        );
        return top === this.ts.getParseTreeNode(statement);
      }),
    );
  }

  /** tslab exports all names; those in the object need no export. */
  #withoutShared(statement) {
    const { factory } = this.ts;
    if (statement.moduleSpecifier || !statement.exportClause?.elements) return statement;
    const isShared = ({ name, propertyName }) => {
      const symbol = this.locals.get((propertyName ?? name).escapedText);
      return this.#own.has(symbol) || this.#imported.has(symbol);
    };
    const rest = statement.exportClause.elements.filter((element) => !isShared(element));
    const clause = factory.updateNamedExports(statement.exportClause, rest);
    return factory.updateExportDeclaration(
      statement,
      statement.modifiers,
      statement.isTypeOnly,
      clause,
      statement.moduleSpecifier,
      statement.assertClause,
    );
  }

  #visit = (node) => {
    const { ts } = this;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
    if (isNameOfProperty(ts, node)) return ts.factory.createIdentifier(node.text);
    if (ts.isIdentifier(node)) return this.#isShared(node) ? this.#access(node.text) : node;
    if (ts.isShorthandPropertyAssignment(node)) return this.#shorthand(node);
    if (ts.isVariableStatement(node) && this.#declaresShared(node.declarationList))
      return this.#statements(node);
    if (ts.isVariableDeclarationList(node) && this.#declaresShared(node))
      return this.#loopHead(node);
    const visited = ts.visitEachChild(node, this.#visit, this.context);
    return this.#withoutThis(node, visited);
  };

  /** `f()` must not become a call of a method: its `this` would be the object of names. */
  #withoutThis(node, visited) {
    const { ts } = this;
    const bare = (callee) => {
      const comma = ts.factory.createComma(ts.factory.createNumericLiteral(0), callee);
      return ts.setTextRange(ts.factory.createParenthesizedExpression(comma), callee);
    };
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const { expression, questionDotToken, typeArguments, arguments: args } = visited;
      if (ts.isIdentifier(expression)) return visited;
      if (ts.isCallChain(visited))
        return ts.factory.updateCallChain(
          visited,
          bare(expression),
          questionDotToken,
          typeArguments,
          args,
        );
      return ts.factory.updateCallExpression(visited, bare(expression), typeArguments, args);
    }
    if (
      ts.isTaggedTemplateExpression(node) &&
      visited.tag !== node.tag &&
      ts.isIdentifier(node.tag)
    ) {
      const { typeArguments, template } = visited;
      return ts.factory.updateTaggedTemplateExpression(
        visited,
        bare(visited.tag),
        typeArguments,
        template,
      );
    }
    return visited;
  }

  /** Whether an identifier is a use of a name that lives in the object. */
  #isShared(identifier) {
    const { ts, checker } = this;
    const node = ts.getParseTreeNode(identifier);
    if (node === undefined || node.parent.name === node || isLabel(ts, node)) return false;
    const symbol = checker.getSymbolAtLocation(node);
    if (!this.#own.has(symbol)) return isEarlier(symbol);
    // Within itself, a class means itself, also before its name is set.
    const inside = symbol.declarations.some(
      (definition) =>
        !ts.isFunctionDeclaration(definition) &&
        !ts.isVariableDeclaration(definition) &&
        !ts.isBindingElement(definition) &&
        ts.findAncestor(node, (ancestor) => ancestor === definition) !== undefined,
    );
    return !inside;
  }

  #shorthand(node) {
    const { ts, checker } = this;
    const { factory } = ts;
    const original = ts.getParseTreeNode(node);
    const symbol = original && checker.getShorthandAssignmentValueSymbol(original);
    const initializer =
      node.objectAssignmentInitializer && this.#visit(node.objectAssignmentInitializer);
    if (!this.#own.has(symbol) && !isEarlier(symbol))
      return factory.updateShorthandPropertyAssignment(node, node.name, initializer);
    const value = this.#access(node.name.text);
    return factory.createPropertyAssignment(
      node.name.text,
      initializer ? factory.createAssignment(value, initializer) : value,
    );
  }

  #declaresShared({ declarations }) {
    return declarations.some(({ name }) => {
      const first = firstName(this.ts, name);
      return first !== undefined && this.#own.has(this.checker.getSymbolAtLocation(first));
    });
  }

  #statements(node) {
    const { ts } = this;
    const set = this.#assignments(node.declarationList).map((expression) =>
      ts.setTextRange(ts.factory.createExpressionStatement(expression), expression),
    );
    return ts.setTextRange(ts.factory.createBlock(set), node);
  }

  /** `for (var i = 0; …)` and `for (var key of keys)`: a var of a loop belongs to the whole cell. */
  #loopHead(node) {
    const { ts } = this;
    const { parent } = ts.getParseTreeNode(node);
    if (!ts.isForStatement(parent)) return this.#target(node.declarations[0].name);
    const [first, ...rest] = this.#assignments(node);
    const join = (left, right) => ts.factory.createComma(left, right);
    return first === undefined ? ts.factory.createVoidZero() : rest.reduce(join, first);
  }

  #assignments({ declarations }) {
    const { ts } = this;
    return declarations
      .filter(({ initializer }) => initializer !== undefined)
      .map(({ name, initializer }, index, all) => {
        const value = this.#named(name, ts.visitNode(initializer, this.#visit));
        return ts.setTextRange(ts.factory.createAssignment(this.#target(name), value), all[index]);
      });
  }

  #target(name) {
    return assignable(this.ts, name, { access: this.#access, visit: this.#visit });
  }

  /** A function or class without a name takes that of the variable it is assigned to, but not of a property. */
  #named(name, value) {
    const { ts } = this;
    const { factory } = ts;
    const inner = ts.skipOuterExpressions(value);
    const isAnonymous =
      ts.isArrowFunction(inner) ||
      ((ts.isFunctionExpression(inner) || ts.isClassExpression(inner)) && inner.name === undefined);
    if (!ts.isIdentifier(name) || !isAnonymous || name.text === "__proto__") return value;
    const holder = factory.createObjectLiteralExpression([
      factory.createPropertyAssignment(name.text, value),
    ]);
    return factory.createPropertyAccessExpression(holder, name.text);
  }

  #access = (name) => {
    const { factory } = this.ts;
    return factory.createPropertyAccessExpression(factory.createIdentifier(namesObject), name);
  };

  #assign(name, value) {
    const { factory } = this.ts;
    return factory.createExpressionStatement(factory.createAssignment(this.#access(name), value));
  }
}

function isEarlier(symbol) {
  return Boolean(
    symbol?.declarations?.some((declaration) =>
      earlierNames.test(declaration.getSourceFile().fileName),
    ),
  );
}

/**
 * Whether a node is the a of a pattern such as `{ a: b }`. Where a's type is of an earlier cell, the checker finds its
 * declaration there, and tslab would take it for a variable: a new identifier is none that it knows.
 */
function isNameOfProperty(ts, node) {
  const original = ts.getParseTreeNode(node);
  return (
    original !== undefined &&
    ts.isIdentifier(original) &&
    ts.isBindingElement(original.parent) &&
    original.parent.propertyName === original
  );
}

function isLabel(ts, node) {
  return ts.isBreakOrContinueStatement(node.parent) || ts.isLabeledStatement(node.parent)
    ? node.parent.label === node
    : false;
}

/** The first name that a declaration binds; a pattern may bind none. */
function firstName(ts, name) {
  if (ts.isIdentifier(name)) return name;
  const found = name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : [firstName(ts, element.name)],
  );
  return found.find((inner) => inner !== undefined);
}

/** Whether a symbol is a value that its cell makes: no type, no import, nothing that is only declared. */
function isOwnValue(ts, { flags, declarations = [] }) {
  const { Value, ConstEnum } = ts.SymbolFlags;
  if (!(flags & Value & ~ConstEnum)) return false;
  const exists = (declaration) =>
    !(ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Ambient) &&
    (!ts.isFunctionDeclaration(declaration) || declaration.body !== undefined) &&
    (!ts.isModuleDeclaration(declaration) || isInstantiated(ts, declaration));
  const makes = (declaration) =>
    !ts.isInterfaceDeclaration(declaration) && !ts.isTypeAliasDeclaration(declaration);
  return declarations.some((declaration) => makes(declaration) && exists(declaration));
}

function isImportedValue(ts, checker, symbol) {
  const { Alias, Value, ConstEnum } = ts.SymbolFlags;
  if (!(symbol.flags & Alias)) return false;
  if (
    symbol.declarations?.some((declaration) => ts.isTypeOnlyImportOrExportDeclaration(declaration))
  )
    return false;
  return Boolean(checker.getAliasedSymbol(symbol).flags & Value & ~ConstEnum);
}
