/** Whether the sides compute the same. */

/** Relative to the value, or absolute where it is below 1. */
const TOLERANCE = 1e-4;

/**
 * Compares the figures of the first step with gan-lib's, or with the first side's where gan-lib has none.
 * @param {{ name: string, error?: string, figures?: number[] }[]} measured
 * @returns {{ compared: number, worst: number, disagree: string[] }} how many were compared, the largest difference, and a
 *   sentence for each that is beyond 1e-4
 */
export function agreement(measured) {
  const sides = measured.flatMap(({ name, figures }) => (figures ? [{ name, figures }] : []));
  const ours = sides.find(({ name }) => name.startsWith("gan-")) ?? sides[0];
  const others = sides
    .filter((side) => side !== ours)
    .map((side) => ({ ...side, difference: largestDifference(side.figures, ours.figures) }));
  const disagree = others
    .filter(({ difference }) => !(difference <= TOLERANCE))
    .map(
      ({ name, figures, difference }) =>
        `${name}: the first step's figures are ${figures.join(", ")}, ${ours.name}'s ${ours.figures.join(", ")} (${difference.toExponential(1)} apart)`,
    );
  return {
    compared: others.length,
    worst: Math.max(0, ...others.map(({ difference }) => difference)),
    disagree,
  };
}

function largestDifference(values, expected) {
  if (values.length !== expected.length) return Infinity;
  return Math.max(
    ...values.map((value, i) => Math.abs(value - expected[i]) / Math.max(1, Math.abs(expected[i]))),
  );
}

/**
 * The distance of two gradients, relative to the length of the second.
 * @param {Float32Array} values
 * @param {Float32Array} expected
 * @returns {number} |values - expected| / |expected|; Infinity where they differ in size
 */
export function relativeDistance(values, expected) {
  if (values.length !== expected.length) return Infinity;
  const norm = (vector) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return norm(values.map((value, i) => value - expected[i])) / norm(expected);
}
