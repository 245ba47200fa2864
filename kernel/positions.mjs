/** Jupyter counts a cursor's position in characters of Unicode, JavaScript in units of 16 bits: 😀 is one there and two here. */

/** @param {string} code @param {number} position Jupyter's. @returns {number} JavaScript's. */
export function fromJupyter(code, position) {
  return [...code].slice(0, position).join("").length;
}

/** @param {string} code @param {number} position JavaScript's. @returns {number} Jupyter's. */
export function toJupyter(code, position) {
  return [...code.slice(0, position)].length;
}
