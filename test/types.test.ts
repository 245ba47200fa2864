import assert from "node:assert/strict";
import { test } from "node:test";
import { compile, definePlan, trainSteps, tf, type Batch, type Game, type Step } from "gan-lib";

// Nothing here is called: what matters is that the compiler objects to each line after its mark, and to no other.

test("a step's numbers are typed by the names of what it measures", () => {
  const step: Step<Batch, { loss: tf.Scalar }> = {
    batches: 1,
    take: () => ({ loss: tf.scalar(0) }),
  };
  const read = (batches: Iterator<Batch>, game: Game): number => {
    let sum = 0;
    for (const numbers of trainSteps(step, batches, { steps: 1 })) {
      sum += numbers.loss + numbers.step;
      // @ts-expect-error: this step measures no accuracy.
      sum += Number(numbers.accuracy);
    }
    for (const numbers of trainSteps(game, batches, { steps: 1, discriminatorSteps: 5 }))
      sum += numbers.discriminatorLoss + numbers.generatorLoss;
    // @ts-expect-error: the options of a game mean nothing to another step.
    trainSteps(step, batches, { steps: 1, discriminatorSteps: 5 });
    // @ts-expect-error: a step takes batches of its own kind.
    trainSteps(step, [tf.scalar(1)].values(), { steps: 1 });
    return sum;
  };
  assert.equal(typeof read, "function");
});

test("a step must return scalars by name, and say how many batches it takes", () => {
  const steps = (): Step<Batch>[] => [
    { batches: 1, take: () => ({ loss: tf.scalar(0) }) },
    // @ts-expect-error: a number is no tensor.
    { batches: 1, take: () => ({ loss: 0 }) },
    // @ts-expect-error: how many batches?
    { take: () => ({ loss: tf.scalar(0) }) },
  ];
  assert.equal(typeof steps, "function");
});

test("a compiled step takes what the step takes, and returns what it returns", () => {
  const calls = (): void => {
    const step = compile((x: tf.Tensor, { images }: Batch) => ({ sum: tf.add(x, images) }));
    const result: tf.Tensor = step(1, { images: tf.scalar(2) }).sum;
    result.dispose();
    // @ts-expect-error: a batch is no tensor.
    step({ images: tf.scalar(1) }, { images: tf.scalar(2) });
    // @ts-expect-error: the second argument is missing.
    step(tf.scalar(1));
    // @ts-expect-error: it returns no product.
    const { product } = step(1, { images: tf.scalar(2) });
    String(product);
    // @ts-expect-error: what is no tensor is no result of a graph.
    compile((x: tf.Tensor) => ({ x, name: "x" }));
  };
  assert.equal(typeof calls, "function");
});

test("a plan's run is typed by its settings and figures", () => {
  const common = {
    name: "sample",
    description: "A sample.",
    version: 1,
    seeds: 1,
    steps: 1,
  } as const;
  const settings = { rate: [0.1, 0.2], penalty: ["none", "r1"] } as const;
  const plans = (): unknown[] => [
    definePlan({
      ...common,
      settings,
      figures: { loss: {} },
      run: async ({ settings: { rate, penalty } }) => ({ loss: penalty === "r1" ? rate : 0 }),
    }),
    definePlan({
      ...common,
      settings,
      figures: { loss: {}, distance: {} },
      // @ts-expect-error: one of the two figures is missing.
      run: async () => ({ loss: 0 }),
    }),
    definePlan({
      ...common,
      settings,
      figures: { loss: {} },
      // @ts-expect-error: no setting is called weight.
      run: async ({ settings: { weight } }) => ({ loss: Number(weight) }),
    }),
    definePlan({
      ...common,
      settings,
      // @ts-expect-error: the penalty has no such value.
      rows: [{ rate: 0.1, penalty: "r2" }],
      figures: { loss: {} },
      run: async () => ({ loss: 0 }),
    }),
  ];
  assert.equal(typeof plans, "function");
});
