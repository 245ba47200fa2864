import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createRandom, kernelDistance, ready, type Rows } from "gan-lib";
import { correlated, pairsOfSets, runReference, skip } from "./reference";

before(ready);

test("by hand, in one dimension", () => {
  // Kernel (xy + 1)^3. A = {0, 1}: the pair gives 1, twice. B = {1, 2}: 27, twice. Across: 1, 1, 8, 27, mean 9.25.
  const { value, standardError, blocks } = kernelDistance(
    { data: [0, 1], shape: [2, 1] },
    { data: [1, 2], shape: [2, 1] },
  );
  assert.ok(Math.abs(value - (1 + 27 - 2 * 9.25)) < 1e-12, String(value));
  assert.equal(blocks, 1);
  assert.ok(Number.isNaN(standardError));
});

test("equal distributions are at 0 within the error, others are far beyond it", () => {
  const sets = [1, 2].map((seed) => correlated(createRandom(seed), 2000, 8)) as [Rows, Rows];
  const equal = kernelDistance(...sets, { blockSize: 200 });
  assert.equal(equal.blocks, 10);
  assert.ok(Math.abs(equal.value) < 4 * equal.standardError, JSON.stringify(equal));
  const other = kernelDistance(sets[0], correlated(createRandom(3), 2000, 8, 1.3), {
    blockSize: 200,
  });
  assert.ok(other.value > 6 * other.standardError, JSON.stringify(other));
});

test("it has no bias: small samples give the same on average, as the Fréchet distance does not", () => {
  const random = createRandom(5);
  const estimates = Array.from(
    { length: 300 },
    () => kernelDistance(correlated(random, 10, 4), correlated(random, 10, 4)).value,
  );
  const mean = estimates.reduce((sum, v) => sum + v, 0) / estimates.length;
  const deviation = Math.sqrt(
    estimates.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (estimates.length - 1),
  );
  assert.ok(
    Math.abs(mean) < (4 * deviation) / Math.sqrt(estimates.length),
    `${mean} of deviation ${deviation}`,
  );
});

test("the error that it gives is the spread that repeats have", () => {
  const random = createRandom(6);
  const repeats = Array.from({ length: 150 }, () =>
    kernelDistance(correlated(random, 200, 3), correlated(random, 200, 3, 1, 0.3), {
      blockSize: 20,
    }),
  );
  const mean = repeats.reduce((sum, { value }) => sum + value, 0) / repeats.length;
  const spread = Math.sqrt(
    repeats.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (repeats.length - 1),
  );
  const said = Math.sqrt(
    repeats.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / repeats.length,
  );
  assert.ok(Math.abs(said / spread - 1) < 0.2, `said ${said}, found ${spread}`); // the spread of 150 is known to 6 %
});

test("of two Gaussians it is the weighted difference of their first three moments", () => {
  // In one dimension (xy + 1)^3 = x³y³ + 3 x²y² + 3 xy + 1, so the distance is Δm3² + 3 Δm2² + 3 Δm1². N(0, 1) has the moments 0, 1, 0; N(1, 1) has 1, 2, 4.
  const { value, standardError } = kernelDistance(
    correlated(createRandom(7), 8000, 1),
    correlated(createRandom(8), 8000, 1, 1, 1),
    { blockSize: 100 },
  );
  assert.ok(Math.abs(value - (16 + 3 + 3)) < 4 * standardError, `${value} ± ${standardError}`);
  assert.ok(standardError < 2);
});

test("the seed decides the blocks", () => {
  const [a, b] = [correlated(createRandom(1), 40, 3), correlated(createRandom(2), 40, 3)];
  const at = (seed: number): number => kernelDistance(a, b, { blockSize: 10, seed }).value;
  assert.equal(at(1), at(1));
  assert.notEqual(at(1), at(2));
});

test("what cannot be compared is refused", () => {
  const a = correlated(createRandom(1), 10, 3);
  assert.throws(
    () => kernelDistance(a, correlated(createRandom(1), 10, 2)),
    /same dimension, got 3 and 2/,
  );
  assert.throws(
    () => kernelDistance(a, a, { blockSize: 11 }),
    /from 2 samples to 10, the size of the smaller set, got 11/,
  );
  assert.throws(
    () => kernelDistance(a, { data: [1, 2, 3], shape: [1, 3] }),
    /from 2 samples to 1.*got 1/,
  );
  assert.throws(() => kernelDistance(a, { data: [1, NaN, 3], shape: [1, 3] }), /finite/);
});

const REFERENCE = `
def reference(a, b):
    n = min(len(a), len(b))
    a, b = a[:n], b[:n]
    k = lambda x, y: (x @ y.T / x.shape[1] + 1) ** 3
    off = lambda m: (m.sum() - np.trace(m)) / (n * (n - 1))
    return float(off(k(a, a)) + off(k(b, b)) - 2 * k(a, b).mean())
`;

test("one block of all samples agrees with numpy to 1e-9", { skip }, () => {
  const first = ({ data, shape: [, dimensions] }: Rows, size: number): Rows => ({
    data: Array.from(data).slice(0, size * dimensions),
    shape: [size, dimensions],
  });
  const pairs = pairsOfSets(createRandom(12)).map(([a, b]): [Rows, Rows] => {
    const size = Math.min(a.shape[0], b.shape[0]);
    return [first(a, size), first(b, size)];
  });
  const wanted = runReference<number>(REFERENCE, pairs);
  pairs.forEach(([a, b], i) => {
    const { value } = kernelDistance(a, b);
    assert.ok(
      Math.abs(value - (wanted[i] ?? NaN)) < 1e-9 * Math.max(1, Math.abs(value)),
      `pair ${i}: ${value}, numpy ${wanted[i]}`,
    );
  });
});
