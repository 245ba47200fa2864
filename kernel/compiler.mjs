/**
 * TypeScript as tslab sees it: the same compiler, made strict, with source maps, with loops that can be
 * interrupted, and with names that all cells share. Only public compiler functions are wrapped.
 */
import { join } from "node:path";
import { nestedVariables } from "./declarations.mjs";
import { sharedNames } from "./names.mjs";
import { resolveAfresh } from "./resolve.mjs";
import { sourcesBehind } from "./sourcesBehind.mjs";
import { findsTopLevelAwait, interruptibleLoops } from "./transform.mjs";
import { withOneTimer } from "./watching.mjs";

const cellFile = /(^|\/)__tslab__\.ts$/;
const mapComment = /\n?\/\/# sourceMappingURL=\S*\s*$/;

/**
 * @typedef {object} Emitted What is known of one piece of JavaScript that came out of the compiler.
 * @property {string[]} maps Source maps from that JavaScript back to TypeScript, outermost first.
 * @property {boolean} topLevelAwait Whether the source awaits outside of any function.
 */

/**
 * Wraps a TypeScript module object.
 *
 * @param {any} ts The module.
 * @param {string} root The repository, whose packages every notebook finds.
 * @returns {{ typescript: any, emitted: (javascript: string) => Emitted | undefined }} The wrapped module,
 *   and what is known of a piece of JavaScript; it is forgotten when asked for.
 */
export function createCompiler(ts, root) {
  /** @type {Map<string, Emitted>} first stage: JavaScript modules */
  const modules = new Map();
  /** @type {Map<string, Emitted>} second stage: CommonJS, what runs */
  const scripts = new Map();

  function emit(program, original, file, write, token, onlyDeclarations, transformers = {}) {
    const written = [];
    const isCell = file !== undefined && cellFile.test(file.fileName);
    const checker = program.getProgram().getTypeChecker();
    const names = isCell ? [sharedNames(ts, checker)] : [];
    const before = [interruptibleLoops(ts), ...names, ...(transformers.before ?? [])];
    const result = original(
      file,
      (name, text) => written.push({ name, text }),
      token,
      onlyDeclarations,
      { ...transformers, before },
    );
    const topLevelAwait = isCell && findsTopLevelAwait(ts, file);
    for (const { name, text } of written) {
      if (name.endsWith(".map")) continue;
      const map = written.find((other) => other.name === `${name}.map`);
      const code = text.replace(mapComment, "\n");
      if (map) modules.set(code, { maps: [map.text], topLevelAwait });
      const isDeclarations = isCell && name.endsWith(".d.ts");
      write(name, isDeclarations ? code + nestedVariables(ts, checker, file) : code);
    }
    return result;
  }

  const typescript = {
    ...ts,
    // Else tslab's __importStar would copy all of it once more, for each file that imports it.
    __esModule: true,
    createWatchCompilerHost(files, options, system, _createProgram, ...rest) {
      // Other builders keep a map of which file refers to which, made anew of all types at each cell.
      const createInstrumented = (...args) => {
        const program = ts.createAbstractBuilder(...args);
        const original = program.emit.bind(program);
        program.emit = (...emitArgs) => emit(program, original, ...emitArgs);
        program.getAllDependencies = (file) => sourcesBehind(program.getProgram(), file);
        return program;
      };
      const stricter = {
        ...options,
        strict: true,
        sourceMap: true,
        inlineSources: true,
        disableTopLevelAwait: false,
        typeRoots: [...(options.typeRoots ?? []), join(root, "node_modules", "@types")],
      };
      const watched = withOneTimer(system);
      const host = ts.createWatchCompilerHost(
        files,
        stricter,
        watched,
        createInstrumented,
        ...rest,
      );
      resolveAfresh(ts, host, stricter, root);
      return host;
    },
    Completions: {
      ...ts.Completions,
      getCompletionsAtPositionForTslab(host, program, ...rest) {
        program.getTypeChecker(); // only now a new file's nodes know their parents
        return ts.Completions.getCompletionsAtPositionForTslab(host, program, ...rest);
      },
    },
    transpileModule(input, { compilerOptions, ...rest }) {
      const output = ts.transpileModule(input, {
        ...rest,
        compilerOptions: { ...compilerOptions, sourceMap: true },
      });
      const outputText = output.outputText.replace(mapComment, "\n");
      const first = modules.get(input);
      modules.delete(input);
      if (first) scripts.set(outputText, { ...first, maps: [output.sourceMapText, ...first.maps] });
      return { ...output, outputText };
    },
  };

  return {
    typescript,
    emitted(javascript) {
      const found = scripts.get(javascript);
      scripts.delete(javascript);
      return found;
    },
  };
}
