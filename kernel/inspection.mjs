/** Where a person asks what a function takes: mostly inside the parentheses of its call. */

/**
 * The position of the name of the function whose call surrounds a position.
 *
 * @param {string} code
 * @param {number} position
 * @returns {number | undefined} Inside the name; undefined where no call surrounds it.
 */
export function calleeBefore(code, position) {
  let open = 0;
  for (let at = position - 1; at >= 0; at--) {
    if (")]}".includes(code[at])) open += 1;
    if (!"([{".includes(code[at])) continue;
    if (open > 0) open -= 1;
    else if (code[at] === "(") {
      const name = /[\w$]+\s*$/.exec(code.slice(0, at));
      if (name) return name.index;
    }
  }
  return undefined;
}
