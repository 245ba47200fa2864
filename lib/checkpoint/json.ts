/** Plain JSON. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Where a value is not plain JSON, and what is there, such as `.loss is NaN`; undefined where all of it is. */
export function notJson(value: unknown, place = ""): string | undefined {
  if (value === null || typeof value === "boolean" || typeof value === "string") return undefined;
  if (typeof value === "number")
    return Number.isFinite(value) ? undefined : `${place} is ${String(value)}`;
  if (Array.isArray(value)) return firstWrong(value.entries(), place);
  const kind = Object.prototype.toString.call(value);
  return kind === "[object Object]"
    ? firstWrong(Object.entries(value as object), place)
    : `${place} is ${kind}`;
}

function firstWrong(
  entries: Iterable<[string | number, unknown]>,
  place: string,
): string | undefined {
  for (const [key, value] of entries) {
    const wrong = notJson(value, `${place}.${key}`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
