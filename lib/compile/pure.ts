/** Functions of which it is known that they decide nothing in JavaScript that may change from call to call. */

const known = new WeakSet();

/** Says of a function, or of an object of functions, that what it does depends on its arguments' shapes alone. Returns it. */
export function pure<Value extends object>(value: Value): Value {
  known.add(value);
  return value;
}

/** Whether {@link pure} was said of a value. */
export function isPure(value: object): boolean {
  return known.has(value);
}
