/** What has been run in this kernel, as `history_request` asks for it. */

/** So many inputs are kept. */
const most = 10_000;

export class History {
  /** @type {[session: number, line: number, source: string][]} */
  #inputs = [];

  /** @param {number} line The execution count. @param {string} source */
  add(line, source) {
    this.#inputs.push([0, line, source]);
    if (this.#inputs.length > most) this.#inputs.shift();
  }

  /**
   * @param {{ hist_access_type?: string, n?: number, pattern?: string, unique?: boolean, start?: number, stop?: number,
   *   output?: boolean }} request
   * @returns {unknown[][]} The inputs asked for, oldest first; where outputs are asked for too, without any.
   */
  answer({ hist_access_type: type, n, pattern, unique, start = 1, stop = Infinity, output }) {
    const found = this.#inputs.filter(([, line, source]) => {
      if (type === "range") return line >= start && line < (stop ?? Infinity);
      return type !== "search" || globOf(pattern ?? "*").test(source);
    });
    const last = new Map(found.map((input) => [input[2], input]));
    const listed = unique ? [...last.values()] : found;
    const shown = type === "range" || n === undefined || n === null ? listed : listed.slice(-n);
    return output ? shown.map(([session, line, source]) => [session, line, [source, null]]) : shown;
  }
}

/** A pattern in which * stands for any text and ? for any character. */
function globOf(pattern) {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`);
}
