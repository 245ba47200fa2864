import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ready, tf, trainSteps, type Batch, type StepResult } from "gan-lib";
import { tinyBatches, tinyGame, weightsOf } from "./tinyGame";

before(ready);

test("steps count from 1, or from where a run goes on", () => {
  const count = (startAt?: number) =>
    [
      ...trainSteps(tinyGame(), tinyBatches(), {
        steps: 3,
        ...(startAt === undefined ? {} : { startAt }),
      }),
    ].map(({ step }) => step);
  assert.deepEqual(count(), [1, 2, 3]);
  assert.deepEqual(count(10), [11, 12, 13]);
});

test("the same seed gives the same run, bit for bit; another seed does not", () => {
  const run = (seed: number): StepResult[] => [
    ...trainSteps(tinyGame(seed), tinyBatches(), { steps: 5 }),
  ];
  assert.deepEqual(run(1), run(1));
  assert.notDeepEqual(run(1), run(2));
});

test("after the first step, tensors neither leak nor vanish", () => {
  const counts: number[] = [];
  const run = trainSteps(tinyGame(), tinyBatches(), { steps: 30 });
  for (const { step } of run) if (step > 1) counts.push(tf.memory().numTensors);
  assert.equal(new Set(counts).size, 1, `tensor counts ${String(counts)}`);
});

test("k discriminator updates take k batches a step, and k generator updates none", () => {
  let taken = 0;
  const source = tinyBatches();
  const counting: Iterator<Batch> = { next: () => (taken++, source.next()) };
  for (const { step } of trainSteps(tinyGame(), counting, {
    steps: 4,
    discriminatorSteps: 3,
    generatorSteps: 2,
  })) {
    assert.equal(taken, 3 * step);
  }
});

test("an abort ends the loop between two steps, with no tf scope left open and both networks whole", () => {
  const stop = new AbortController();
  const game = tinyGame();
  let weights: number[] = [];
  const run = () => {
    for (const { step } of trainSteps(game, tinyBatches(), { steps: 100, signal: stop.signal })) {
      weights = [...weightsOf(game.generator), ...weightsOf(game.discriminator)];
      if (step === 3) stop.abort(new Error("enough"));
    }
  };
  assert.throws(run, /enough/);
  assert.deepEqual([...weightsOf(game.generator), ...weightsOf(game.discriminator)], weights);
  assert.equal(tf.engine().state.scopeStack.length, 0);
});

test("an interrupt of the kernel ends the loop between two steps", () => {
  const key = Symbol.for("jupyter.kernel");
  const scope = globalThis as Record<symbol, unknown>;
  const before = scope[key];
  let pending = false;
  scope[key] = {
    interrupt: {
      throwIfPending: () => {
        if (pending) throw new Error("Interrupted");
      },
    },
  };
  try {
    let last = 0;
    assert.throws(() => {
      for (const { step } of trainSteps(tinyGame(), tinyBatches(), { steps: 10 })) {
        last = step;
        pending = step === 2;
      }
    }, /Interrupted/);
    assert.equal(last, 2);
  } finally {
    scope[key] = before;
  }
});

test("counts that make no sense, and batches that end, are named", () => {
  const run = (options: object) => [
    ...trainSteps(tinyGame(), tinyBatches(), { steps: 1, ...options }),
  ];
  assert.throws(() => run({ steps: 0 }), /steps must be a whole number of at least 1, got 0/);
  assert.throws(() => run({ discriminatorSteps: 1.5 }), /discriminatorSteps .* got 1.5/);
  const one = [tinyBatches().next().value as Batch][Symbol.iterator]();
  assert.throws(() => [...trainSteps(tinyGame(), one, { steps: 2 })], /ended in step 2/);
});
