/** What no graph can hold is an error that names the line, and what is freed is gone. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { compile, createRandom, nonSaturating, ready, tf, type StepOutput } from "gan-lib";
import { traceableBackend } from "gan-lib/dist/compile/native";
import { gameOf, images, stepOf } from "./steps";

before(ready);

/** Calls a compiled step, with one argument that is 1, until it throws. */
function callUntilItThrows(step: (x: tf.Tensor) => StepOutput): () => void {
  const fast = compile(step);
  return () => {
    for (let i = 0; i < 8; i++) tf.tidy(() => void fast(1));
  };
}

/** The end of an error that names a line of this file. */
const here = /compileErrors\.test\.[jt]s:\d+:\d+\)?\.$/;

const outside = tf.tensor1d([1, 2]);
const uploaded = tf.neg(outside);
const weight = tf.scalar(1).variable();
const snapshot = weight.clone();
const stream = createRandom(1);
let counter = 0;

const untraceable: [what: string, step: (x: tf.Tensor) => StepOutput, message: RegExp][] = [
  [
    "dataSync",
    (x) => tf.mul(x, tf.neg(x).dataSync()[0] as number),
    /reads the value of a tensor .* return the tensor and read it outside, at /,
  ],
  ["arraySync of a variable", (x) => tf.mul(x, weight.arraySync()), /reads the value/],
  ["arraySync of a draw", (x) => tf.mul(x, stream.normal([]).arraySync()), /reads the value/],
  ["data()", (x) => (void x.data().catch(() => undefined), x), /reads the value/],
  ["print", (x) => (x.print(), x), /reads the value/],
  [
    "a captured tensor",
    (x) => tf.mul(x, outside),
    /neither an argument, nor a variable, nor made inside .* make it a tf\.variable, at /,
  ],
  ["a captured result", (x) => tf.mul(x, uploaded), /neither an argument/],
  ["a captured clone of a variable", (x) => tf.mul(x, snapshot), /neither an argument/],
  ["a captured tensor that is returned", () => outside, /neither an argument/],
  [
    "tf.randomNormal",
    (x) => tf.mul(x, tf.randomNormal([2])),
    /random numbers in JavaScript .* gan-lib random stream/,
  ],
  ["dropout", (x) => tf.dropout(tf.reshape(x, [1]), 0.5), /random numbers in JavaScript/],
  [
    "tf.multinomial",
    (x) => tf.multinomial(tf.tensor1d([0.5, 0.5]), 2, 7).mul(tf.cast(x, "int32")),
    /kernel Multinomial, which draws random numbers/,
  ],
  [
    "a random number in JavaScript",
    (x) => tf.mul(x, stream.next()),
    /draws a plain number \(next\)/,
  ],
  ["a random seed", (x) => tf.mul(x, stream.seed()), /draws a plain number/],
  [
    "a number that changes",
    (x) => tf.mul(x, ++counter),
    /hold a number fixed that is another at every call \(\d+, then \d+\)/,
  ],
  [
    "a path that changes",
    (x) => (++counter % 2 === 0 ? tf.neg(x) : tf.exp(x)),
    /took another path/,
  ],
  [
    "a shape that depends on values",
    (x) => tf.unique(tf.reshape(x, [1])).values,
    /(kernel Unique.* shape that depends|reads the value)/,
  ],
];
for (const [what, step, message] of untraceable) {
  test(`${what} in a step is an error that names the line`, () => {
    assert.throws(callUntilItThrows(step), (error: Error) => {
      assert.match(error.message, message);
      assert.match(error.message, here);
      return error.name === "TraceError";
    });
    assert.equal(tf.engine().state.scopeStack.length, 0);
    assert.equal(Object.hasOwn(tf.backend(), "write"), false, "the backend is its own again");
  });
}

/** Everything that is replaced while a step is traced. */
function replaceable(): unknown[] {
  const methods = ["binding", "getInputTensorIds", "write", "readSync", "read"].map(
    (name) => [tf.backend(), name] as const,
  );
  const others = [
    [Math, "random"],
    [tf.AdamOptimizer.prototype, "applyGradients"],
    [tf.Optimizer.prototype, "incrementIterations"],
  ] as const;
  return [...methods, ...others].map(([owner, name]): unknown => Reflect.get(owner, name));
}

test("a trace puts back what it replaced, whether it ends or throws, and the next step can be traced", () => {
  const before = replaceable();
  assert.throws(callUntilItThrows((x) => tf.mul(x, outside)));
  replaceable().forEach((method, i) => assert.equal(method, before[i]));
  const fast = compile((x: tf.Tensor) => tf.mul(x, weight));
  for (let i = 0; i < 3; i++) fast(1).dispose();
  replaceable().forEach((method, i) => assert.equal(method, before[i]));
  assert.equal(fast.graphs(), 1);
});

test("a step ends at the line that no graph can hold", () => {
  let goneOn = false;
  const readsAndGoesOn = (x: tf.Tensor): tf.Tensor => {
    x.dataSync();
    goneOn = true;
    return x;
  };
  assert.throws(callUntilItThrows(readsAndGoesOn), /reads the value/);
  assert.equal(goneOn, false);
});

test("the line is the one of the mistake, not of the step's beginning", () => {
  const readsBack = (y: tf.Tensor): unknown => y.dataSync();
  const gradientOf = tf.grad((x: tf.Tensor) => (readsBack(x), tf.square(x)));
  assert.throws(
    callUntilItThrows((x) => gradientOf(tf.neg(x))),
    /at readsBack \(.*compileErrors\.test\.[jt]s:\d+:\d+\)/,
  );
});

test("what the step itself makes of numbers may be read, and may be held", () => {
  const fast = compile((x: tf.Tensor) => tf.mul(x, tf.tensor1d([1, 2]).arraySync()));
  for (let i = 0; i < 4; i++) assert.deepEqual([...fast(3).dataSync()], [3, 6]);
  assert.equal(fast.graphs(), 1);
});

test("a step that awaits, or returns something else, is an error", () => {
  assert.throws(
    callUntilItThrows((async () => Promise.resolve(undefined)) as unknown as () => undefined),
    /returned a promise; a step must run without awaiting/,
  );
  assert.throws(
    callUntilItThrows((() => ({ loss: 3 })) as unknown as () => undefined),
    /"loss" is number/,
  );
});

test("options and arguments that make no sense are named", () => {
  const step = (x: tf.Tensor): tf.Tensor => tf.neg(x);
  assert.throws(
    () => compile(step, { verify: 0.5 }),
    /verify must be a whole number of at least 0, got 0.5/,
  );
  assert.throws(() => compile(step, { tolerance: -1 }), /tolerance must be at least 0, got -1/);
  assert.throws(
    () => compile(step)("1" as unknown as number),
    /argument 1 must be a tensor or a number, got string/,
  );
  const gone = tf.scalar(1);
  gone.dispose();
  assert.throws(() => compile(step)(gone), /argument 1 is a tensor that was disposed/);
});

test("a step that cannot be traced runs as it is where that is asked for, and says once why", (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  const state = tf.scalar(0).variable();
  const fast = compile(
    (x: tf.Tensor) => (
      state.assign(tf.add(state, tf.mul(x, outside.dataSync()[0] as number))),
      state
    ),
    { untraceable: "run" },
  );
  for (let i = 1; i <= 4; i++) assert.equal(fast(1).dataSync()[0], i);
  assert.equal(warn.mock.callCount(), 1);
  assert.match(
    String(warn.mock.calls[0]?.arguments[0]),
    /reads the value of a tensor .*compileErrors.* runs as it is, more slowly/,
  );
});

test("a compiled step in a compiled step becomes part of it", () => {
  const inner = compile((x: tf.Tensor) => tf.neg(x));
  const outer = compile((x: tf.Tensor) => tf.add(inner(x), 1));
  for (let i = 0; i < 4; i++) assert.equal(outer(i).dataSync()[0], 1 - i);
  assert.deepEqual([inner.graphs(), outer.graphs()], [0, 1]);
});

test("disposing frees every graph; the step is gone, its variables stay", () => {
  const before = traceableBackend().binding.getNumOfSavedModels();
  const fast = compile((x: tf.Tensor) => tf.mul(x, weight));
  for (const size of [1, 2]) for (let i = 0; i < 3; i++) fast(tf.ones([size]));
  assert.equal(traceableBackend().binding.getNumOfSavedModels(), before + 2);
  fast.dispose();
  assert.equal(traceableBackend().binding.getNumOfSavedModels(), before);
  assert.throws(() => fast(1), /was disposed; compile the step anew/);
  assert.equal(weight.dataSync()[0], 1);
});

test("over 300 steps, tensors stay as many and memory stays about the same", () => {
  const fast = compile(
    stepOf(
      gameOf({ networks: "conv", objective: nonSaturating, optimizer: () => tf.train.adam(1e-3) }),
    ),
  );
  const source = images();
  const take = (steps: number): void => {
    for (let i = 0; i < steps; i++) tf.tidy(() => void fast(source.next().value));
  };
  take(50);
  const [tensors, native, resident] = [
    tf.memory().numTensors,
    traceableBackend().binding.getNumOfTensors(),
    process.memoryUsage().rss,
  ];
  take(300);
  assert.deepEqual(
    [tf.memory().numTensors, traceableBackend().binding.getNumOfTensors()],
    [tensors, native],
  );
  assert.ok(
    process.memoryUsage().rss - resident < 40e6,
    `grew by ${process.memoryUsage().rss - resident} bytes`,
  );
});
