import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "gan-lib";

test("the same seed gives the same bits, another seed does not", async () => {
  const draw = (seed: number) => createRandom(seed).normal([64]).data();
  assert.deepEqual(await draw(7), await draw(7));
  assert.notDeepEqual(await draw(7), await draw(8));
});

test("the bits are pinned, so that a recorded figure stays reproducible", () => {
  const random = createRandom(0);
  assert.deepEqual(
    [random.integer(1000), random.integer(1000), random.integer(1000)],
    [697, 204, 936],
  );
});

test("a restored stream goes on where it was written down", () => {
  const random = createRandom(3).split("latent");
  random.next();
  const state = JSON.parse(JSON.stringify(random.state())) as ReturnType<typeof random.state>;
  const expected = [random.next(), random.next()];
  const other = createRandom(3).split("latent");
  other.restore(state);
  assert.deepEqual([other.next(), other.next()], expected);
});

test("a state of another stream is refused by name", () => {
  assert.throws(
    () => createRandom(1).restore(createRandom(2).state()),
    /this stream is "1", the state is of "2"/,
  );
});

test("a split depends on the name, not on what was drawn before", () => {
  const fresh = createRandom(5);
  const used = createRandom(5);
  used.next();
  assert.equal(used.split("a").next(), fresh.split("a").next());
  assert.notEqual(fresh.split("a").next(), fresh.split("b").next());
});

test("a slash within a name parts no names", () => {
  const random = createRandom(5);
  const first = (...names: string[]): number =>
    names.reduce((stream, name) => stream.split(name), random).next();
  const drawn = [first("a/b"), first("a", "b"), first("a%2Fb"), first("a%2fb"), first("a%252Fb")];
  assert.equal(new Set(drawn).size, drawn.length);
  assert.equal(random.split("a b").split("c").state().origin, "5/a b/c"); // others stay as they are
});

test("uniform stays below its upper bound in float32, where rounding reaches it", () => {
  for (const [min, max] of [
    [-3, -2.9999998],
    [-1, 0],
    [16_777_215, 16_777_216],
    [0, 0.1],
  ] as const) {
    const some = createRandom(2).uniform([100_000], min, max).dataSync();
    assert.ok(some.every((value) => value < max));
  }
  assert.deepEqual([...createRandom(1).uniform([2], 3, 3).dataSync()], [3, 3]);
});

test("uniform stays at or above its lower bound in float32, where rounding falls below it", () => {
  for (const [min, max] of [
    [0.7, 0.7000002],
    [-0.3, -0.2999999],
    [16_777_217, 16_777_230],
  ] as const) {
    const some = createRandom(4).uniform([100_000], min, max).dataSync();
    assert.ok(some.every((value) => value >= min && value < max));
  }
});

test("normal and uniform have their moments", () => {
  const random = createRandom(11);
  const normal = random.normal([100_001], 2, 3).dataSync();
  const uniform = random.uniform([100_000], -1, 3).dataSync();
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;
  const m = mean(normal);
  assert.ok(Math.abs(m - 2) < 0.05, `mean ${m}`);
  const sd = Math.sqrt(mean(Array.from(normal, (v) => (v - m) ** 2)));
  assert.ok(Math.abs(sd - 3) < 0.05, `standard deviation ${sd}`);
  assert.ok(Math.abs(mean(uniform) - 1) < 0.02);
  assert.ok(uniform.every((v) => v >= -1 && v < 3));
});

test("shuffledIndices is a permutation, and every place is reached by every index", () => {
  const random = createRandom(2);
  const seen = Array.from({ length: 4 }, () => new Set<number>());
  for (let i = 0; i < 200; i++) {
    const order = random.shuffledIndices(4);
    assert.deepEqual([...order].sort(), [0, 1, 2, 3]);
    order.forEach((index, place) => seen[place]?.add(index));
  }
  assert.deepEqual(
    seen.map((set) => set.size),
    [4, 4, 4, 4],
  );
});

test("0 is a seed like any other for us, and never handed to tf.js, where it is none", () => {
  const random = createRandom(0);
  for (let i = 0; i < 1000; i++) assert.ok(random.seed() >= 1);
  assert.throws(() => createRandom(0.5), /whole number, got 0.5/);
  assert.throws(() => random.integer(0), /at least 1, got 0/);
});
