/** A graph's session holds the variables that it assigns, and nobody can tell. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { compile, nonSaturating, ready, tf } from "gan-lib";
import { traceableBackend } from "gan-lib/dist/compile/native";
import { gameOf, images, stepOf } from "./steps";

before(ready);

/** A variable to which a compiled step adds 1, after four steps. */
function counting(): { counter: tf.Variable; add: (() => undefined) & { dispose(): void } } {
  const counter = tf.tensor1d([0, 10]).variable(false);
  const add = compile((): undefined => {
    counter.assign(tf.add(counter, 1));
    return undefined;
  });
  for (let i = 0; i < 4; i++) add();
  return { counter, add };
}

const valuesOf = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];
const nativeTensors = (): number => traceableBackend().binding.getNumOfTensors();

test("values come to JavaScript when they are read, and are those of the last step", () => {
  const { counter, add } = counting();
  const unread = nativeTensors();
  assert.deepEqual(
    [valuesOf(counter), valuesOf(counter)],
    [
      [4, 14],
      [4, 14],
    ],
  );
  assert.equal(nativeTensors(), unread + 1);
  add();
  assert.equal(nativeTensors(), unread);
  assert.deepEqual(valuesOf(counter), [5, 15]);
});

test("a clone keeps the values of its time, whether or not they were read", () => {
  const { counter, add } = counting();
  const unread = counter.clone();
  add();
  const read = counter.clone();
  assert.deepEqual(valuesOf(read), [5, 15]);
  add();
  add();
  assert.deepEqual([unread, read, counter].map(valuesOf), [
    [4, 14],
    [5, 15],
    [7, 17],
  ]);
  tf.dispose([unread, read]);
  add();
  assert.deepEqual(valuesOf(counter), [8, 18]);
});

test("what is assigned outside is seen by the next step, every time", () => {
  const { counter, add } = counting();
  for (let i = 0; i < 3; i++) {
    tf.tidy(() => counter.assign(tf.mul(counter, 2)));
    const expected = valuesOf(counter).map((value) => value + 1);
    add();
    assert.deepEqual(valuesOf(counter), expected);
  }
});

test("a variable may be an argument of the step that assigns it", () => {
  const total = tf.scalar(1).variable(false);
  const double = compile((x: tf.Tensor): undefined => {
    total.assign(tf.add(total, x));
    return undefined;
  });
  for (let i = 0; i < 6; i++) double(total);
  assert.equal(total.dataSync()[0], 64);
});

test("variables that swap their values do so at every step", () => {
  const [a, b] = [tf.scalar(1).variable(false), tf.scalar(2).variable(false)];
  const swap = compile((): undefined => {
    const old = a.clone();
    a.assign(b.clone());
    b.assign(old);
    return undefined;
  });
  for (let i = 0; i < 5; i++) swap();
  assert.deepEqual([a.dataSync()[0], b.dataSync()[0]], [2, 1]);
});

test("a weight that decays after each of two updates by Adam is what the step says", () => {
  const run = (compiled: boolean): number[] => {
    const weight = tf.tensor1d([0.1, -0.1]).variable();
    const adam = tf.train.adam(0.05, 0.5);
    const step = (): undefined => {
      for (let i = 0; i < 2; i++) {
        adam.minimize(() => tf.sum(tf.square(tf.sub(weight, [1, -0.02]))), false, [weight]);
        weight.assign(tf.mul(weight, 0.9));
      }
      return undefined;
    };
    const take = compiled ? compile(step) : step;
    for (let i = 0; i < 8; i++) tf.tidy(take);
    return valuesOf(weight);
  };
  const [compiled, eager] = [run(true), run(false)];
  compiled.forEach((value, i) =>
    assert.ok(Math.abs(value - (eager[i] as number)) < 1e-5, `${value} is not ${eager[i]}`),
  );
});

test("when the step or a variable is disposed, the others keep their values", () => {
  const { counter, add } = counting();
  add.dispose();
  assert.deepEqual(valuesOf(counter), [4, 14]);
  const other = counting();
  other.counter.dispose();
  other.add.dispose();
});

test("steps that are disposed and made anew leave no tensors behind", () => {
  const game = gameOf({
    networks: "mlp",
    objective: nonSaturating,
    optimizer: () => tf.train.adam(1e-3),
  });
  const source = images();
  const round = (): number[] => {
    const fast = compile(stepOf(game));
    for (let i = 0; i < 5; i++) tf.tidy(() => void fast(source.next().value));
    fast.dispose();
    return [
      tf.memory().numTensors,
      tf.memory().numDataBuffers,
      nativeTensors(),
      traceableBackend().binding.getNumOfSavedModels(),
    ];
  };
  round();
  const after = round();
  assert.deepEqual(round(), after);
});
