/**
 * A count from the command line.
 *
 * @param {string} name The option's, without its hyphens.
 * @param {string} text What was given.
 * @returns {number}
 * @throws {Error} when it is no whole number of at least 1.
 */
export function readCount(name, text) {
  if (!/^[1-9]\d*$/.test(text))
    throw new Error(`--${name} is "${text}"; give a whole number of at least 1.`);
  return Number(text);
}
