/** Every notebook's solutions against their checks: a solution runs with the declarations it needs, and nothing else. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { before, test } from "node:test";
import { runInThisContext } from "node:vm";
import { ids, type Answers, type ExerciseId } from "gan-exercises";
import { ready } from "gan-lib";
import ts from "typescript";
import { passes } from "./answers";

before(ready);

const folder = path.join(__dirname, "..", "..", "..", "notebooks");

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly metadata: {
    readonly tags?: readonly string[];
    readonly nbgrader?: { grade_id: string };
  };
}

const textOf = ({ source }: Cell): string =>
  typeof source === "string" ? source : source.join("");

/** The functions that a statement declares, by name. */
function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations
      .filter(({ initializer }) => initializer && ts.isArrowFunction(initializer))
      .map(({ name }) => name.getText());
  return ts.isFunctionDeclaration(statement) && statement.name ? [statement.name.text] : [];
}

/** The imports, the earlier declarations that a text names, directly or through others, and the text itself. */
function withContext(earlier: readonly ts.Statement[], text: string): string {
  const kept = new Set(earlier.filter(ts.isImportDeclaration) as ts.Statement[]);
  const named = [text];
  for (const words of named)
    for (const statement of earlier.filter((one) => !kept.has(one)))
      if (namesOf(statement).some((name) => new RegExp(`\\b${name}\\b`).test(words))) {
        kept.add(statement);
        named.push(statement.getText());
      }
  return [...[...earlier].filter((one) => kept.has(one)).map((one) => one.getText()), text].join(
    "\n",
  );
}

/** The value of `name` after a module's text has run. */
function valueOf(text: string, name: string): unknown {
  const module = ts.ModuleKind.CommonJS;
  const options = { module, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  const { outputText } = ts.transpileModule(text, { compilerOptions: options });
  const run = runInThisContext(
    `(function (require, exports) { ${outputText}\nreturn ${name}; })`,
  ) as (load: NodeJS.Require, exported: object) => unknown;
  return run(createRequire(path.join(folder, "cell.js")), {});
}

/** The solutions of a notebook, by exercise. */
function solutionsOf(file: string): [ExerciseId, unknown][] {
  const { cells } = JSON.parse(readFileSync(path.join(folder, file), "utf8")) as { cells: Cell[] };
  const code = cells.filter(({ cell_type: type }) => type === "code");
  return code.flatMap((cell, index): [ExerciseId, unknown][] => {
    if (!cell.metadata.tags?.includes("solution")) return [];
    const earlier = code
      .slice(0, index)
      .flatMap((one) => [
        ...ts.createSourceFile("cell.ts", textOf(one), ts.ScriptTarget.ES2022, true).statements,
      ]);
    const [, name] = /const (\w+Solution)\b/.exec(textOf(cell)) ?? [];
    assert.ok(name, `${file}: a solution declares its answer's name with "Solution" behind it`);
    const [id] = /\d\d-\d/.exec(cell.metadata.nbgrader?.grade_id ?? "") ?? [];
    return [[id as ExerciseId, valueOf(withContext(earlier, textOf(cell)), name)]];
  });
}

const solutions = readdirSync(folder)
  .filter((file) => file.endsWith(".ipynb"))
  .flatMap(solutionsOf);

for (const [id, answer] of solutions)
  test(`the solution of ${id} passes its check`, async () => {
    await passes(id, answer as Answers[typeof id]);
  });

test("every exercise has a solution", () =>
  assert.deepEqual(solutions.map(([id]) => id).sort(), ids));
