/** Text of others, such as a file's name, as it may be printed. */

/** What steers a terminal or turns the direction of text; not the end of a line, nor what joins letters and emoji. */
const STEERING = /[^\P{C}\n\u200c\u200d]|[\u2028\u2029]/gu;

/**
 * A text whose steering characters are written out: an escape becomes "\u{1b}".
 * @param {string} text
 * @returns {string}
 */
export function printable(text) {
  return text.replace(
    STEERING,
    (char) => `\\u{${/** @type {number} */ (char.codePointAt(0)).toString(16)}}`,
  );
}
