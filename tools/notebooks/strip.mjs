/** Takes out of a notebook what running it put in. */

/** What Jupyter's tools leave in a cell's metadata. */
const TRACES = ["execution", "collapsed", "ExecuteTime", "papermill"];

/** @returns {object} The notebook without outputs, execution counts and traces of a run; the argument stays as it is. */
export function stripNotebook(notebook) {
  const cells = notebook.cells.map((cell) => {
    const metadata = Object.fromEntries(
      Object.entries(cell.metadata ?? {}).filter(([key]) => !TRACES.includes(key)),
    );
    return cell.cell_type === "code"
      ? { ...cell, metadata, outputs: [], execution_count: null }
      : { ...cell, metadata };
  });
  return { ...notebook, cells };
}

/** @returns {string} The notebook's file, in the form in which Jupyter writes it. */
export function formatNotebook(notebook) {
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
