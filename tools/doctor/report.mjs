/** How the doctor's findings are printed. */

/**
 * @typedef {object} Finding
 * @property {"ok" | "missing" | "note"} state missing: something needed is not there; note: it may be so
 * @property {string} title
 * @property {string} detail what was found
 * @property {string} [mend] the command that mends it
 */

/**
 * @param {Record<string, Finding[]>} sections findings by heading
 * @returns {string} plain text, for people and for a bug report
 */
export function formatReport(sections) {
  const width = Math.max(
    ...Object.values(sections)
      .flat()
      .map(({ title }) => title.length),
  );
  const line = (/** @type {Finding} */ { state, title, detail, mend }) =>
    `  ${state.padEnd(7)}  ${title.padEnd(width)}  ${detail.split("\n")[0]}${mend === undefined ? "" : `  ->  ${mend}`}`;
  return Object.entries(sections)
    .map(([heading, findings]) => [heading, ...findings.map(line)].join("\n"))
    .join("\n");
}

/**
 * @param {Record<string, Finding[]>} sections
 * @returns {number} how many findings say that something needed is missing
 */
export const countMissing = (sections) =>
  Object.values(sections)
    .flat()
    .filter(({ state }) => state === "missing").length;

/**
 * A finding that is good or bad.
 * @param {boolean} good
 * @param {string} title
 * @param {string} detail
 * @param {string} mend said when it is not good
 * @returns {Finding}
 */
export const finding = (good, title, detail, mend) =>
  good ? { state: "ok", title, detail } : { state: "missing", title, detail, mend };

/**
 * A finding that is neither.
 * @param {string} title
 * @param {string} detail
 * @returns {Finding}
 */
export const note = (title, detail) => ({ state: "note", title, detail });
