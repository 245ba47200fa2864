/** What cells print and display goes to the cell that did it, also when that cell is long done. */

/**
 * Sends standard output, standard error and `tslab.display` to the cell that the calling code belongs to.
 *
 * @param {import("./executions.mjs").Executions} executions
 * @param {ReturnType<import("./tslab.mjs").loadTslab>} tslab
 * @returns {(error: unknown) => void} Writes to the process's own standard error, for faults of the kernel itself.
 */
export function redirectOutput(executions, tslab) {
  let latest = () => {};
  const publish = (type, content) => {
    latest = executions.current?.publish ?? latest;
    latest(type, content);
  };
  const complain = process.stderr.write.bind(process.stderr);
  for (const name of ["stdout", "stderr"]) {
    process[name].write = (chunk, encoding, callback) => {
      const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      publish("stream", { name, text });
      const done = typeof encoding === "function" ? encoding : callback;
      if (done) process.nextTick(done);
      return true;
    };
  }
  tslab.onDisplay((content, update) =>
    publish(update ? "update_display_data" : "display_data", content),
  );
  return (error) => complain(`[kernel] ${error instanceof Error ? error.stack : error}\n`);
}
