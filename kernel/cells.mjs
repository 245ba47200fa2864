/** Runs the code of one cell on tslab's own converter, and tells what came of it. */
import { basename, relative } from "node:path";
import { keepNamespaces, keepReached } from "./declarations.mjs";
import { importPathAt, importPaths } from "./importPaths.mjs";
import { requireFrom } from "./resolve.mjs";
import { createRuntime } from "./runtime.mjs";
import { readSource } from "./source.mjs";
import { slot } from "./state.mjs";
import { CompilerFailure, createTranslator } from "./translator.mjs";
import { TypeScriptError } from "./typeErrors.mjs";

/**
 * Makes the runner of cells.
 *
 * @param {object} parts
 * @param {ReturnType<import("./tslab.mjs").loadTslab>} parts.tslab
 * @param {import("./scripts.mjs").Scripts} parts.scripts Where each cell's source is noted.
 * @param {import("./executions.mjs").Executions} parts.executions
 * @param {Int32Array} parts.state The numbers shared with the control thread.
 * @param {string} parts.root The repository.
 */
export function createCells({ tslab, scripts, executions, state, root }) {
  const ts = tslab.compiler.typescript;
  const translator = createTranslator(() =>
    tslab.createConverter({ isJS: false, isBrowser: false }),
  );
  const runtime = createRuntime(process.cwd(), requireFrom(process.cwd(), root), tslab.exports);
  /** The declarations of what earlier cells left, as TypeScript. */
  let declared = "";
  /** @type {{ declOutput: string, closed: boolean, abandon: () => void } | undefined} The cell that runs. */
  let running;
  /** @type {Map<string, { title: string, source: string }>} The cells that are modules, by module name. */
  const moduleCells = new Map();

  /** The compiler must not be stopped half way: its watcher would be broken for good. */
  function compile(work) {
    Atomics.store(state, slot.compiling, 1);
    try {
      return work();
    } finally {
      Atomics.store(state, slot.compiling, 0);
      executions.throwIfPending();
    }
  }

  function read(source) {
    try {
      return readSource(ts, source);
    } catch (error) {
      throw new CompilerFailure(error);
    }
  }

  /** The execution that the calling code belongs to. */
  function ownerOfCall() {
    const { owner } = executions;
    if (owner === undefined) throw new Error("A cell's code runs as an execution only.");
    return owner;
  }

  /** From a cell to the JavaScript that runs, or an error that says why there is none. */
  function convert(source) {
    const { script, title } = ownerOfCall();
    scripts.add(script, { title, source });
    const { text, errors } = compile(() => read(source));
    if (errors.length > 0) throw new TypeScriptError({ script, title, source }, errors);
    const converted = compile(() => translator.convert(declared, text));
    const { output, diagnostics } = converted;
    const emitted = output === undefined ? undefined : tslab.compiler.emitted(output);
    scripts.add(script, { title, source, maps: emitted?.maps, output });
    for (const module of converted.sideOutputs ?? []) addSideScript(module);
    if (diagnostics.length > 0)
      throw new TypeScriptError({ script, title, source, isFirst: declared === "" }, diagnostics);
    runtime.setModules(converted.sideOutputs ?? []);
    return { ...converted, script, awaits: emitted?.topLevelAwait ?? false };
  }

  /** A module that a cell imports: another cell (@module), or a file beside the notebook. */
  function addSideScript({ path, data }) {
    const maps = tslab.compiler.emitted(data)?.maps;
    if (maps === undefined) return;
    const cell = moduleCells.get(basename(path, ".js"));
    const [content] = JSON.parse(/** @type {string} */ (maps.at(-1))).sourcesContent;
    const file = {
      title: relative(process.cwd(), path).replace(/\.js$/, ".ts"),
      source: content,
      skipped: 0,
    };
    scripts.add(path, { ...(cell ?? file), maps, output: data });
  }

  function addModule(name, source, metadata) {
    const { script, title } = ownerOfCall();
    scripts.add(script, { title, source });
    moduleCells.set(name, { title, source });
    const diagnostics = compile(() => translator.addModule(name, source, metadata));
    const own = diagnostics.map((diagnostic) => ({ ...diagnostic, fileName: undefined }));
    if (own.length > 0) throw new TypeScriptError({ script, title, source }, own);
  }

  /** Takes over what a cell declared; of a failed one, what it reached. */
  function close(cell, ok) {
    if (cell.closed) return;
    cell.closed = true;
    const left = keepNamespaces(ts, declared, cell.declOutput);
    declared = ok ? left : keepReached(ts, left, runtime.names);
  }

  async function runConverted({ output, script, awaits, declOutput = "", lastExpressionVar }) {
    let abandon = () => {};
    /** @type {Promise<void>} */
    const abandoned = new Promise((resolve) => (abandon = resolve));
    const cell = (running = { declOutput, closed: false, abandon });
    let ok = false;
    try {
      const { exports, finished } = runtime.run(output ?? "", script, awaits);
      if (awaits) await Promise.race([finished, abandoned]);
      ok = true;
      return { value: lastExpressionVar === undefined ? undefined : exports[lastExpressionVar] };
    } finally {
      runtime.repair();
      close(cell, ok);
    }
  }

  return {
    /**
     * Runs a cell as the execution that the caller belongs to.
     *
     * @param {string} code TypeScript.
     * @returns {Promise<{ value: unknown }>} The value of its last expression, undefined where there is none; boxed,
     *   because the value may be a promise that the cell does not await.
     * @throws What the cell throws, or a TypeScriptError.
     */
    async run(code) {
      const metadata = tslab.getCodeMetadata(code);
      if (metadata.mode === "browser")
        throw new Error("Cells for a browser (@browser) are not supported by this kernel.");
      if (!metadata.module) return runConverted(convert(code));
      addModule(metadata.module, code, metadata);
      return { value: undefined };
    },
    /** Puts back what cells have replaced of JavaScript's own, which the kernel needs. */
    repair: runtime.repair,
    /** Gives up waiting for the running cell's code. */
    abandon() {
      if (running === undefined) return;
      close(running, false);
      running.abandon();
    },
    /** Stops watching files. */
    close: translator.close,
    inspect: (code, position) => translator.inspect(declared, code, position),
    complete: (code, position) => translator.complete(declared, code, position),
    /** @returns {import("./completion.mjs").Found | undefined} Undefined where the cursor stands in no import's path. */
    completeImport(code, position) {
      const place = importPathAt(code, position);
      if (place === undefined) return undefined;
      const places = { folder: process.cwd(), root, modules: moduleCells.keys() };
      return { start: place.start, end: position, ...importPaths(place.path, places) };
    },
  };
}
