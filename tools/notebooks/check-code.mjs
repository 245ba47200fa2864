/**
 * Type-checks the cells of notebooks strictly, and lints them for promises that nobody awaits. The compiler's options
 * are in tsconfig.json beside this file: all of strict, but no index checks, which would put a `!` behind every
 * `losses[i]` that a learner reads.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import ts from "typescript";
import tseslint from "typescript-eslint";
import { cellsToModule } from "./cells-to-module.mjs";

/** @typedef {import("./cells-to-module.mjs").Origin & { slug: string, message: string }} Problem */

/** @type {import("eslint").Linter.RulesRecord} */
const promiseRules = {
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/await-thenable": "error",
  "@typescript-eslint/no-misused-promises": "error",
};

/** Writes the modules, and the tsconfig.json that both tools read, into an empty folder. */
function writeProject(modules, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { file, text } of modules) writeFileSync(file, text);
  const config = {
    extends: path.join(import.meta.dirname, "tsconfig.json"),
    files: modules.map(({ file }) => file),
  };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));
}

/** The problem at a line of a module. A line between two cells counts to the earlier one. */
function problemAt({ slug, origins }, line, message) {
  const origin = origins.slice(0, line).findLast((candidate) => candidate !== null) ?? {
    cell: 1,
    line: 1,
  };
  return { slug, ...origin, message };
}

/** @returns {Problem[]} What the compiler says. */
function typeProblems(modules, folder) {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(String(messageText));
    },
  };
  const config = ts.getParsedCommandLineOfConfigFile(path.join(folder, "tsconfig.json"), {}, host);
  if (config === undefined) throw new Error(`${folder} has no tsconfig.json.`);
  const program = ts.createProgram(config.fileNames, config.options);
  return modules.flatMap((module) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(module.file))
      .map(({ file, start, messageText, code }) => {
        const line = file ? ts.getLineAndCharacterOfPosition(file, start ?? 0).line + 1 : 1;
        return problemAt(
          module,
          line,
          `${ts.flattenDiagnosticMessageText(messageText, "\n")} (TS${code})`,
        );
      }),
  );
}

/** @returns {Promise<Problem[]>} What the rules about promises say. */
async function promiseProblems(modules, folder) {
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: {
      files: ["**/*.ts"],
      languageOptions: {
        parser: tseslint.parser,
        parserOptions: { project: "tsconfig.json", tsconfigRootDir: folder },
      },
      linterOptions: { noInlineConfig: true },
      plugins: { "@typescript-eslint": tseslint.plugin },
      rules: promiseRules,
    },
  });
  const results = await eslint.lintFiles(modules.map(({ file }) => file));
  return results.flatMap(({ filePath, messages }) => {
    const module = modules.find(({ file }) => file === filePath);
    return messages.map(({ line = 1, message, ruleId }) =>
      problemAt(module, line, ruleId ? `${message} (${ruleId})` : message),
    );
  });
}

/**
 * Finds what a strict compiler and the rules about promises object to in the notebooks' cells.
 *
 * @param {import("./lessons.mjs").Lesson[]} lessons
 * @param {string} folder Emptied and used for the modules; `node_modules` must be found from it.
 * @returns {Promise<Problem[]>} Empty where all is well. A notebook with a cell that does not parse is judged by that alone.
 */
export async function checkCode(lessons, folder) {
  const modules = lessons.map(({ slug, notebook }) => ({
    slug,
    file: path.join(folder, `${slug}.ts`),
    ...cellsToModule(notebook.cells),
  }));
  const grammar = modules.flatMap(({ slug, problems }) =>
    problems.map((problem) => ({ slug, ...problem })),
  );
  const sound = modules.filter(({ problems }) => problems.length === 0);
  if (sound.length === 0) return grammar;
  writeProject(sound, folder);
  return [...grammar, ...typeProblems(sound, folder), ...(await promiseProblems(sound, folder))];
}
