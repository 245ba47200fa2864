/** Functions of which it is known that they decide nothing in JavaScript that may change from call to call. */

/** The numbers by which each was made. */
const known = new WeakMap<object, Readonly<Record<string, number>>>();

/**
 * Says of a function, or of an object of functions, that what it does depends on its arguments' shapes alone. Returns it.
 *
 * @param settings The numbers by which it was made, such as a weight.
 */
export function pure<Value extends object>(
  value: Value,
  settings: Readonly<Record<string, number>> = {},
): Value {
  known.set(value, settings);
  return value;
}

/** Whether {@link pure} was said of a value. */
export function isPure(value: object): boolean {
  return known.has(value);
}

/** The numbers by which a value was made, as far as {@link pure} was told them. */
export function settingsOf(value: object): Readonly<Record<string, number>> {
  return known.get(value) ?? {};
}
