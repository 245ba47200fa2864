/**
 * Where imports lead: first from the notebook's own folder, then from this repository, so that a notebook that stands
 * elsewhere finds gan-lib and what belongs to it.
 */
import { createRequire } from "node:module";
import { join } from "node:path";

const isBare = (name) => !/^(\.{0,2}\/|\.{1,2}$)/.test(name);

/**
 * Resolves the imports that the compiler meets. What one's own files import is looked up each time: a file or a package
 * that was missing may have come, and one that was there may be gone.
 *
 * @param {any} ts The TypeScript module.
 * @param {any} host The compiler's host, in which `resolveModuleNameLiterals`,
 *   `resolveTypeReferenceDirectiveReferences` and `hasInvalidatedResolutions` are set.
 * @param {any} options The compiler's options.
 * @param {string} root The repository.
 */
export function resolveAfresh(ts, host, options, root) {
  const cache = ts.createModuleResolutionCache(host.getCurrentDirectory(), (name) => name, options);
  const within = join(root, "notebooks", "imports.ts");
  const isOwn = (file) => !file.includes("/node_modules/") && !file.endsWith(".d.ts");
  const find = (name, file, mode) =>
    ts.resolveModuleName(
      name,
      file,
      options,
      host,
      isOwn(file) ? undefined : cache,
      undefined,
      mode,
    );
  host.hasInvalidatedResolutions = isOwn;
  host.resolveModuleNameLiterals = (literals, file, _redirected, _options, source) =>
    literals.map((literal) => {
      const mode = ts.getModeForUsageLocation(source, literal);
      const found = find(literal.text, file, mode);
      if (found.resolvedModule || !isBare(literal.text)) return found;
      return find(literal.text, within, mode);
    });
  // Left to the compiler, it would check each program once more only to watch where such references might lead.
  host.resolveTypeReferenceDirectiveReferences = (references, file, redirected, _options, source) =>
    references.map((reference) => {
      const isName = typeof reference === "string"; // a package of @types that nobody named
      const mode = isName
        ? undefined
        : ts.getModeForFileReference(reference, source?.impliedNodeFormat);
      const name = isName ? reference : reference.fileName.toLowerCase();
      return ts.resolveTypeReferenceDirective(
        name,
        file,
        options,
        host,
        redirected,
        undefined,
        mode,
      );
    });
}

/**
 * A `require` for the code of cells.
 *
 * @param {string} folder The notebook's folder.
 * @param {string} root The repository.
 * @returns {NodeJS.Require}
 */
export function requireFrom(folder, root) {
  const near = createRequire(join(folder, "cells.js"));
  const within = createRequire(join(root, "notebooks", "cells.js"));
  return new Proxy(near, {
    apply(target, self, [name]) {
      try {
        return Reflect.apply(target, self, [name]);
      } catch (error) {
        if (!isMissing(error, name) || !isBare(name)) throw error;
        return within(name);
      }
    },
  });
}

/** Whether a module itself was not found, rather than one that it requires. */
function isMissing(error, name) {
  return error?.code === "MODULE_NOT_FOUND" && String(error.message).includes(`'${name}'`);
}
