/** tslab's converter, from TypeScript to JavaScript, replaced by a new one where it breaks. */

/** What a cell fails with when the compiler itself does. */
export class CompilerFailure extends Error {
  /** @param {unknown} cause What the compiler threw. */
  constructor(cause) {
    super(`The TypeScript compiler cannot read this cell (${reasonOf(cause)}). ${advice}`);
    this.name = "CompilerFailure";
    this.stack = `${this.name}: ${this.message}`;
  }
}

const advice = "Nothing of it has run. Split it, or simplify its deepest nesting.";

function reasonOf(cause) {
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * Makes the translator. After a failure of the compiler its watcher cannot be trusted, so the next call gets another.
 *
 * @param {() => any} createConverter
 */
export function createTranslator(createConverter) {
  /** @type {Map<string, { source: string, metadata: object }>} */
  const modules = new Map();
  let converter = createConverter();

  function renew() {
    const fresh = createConverter();
    for (const [name, { source, metadata }] of modules) fresh.addModule(name, source, metadata);
    return fresh;
  }

  /** @template T @param {(converter: any) => T} work */
  function attempt(work) {
    try {
      converter ??= renew();
      return work(converter);
    } catch (error) {
      const broken = converter;
      converter = undefined;
      close(broken);
      throw new CompilerFailure(error);
    }
  }

  return {
    convert: (declared, source) => attempt((current) => current.convert(declared, source)),
    addModule(name, source, metadata) {
      const diagnostics = attempt((current) => current.addModule(name, source, metadata));
      modules.set(name, { source, metadata });
      return diagnostics;
    },
    inspect: (declared, source, at) => attempt((current) => current.inspect(declared, source, at)),
    complete: (declared, source, at) =>
      attempt((current) => current.complete(declared, source, at)),
    /** Stops watching files. */
    close: () => close(converter),
  };
}

function close(converter) {
  try {
    converter?.close();
  } catch {
    // It is given up.
  }
}
