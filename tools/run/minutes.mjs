/** Where the time of a run went, in one line. */

/**
 * @param {Record<string, number>} seconds By step.
 * @param {number} whole Seconds from the start to the end.
 * @returns {string} The steps by their minutes, the longest first. Steps that ran side by side each count in full.
 */
export function describeMinutes(seconds, whole) {
  const minutes = (value) => (value / 60).toFixed(1);
  const parts = Object.entries(seconds)
    .sort(([, a], [, b]) => b - a)
    .map(([name, value]) => `${name} ${minutes(value)}`);
  return `${minutes(whole)} minutes, some side by side: ${parts.join(", ")}`;
}
