import { randomUUID } from "node:crypto";
import path from "node:path";
import { toMimeBundle, type MimeBundle } from "./mime";

type WriteDisplayData = (
  content: MimeBundle & { transient: { display_id?: string } },
  update: boolean,
) => void;

const TSLAB_JUPYTER = path.join("tslab", "dist", "jupyter.js");

/**
 * The running kernel's way to publish display data; undefined outside Jupyter. It is looked up among the loaded
 * modules, because a kernel started from another installation of tslab is not the copy that `require` would find.
 */
function kernelWriter(): WriteDisplayData | undefined {
  // by the cache's keys: what a loader put there need not have a file name of its own
  const loaded = Object.entries(require.cache)
    .filter(([file]) => file.endsWith(TSLAB_JUPYTER))
    .map(([, module]) => module);
  const writers = loaded.map(
    (module) =>
      (module?.exports as { lastWriteDisplayData?: WriteDisplayData | null }).lastWriteDisplayData,
  );
  return writers.find((writer) => typeof writer === "function") ?? undefined;
}

/** Sends a bundle to the page; outside Jupyter its text is printed to standard output. */
export function publish(bundle: MimeBundle, displayId?: string, update = false): void {
  const write = kernelWriter();
  if (write === undefined) {
    process.stdout.write(`${String(bundle.data["text/plain"])}\n`);
    return;
  }
  write({ ...bundle, transient: displayId === undefined ? {} : { display_id: displayId } }, update);
}

/** A string that is displayed is meant to be read: it has no quotes, unlike the value of a cell. */
async function bundleOf(value: unknown, options: { readonly alt?: string }): Promise<MimeBundle> {
  return typeof value === "string"
    ? { data: { "text/plain": value }, metadata: {} }
    : await toMimeBundle(value, options);
}

/**
 * Shows HTML below the cell, at once.
 *
 * @param html Markup; the caller escapes what comes from data, with `escapeHtml`.
 * @param text What is shown where HTML is not.
 */
export function showHtml(html: string, text: string): void {
  publish({ data: { "text/html": html, "text/plain": text }, metadata: {} });
}

/**
 * Shows a value below the cell: a string as it is, and tables, charts, pictures, tensors and text as `toMimeBundle` knows them.
 * Outside Jupyter its text is printed to standard output.
 *
 * @param options.alt Alternative text for a picture or chart, in place of its own description.
 * @throws Error when a chart's specification is not valid, or when the value's own display method throws.
 */
export async function display(
  value: unknown,
  options: { readonly alt?: string } = {},
): Promise<void> {
  publish(await bundleOf(value, options));
}

/** An output of a cell that is replaced in place. */
export interface LiveDisplay {
  /** Shows a value where the last one was; the first one appears below the cell. */
  update(value: unknown, options?: { readonly alt?: string }): Promise<void>;
}

/** Makes an output that each `update` replaces in place; nothing is shown before the first one. */
export function createDisplay(): LiveDisplay {
  const displayId = randomUUID();
  let shown = false;
  return {
    async update(value, options = {}) {
      const bundle = await bundleOf(value, options);
      publish(bundle, displayId, shown);
      shown = true;
    },
  };
}
