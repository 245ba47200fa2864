/** A compiled step is the step: the same bits, the same state, whatever happens between its calls. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { compile, createRandom, minimax, nonSaturating, ready, tf } from "gan-lib";
import { assertSame, bitsOf, gameOf, images, stateOf, stepOf, type GameOptions } from "./steps";

before(ready);

/** Adam is one kernel in a graph and some twelve in tf.js, and of convolutional games TensorFlow rounds some products otherwise. */
const FUSED = 1e-4;

const optimizers = { adam: () => tf.train.adam(1e-2, 0.5), sgd: () => tf.train.sgd(1e-1) };
const usual: GameOptions = {
  networks: "mlp",
  objective: nonSaturating,
  optimizer: optimizers.adam,
};

/** Plays a game for some steps, eagerly or compiled; `between` may meddle after each. */
function play(
  options: GameOptions,
  {
    compiled,
    steps,
    between,
  }: {
    compiled: boolean;
    steps: number;
    between?: (game: ReturnType<typeof gameOf>, step: number) => void;
  },
) {
  const game = gameOf(options);
  const step = stepOf(game);
  const fast = compile(step);
  const source = images();
  const results: string[][] = [];
  for (let i = 1; i <= steps; i++) {
    tf.tidy(() =>
      results.push(bitsOf(Object.values((compiled ? fast : step)(source.next().value)))),
    );
    between?.(game, i);
  }
  const graphs = fast.graphs();
  fast.dispose();
  return { game, results, graphs };
}

interface Run {
  readonly steps: number;
  readonly between?: (game: ReturnType<typeof gameOf>, step: number) => void;
  readonly graphs?: number;
  readonly tolerance?: number;
}

async function assertSameRun(
  options: GameOptions,
  { tolerance = FUSED, ...run }: Run,
): Promise<void> {
  const eager = play(options, { ...run, compiled: false });
  const compiled = play(options, { ...run, compiled: true });
  assertSame(compiled.results, eager.results, tolerance);
  assertSame(await stateOf(compiled.game), await stateOf(eager.game), tolerance);
  assert.equal(compiled.graphs, run.graphs ?? 1);
}

for (const networks of ["mlp", "conv"] as const) {
  for (const objective of [minimax, nonSaturating]) {
    for (const [name, optimizer] of Object.entries(optimizers)) {
      const tolerance = networks === "mlp" && name === "sgd" ? 0 : FUSED;
      test(`50 steps compiled are 50 steps eager, ${tolerance === 0 ? "bit for bit" : `to ${tolerance}`}: ${networks}, ${objective.name}, ${name}`, async () => {
        await assertSameRun({ networks, objective, optimizer }, { steps: 50, tolerance });
      });
    }
  }
}

/** TensorFlow makes x / sqrt(y) of some to x * rsqrt(y), which rounds otherwise. */
const others: [name: string, optimizer: () => tf.Optimizer, tolerance: number][] = [
  ["adamax", () => tf.train.adamax(1e-2), 0],
  ["rmsprop", () => tf.train.rmsprop(1e-2, 0.9, 0.5), 1e-6],
  ["momentum", () => tf.train.momentum(1e-2, 0.9, true), 0],
  ["adagrad", () => tf.train.adagrad(1e-2), 1e-6],
  ["adadelta", () => tf.train.adadelta(1e-1), 1e-6],
];
for (const [name, optimizer, tolerance] of others) {
  test(`${name} compiled is ${name} eager, ${tolerance === 0 ? "bit for bit" : `to ${tolerance}`}`, () => {
    const weights = [true, false].map((compiled) => {
      const { generator, discriminator } = play(
        { ...usual, optimizer },
        { steps: 10, compiled },
      ).game;
      return [generator, discriminator].flatMap((model) =>
        model.getWeights().flatMap((weight) => [...weight.dataSync()]),
      );
    }) as [number[], number[]];
    const furthest = Math.max(
      ...weights[0].map((value, i) => Math.abs(value - (weights[1][i] as number))),
    );
    assert.ok(furthest <= tolerance, `off by ${furthest}`);
  });
}

test("weights that are changed between calls are seen by the next call", () =>
  assertSameRun(usual, {
    steps: 8,
    between: ({ discriminator, generator }) =>
      tf.tidy(() => {
        discriminator.setWeights(
          discriminator.getWeights().map((weight) => tf.clipByValue(weight, -0.1, 0.1)),
        );
        generator.setWeights(generator.getWeights().map((weight) => tf.mul(weight, 0.9)));
      }),
  }));

test("a learning rate that is changed between calls is fed, without a new graph", async () => {
  const halve = (optimizer: tf.Optimizer): void => {
    const rated = optimizer as unknown as {
      learningRate: number;
      setLearningRate?: (rate: number) => void;
    };
    if (rated.setLearningRate === undefined) rated.learningRate /= 2;
    else rated.setLearningRate(rated.learningRate / 2);
  };
  for (const optimizer of Object.values(optimizers)) {
    const between = (game: ReturnType<typeof gameOf>): void =>
      [game.generatorOptimizer, game.discriminatorOptimizer].forEach(halve);
    await assertSameRun({ ...usual, optimizer }, { steps: 10, between });
  }
});

test("another constant of an optimizer makes a new graph", () =>
  assertSameRun(usual, {
    steps: 10,
    between: ({ generatorOptimizer }, step) => {
      if (step === 6) (generatorOptimizer as unknown as { beta1: number }).beta1 = 0.9;
    },
    graphs: 2,
  }));

test("an optimizer's new slots, as setWeights makes them, are the ones that are used", async () => {
  const restart = (compiled: boolean) => async (): Promise<unknown> => {
    const game = gameOf(usual);
    const fast = compile(stepOf(game));
    const source = images();
    const step = compiled ? fast : stepOf(game);
    for (let i = 0; i < 10; i++) {
      tf.tidy(() => void step(source.next().value));
      if (i === 5)
        await game.generatorOptimizer.setWeights(
          (await game.generatorOptimizer.getWeights()).map((slot) => ({
            ...slot,
            tensor: tf.mul(slot.tensor, 0.5).cast(slot.tensor.dtype),
          })),
        );
    }
    fast.dispose();
    return stateOf(game);
  };
  assertSame(await restart(true)(), await restart(false)(), FUSED);
});

test("a compiled run is the same bits when it is run again", async () => {
  for (const networks of ["mlp", "conv"] as const) {
    const [first, second] = [0, 1].map(() =>
      play({ ...usual, networks }, { steps: 30, compiled: true }),
    ) as [ReturnType<typeof play>, ReturnType<typeof play>];
    assert.deepEqual(first.results, second.results);
    assert.deepEqual(await stateOf(first.game), await stateOf(second.game));
  }
});

test("two compiled steps share variables", () => {
  const counter = tf.scalar(0).variable(false);
  const change = (to: () => tf.Scalar) => compile((): tf.Tensor => (counter.assign(to()), counter));
  const add = change(() => tf.add(counter, 1));
  const double = change(() => tf.mul(counter, 2));
  let expected = 0;
  for (let i = 0; i < 5; i++) {
    expected = (expected + 1) * 2;
    tf.dispose([add(), double()]);
    assert.equal(counter.dataSync()[0], expected);
  }
});

test("variables that share their values when the step is traced are still two variables", () => {
  const weight = tf.scalar(1).variable();
  const average = weight.clone().variable(false);
  const fast = compile(() => {
    weight.assign(tf.add(weight, 1));
    average.assign(tf.add(tf.mul(average, 0.5), tf.mul(weight, 0.5)));
    return undefined;
  });
  let expected = 1;
  for (let i = 2; i < 8; i++) {
    fast();
    expected = 0.5 * expected + 0.5 * i;
    assert.deepEqual([weight.dataSync()[0], average.dataSync()[0]], [i, expected]);
    if (i === 2) average.assign(weight);
    if (i === 2) expected = 2;
  }
  fast.dispose();
});

test("numbers are arguments too, and results may be a tensor, a list, a record or nothing", () => {
  const scale = compile((x: tf.Tensor, by: tf.Tensor) => tf.mul(x, by));
  const list = compile((x: tf.Tensor) => [x, tf.neg(x)]);
  for (let i = 0; i < 5; i++) {
    assert.deepEqual([...scale(tf.tensor1d([1, 2]), i).dataSync()], [i, 2 * i]);
    assert.deepEqual(
      list(i).map((tensor) => tensor.dataSync()[0]),
      [i, i === 0 ? -0 : -i],
    );
  }
  assert.equal(scale.graphs(), 1);
});

test("other shapes and types make other graphs, and often is said once", (t) => {
  const warn = t.mock.method(console, "warn", () => undefined);
  const fast = compile((x: tf.Tensor) => tf.sum(x));
  for (let size = 1; size <= 7; size++) {
    for (let call = 0; call < 3; call++) assert.equal(fast(tf.ones([size])).dataSync()[0], size);
  }
  assert.equal(fast.graphs(), 7);
  assert.equal(warn.mock.callCount(), 1);
  assert.match(
    String(warn.mock.calls[0]?.arguments[0]),
    /6 graphs were made of one step, for arguments float32\[1\]; .*same shapes/,
  );
});

test("random draws are drawn anew at every call, also those that the step does not use", () => {
  const [eager, compiled] = [createRandom(9), createRandom(9)];
  const step = (random: typeof eager) => () => {
    random.normal([2]);
    return tf.add(random.normal([3], 1, 2), random.uniform([3], -1, 1));
  };
  const fast = compile(step(compiled));
  for (let i = 0; i < 6; i++) assert.deepEqual(bitsOf([fast()]), bitsOf([step(eager)()]));
  assert.deepEqual(compiled.state(), eager.state());
});

test("verify finds a step that depends on a JavaScript variable, and passes one that does not", () => {
  let factor = 2;
  const fast = compile((x: tf.Tensor) => tf.mul(x, factor), { verify: 3 });
  for (let i = 0; i < 3; i++) fast(1).dispose();
  factor = 3;
  assert.throws(
    () => fast(1),
    /another result 0 than the step itself: off by 0\.333.*pass it as an argument/,
  );
});

test("a verified run is the run: what the comparison changed is put back", async () => {
  const [verified, eager] = [gameOf(usual), gameOf(usual)];
  const fast = compile(stepOf(verified), { verify: 3 });
  const [source, same] = [images(), images()];
  for (let i = 0; i < 8; i++)
    tf.tidy(() =>
      [fast(source.next().value), stepOf(eager)(same.next().value)].flatMap((result) =>
        Object.values(result),
      ),
    );
  assertSame(await stateOf(verified), await stateOf(eager), FUSED);
  assert.equal(verified.generatorOptimizer.iterations, 8);
});

test("tf.expandDims, whose type tf.js leaves to the eager runtime, is compiled for every type", () => {
  for (const dtype of ["float32", "int32", "bool"] as const) {
    const step = compile((x: tf.Tensor) => tf.expandDims(x, 1));
    const x = tf.tensor1d([1, 0, 1], dtype);
    const results = Array.from({ length: 4 }, () => step(x));
    assert.equal(step.graphs(), 1);
    for (const result of results)
      assert.deepEqual(
        [result.shape, result.dtype, [...result.dataSync()]],
        [[3, 1], dtype, [1, 0, 1]],
      );
    step.dispose();
  }
});
