/**
 * The Kullback-Leibler divergence of counted shares from equal shares, in nats: 0 (equal) … log K (all in one of K places).
 *
 * @param counts [K], not all 0.
 */
export function klToUniform(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts
    .filter((count) => count > 0)
    .reduce((sum, count) => sum + (count / total) * Math.log((count / total) * counts.length), 0);
}
