import { sayNumber } from "./numbers";

/** Points in the plane. */
export type Points = readonly (readonly [number, number])[];

/** The ranges of both coordinates of many points. */
export interface Bounds {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/**
 * Checks points and finds the rectangle around them.
 *
 * @param what Names the points in the error, such as "scatter2d: real".
 * @throws Error when there is no point or a coordinate is not finite.
 */
export function boundsOf(what: string, points: Points): Bounds {
  if (points.length === 0) throw new Error(`${what} has no points; at least one is needed.`);
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  points.forEach(([x, y], index) => {
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new Error(`${what}: coordinates must be finite; point ${index} is [${x}, ${y}].`);
    [left, right, bottom, top] = [
      Math.min(left, x),
      Math.max(right, x),
      Math.min(bottom, y),
      Math.max(top, y),
    ];
  });
  return { x: [left, right], y: [bottom, top] };
}

/** At most so many points, at even steps through the list: the same list gives the same points. */
export function atMost(count: number, points: Points): Points {
  const step = Math.max(1, points.length / count);
  return Array.from(
    { length: Math.min(points.length, count) },
    (_, index) => points[Math.floor(index * step)]!,
  );
}

/** "x from -1 to 1 and y from 0 to 2". */
export function sayBounds({ x, y }: Bounds): string {
  return `x from ${sayNumber(x[0])} to ${sayNumber(x[1])} and y from ${sayNumber(y[0])} to ${sayNumber(y[1])}`;
}
