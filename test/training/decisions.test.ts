/** What JavaScript decides in the course of a run is followed, as without compiling, or refused: never silently another run. */
import assert from "node:assert/strict";
import { before, test, type TestContext } from "node:test";
import {
  alternating,
  compile,
  nonSaturating,
  r1,
  ready,
  tf,
  trainSteps,
  type Game,
  type Measured,
  type Objective,
  type Regularizer,
} from "gan-lib";
import { tinyBatches, tinyGame, weightsOf } from "./tinyGame";

before(ready);

type Writable = { -readonly [Name in keyof Game]: Game[Name] };

/** A game, and what happens to it after each step. */
interface Story {
  readonly game: Writable;
  readonly after?: (step: number) => void;
}

/** Takes steps, and returns the weights, or the error that ended the run. */
function play({ game, after }: Story, compiled: boolean, steps: number): number[] | Error {
  try {
    const loop = { steps, compile: compiled };
    for (const { step } of trainSteps(game, tinyBatches(), loop)) after?.(step);
  } catch (error) {
    return error as Error;
  }
  return [game.generator, game.discriminator].flatMap(weightsOf);
}

/** Asserts that a compiled run is the run as it is, or an error. Returns what it was. */
function assertHonest(tell: () => Story, steps: number): "followed" | "refused" {
  const [got, wanted] = [true, false].map((compiled) => play(tell(), compiled, steps));
  if (got instanceof Error || wanted instanceof Error) {
    assert.ok(got instanceof Error, "only the run as it is was refused");
    return "refused";
  }
  const apart = Math.max(...got!.map((value, i) => Math.abs(value - wanted![i]!)));
  assert.ok(apart < 1e-3, `another run: weights are off by ${apart}`);
  return "followed";
}

const quiet = (t: TestContext) => t.mock.method(console, "warn", () => undefined);
const silent: Regularizer = () => tf.scalar(0);

test("a penalty at every 16th step, counted in JavaScript, is followed", (t) => {
  const warn = quiet(t);
  const tell = (): Story => {
    const penalty = r1({ weight: 50 });
    let calls = 0;
    const lazy: Regularizer = (context) => (calls++ % 16 === 15 ? penalty : silent)(context);
    return { game: { ...tinyGame(), regularizers: [lazy] } };
  };
  assert.equal(assertHonest(tell, 40), "followed");
  assert.match(
    String(warn.mock.calls[0]?.arguments[0]),
    /at call \d+ of its graph .*choose between steps by a schedule.* runs as it is/,
  );
});

test("labels that are flipped at random by JavaScript are followed or refused", (t) => {
  quiet(t);
  const tell = (seed: number) => (): Story => {
    let state = seed;
    const chance = (): number => (state = (state * 16807) % 2147483647) / 2147483647;
    const flipping: Objective = {
      ...nonSaturating,
      discriminatorLoss: (real, fake) =>
        chance() < 0.05
          ? nonSaturating.discriminatorLoss(fake, real)
          : nonSaturating.discriminatorLoss(real, fake),
    };
    return { game: { ...tinyGame(), objective: flipping } };
  };
  for (const seed of [11, 12]) assertHonest(tell(seed), 40);
});

test("a penalty that is switched off in the closure at step 32 ends the run at the next comparison", () => {
  const tell = (): Story => {
    let on = true;
    const penalty = r1({ weight: 50 });
    const staged: Regularizer = (context) => (on ? penalty : silent)(context);
    const after = (step: number): void => void (on = step < 32);
    return { game: { ...tinyGame(), regularizers: [staged] }, after };
  };
  const ended = play(tell(), true, 80) as Error;
  assert.equal(ended.name, "TraceError");
  assert.match(ended.message, /at call 32 of its graph .* at .*:\d+:\d+.*may have missed it/);
});

test("every field of a game that is changed between two steps is followed", () => {
  const changes: ((game: Writable) => void)[] = [
    (game) => (game.regularizers = [r1({ weight: 50 })]),
    (game) => (game.objective = { ...nonSaturating, generatorLoss: (fake) => tf.mean(fake) }),
    (game) => (game.generatorOptimizer = tf.train.sgd(0.5)),
    (game) => (game.view = (samples) => tf.mul(samples, 0.5)),
  ];
  for (const change of changes) {
    const tell = (): Story => {
      const game: Writable = tinyGame();
      const after = (step: number): void => {
        if (step === 30) change(game);
      };
      return { game, after };
    };
    assert.equal(assertHonest(tell, 36), "followed");
  }
});

test("layers that are frozen midway are refused under Adam, whose moments go by place, and followed under SGD", () => {
  const freezing = (optimizer: () => tf.Optimizer) => (): Story => {
    const game = { ...tinyGame(), discriminatorOptimizer: optimizer() };
    const after = (step: number): void => {
      if (step === 8) game.discriminator.layers[1]!.trainable = false;
    };
    return { game, after };
  };
  assert.equal(
    assertHonest(
      freezing(() => tf.train.sgd(0.1)),
      16,
    ),
    "followed",
  );
  const refused = play(freezing(() => tf.train.adam(0.01))(), true, 16) as Error;
  assert.match(refused.message, /frozen or thawed.* make a new optimizer/);
});

test("a schedule chooses between steps, each compiled for itself", () => {
  const run = (compiled: boolean): Measured<object>[] => {
    const game = tinyGame();
    const [plain, lazy] = [game, { ...game, regularizers: [r1({ weight: 50 })] }].map((each) =>
      alternating(each),
    );
    const schedule = (step: number) => (step % 4 === 0 ? lazy! : plain!);
    return Array.from(trainSteps(schedule, tinyBatches(), { steps: 40, compile: compiled }));
  };
  const [got, wanted] = [run(true), run(false)] as Record<string, number>[][];
  for (const [i, numbers] of wanted!.entries())
    for (const [name, value] of Object.entries(numbers))
      assert.ok(Math.abs(value - got![i]![name]!) < 1e-3, `${name} at step ${i + 1}`);
});

test("games of the library's own functions are not run beside their graphs, and others are", () => {
  const runs = (objective: Objective): number => {
    let calls = 0;
    const game = { ...tinyGame(), objective };
    const layer = game.discriminator.layers[1]!;
    const call = layer.call.bind(layer);
    layer.call = (...inputs) => {
      calls++;
      return call(...inputs);
    };
    Array.from(trainSteps(game, tinyBatches(), { steps: 24 }));
    return calls;
  };
  assert.ok(runs(nonSaturating) * 3 < runs({ ...nonSaturating }));
});

test("a compiled function that no longer does what its graph does throws", () => {
  let sign = 1;
  const step = compile((x: tf.Tensor) => (sign > 0 ? tf.neg(x) : tf.exp(x)));
  for (let i = 0; i < 10; i++) step(i).dispose();
  sign = -1;
  assert.throws(() => step(1), /at call \d+ of its graph the step took another path/);
  step.dispose();
});
