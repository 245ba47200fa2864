/** Runs the code of one cell on tslab's own converter and executor, and tells what came of it. */
import { basename, relative } from "node:path";
import { slot } from "./state.mjs";
import { keepReached } from "./declarations.mjs";
import { TypeScriptError } from "./errors.mjs";

/** What happened to a cell, kept between tslab's callbacks. */
class Outcome {
  /** @type {{ error: unknown } | undefined} */
  failure;
  /** @type {{ declOutput?: string, lastExpressionVar?: string } | undefined} */
  converted;
  /** Whether its declarations have been taken over. */
  closed = false;
}

/**
 * Makes the runner of cells.
 *
 * @param {object} parts
 * @param {ReturnType<import("./tslab.mjs").loadTslab>} parts.tslab
 * @param {import("./scripts.mjs").Scripts} parts.scripts Where each cell's source is noted.
 * @param {import("./executions.mjs").Executions} parts.executions
 * @param {Int32Array} parts.state The numbers shared with the control thread.
 */
export function createCells({ tslab, scripts, executions, state }) {
  const converter = tslab.createConverter({ isJS: false, isBrowser: false });
  /** The declarations of what earlier cells left, as TypeScript. */
  let declared = "";
  let outcome = new Outcome();
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

  function convert(_declared, source) {
    const { script, title } = executions.owner;
    const converted = compile(() => converter.convert(declared, source));
    const { output } = converted;
    const emitted = output === undefined ? undefined : tslab.compiler.emitted(output);
    scripts.add(script, { title, source, maps: emitted?.maps, output });
    for (const module of converted.sideOutputs ?? []) addSideScript(module);
    if (converted.diagnostics.length > 0)
      throw new TypeScriptError({ script, title }, converted.diagnostics);
    outcome.converted = converted;
    if (!output) return converted;
    // The value of the last expression is read here, not printed by tslab.
    return {
      ...converted,
      output: `${output}\n//# sourceURL=${script}`,
      hasToplevelAwait: emitted?.topLevelAwait ?? false,
      lastExpressionVar: undefined,
    };
  }

  /** A module that a cell imports: another cell (@module), or a file beside the notebook. */
  function addSideScript({ path, data }) {
    const maps = tslab.compiler.emitted(data)?.maps;
    if (maps === undefined) return;
    const cell = moduleCells.get(basename(path, ".js"));
    const [content] = JSON.parse(maps.at(-1)).sourcesContent;
    const file = {
      title: relative(process.cwd(), path).replace(/\.js$/, ".ts"),
      source: content,
      skipped: 0,
    };
    scripts.add(path, { ...(cell ?? file), maps, output: data });
  }

  function addModule(name, source, metadata) {
    const { script, title } = executions.owner;
    scripts.add(script, { title, source });
    moduleCells.set(name, { title, source });
    const diagnostics = compile(() => converter.addModule(name, source, metadata));
    const own = diagnostics.map((diagnostic) => ({ ...diagnostic, fileName: undefined }));
    if (own.length > 0) throw new TypeScriptError({ script, title }, own);
    return [];
  }

  const converters = {
    node: { ...converter, convert, addModule },
    get browser() {
      throw new Error("Cells for a browser (@browser) are not supported by this kernel.");
    },
    close: () => converter.close(),
  };
  // tslab hands what a cell throws to its console.
  const report = { log() {}, error: (error) => (outcome.failure ??= { error }) };
  const executor = tslab.createExecutor(process.cwd(), converters, report);

  /** Takes over what a cell declared; of a failed one, what it reached. */
  function close(finished, ok) {
    if (finished.closed) return;
    finished.closed = true;
    if (!finished.converted) return;
    const { declOutput = "" } = finished.converted;
    declared = ok
      ? declOutput
      : keepReached(tslab.compiler.typescript, declOutput, executor.locals);
  }

  function takeValue() {
    const name = outcome.converted?.lastExpressionVar;
    if (name === undefined) return undefined;
    const value = executor.locals[name];
    delete executor.locals[name];
    return value;
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
      if (tslab.getCodeMetadata(code).mode === "browser") void converters.browser;
      const mine = (outcome = new Outcome());
      const ok = await executor.execute(code);
      close(mine, ok);
      if (mine.failure) throw mine.failure.error;
      return { value: takeValue() };
    },
    /** Gives up waiting for the running cell's code. */
    abandon() {
      close(outcome, false);
      executor.interrupt();
    },
    /** Stops watching files. */
    close: () => executor.close(),
    inspect: (code, position) => converter.inspect(declared, code, position),
    complete: (code, position) => converter.complete(declared, code, position),
  };
}
