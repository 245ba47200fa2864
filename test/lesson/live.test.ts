import assert from "node:assert/strict";
import { test } from "node:test";
import { tf } from "gan-lib";
import { liveTraining, type LiveStep } from "gan-lib/dist/lesson/live";
import { captureKernel, textOf, type Published } from "./capture";

const stepAt = (step: number): LiveStep => ({
  step,
  discriminatorLoss: 1.3,
  generatorLoss: 0.8,
  realProbability: 0.6,
  fakeProbability: 0.4,
});

/** A clock that the test moves. */
function handClock(): { now: number; clock: () => number } {
  const hand = { now: 0, clock: () => hand.now };
  return hand;
}

/** The last text of each display, in the order in which they appeared. */
function lastTexts(published: readonly Published[]): string[] {
  return [
    ...new Map(
      published.map((message) => [message.transient.display_id, textOf(message)]),
    ).values(),
  ];
}

test("bar, losses, probabilities and samples appear in this order and are redrawn in place", async (t) => {
  const published = captureKernel(t);
  const hand = handClock();
  const live = liveTraining({
    steps: 3,
    title: "MNIST",
    sample: () => tf.zeros([4, 2, 2, 1]),
    columns: 4,
    clock: hand.clock,
  });
  for (const step of [1, 2, 3]) {
    hand.now += 2000;
    await live.update(stepAt(step));
  }
  await live.end();
  assert.deepEqual(
    live.history.map(({ step }) => step),
    [1, 2, 3],
  );
  assert.deepEqual(
    lastTexts(published).map((text) => text.split(/[;:] /).slice(0, 2).join(": ")),
    [
      "MNIST: 3 of 3 steps in 6 s",
      "Line chart of discriminator loss and generator loss over step from 1 to 3: the last values are 1.3 and 0.8.\n" +
        "Line chart of D(x), real and D(G(z)), generated over step from 1 to 3",
      "Samples at step 3: grid of 4 x 1 grey images, 2 x 2 pixels each.",
    ],
  );
  assert.equal(published.filter(({ update }) => !update).length, 3);
});

test("figures are redrawn no more often than every 1.5 s, the first after half a second", async (t) => {
  const published = captureKernel(t);
  const hand = handClock();
  const live = liveTraining({ steps: 100, clock: hand.clock });
  const drawnAt: number[] = [];
  for (let step = 1; step <= 100; step++) {
    hand.now += 100;
    const before = published.length;
    await live.update(stepAt(step));
    if (published.slice(before).some((message) => textOf(message).startsWith("Line chart")))
      drawnAt.push(hand.now);
  }
  assert.deepEqual(drawnAt, [500, 2000, 3500, 5000, 6500, 8000, 9500]);
  await live.end();
});

test("where drawing is slow the samples still follow a short run", async (t) => {
  const published = captureKernel(t);
  const hand = handClock();
  const live = liveTraining({
    steps: 220,
    clock: hand.clock,
    sample: () => {
      hand.now += 2000; // on a busy machine, and the first time with all that is loaded
      return tf.zeros([1, 2, 2, 1]);
    },
  });
  const lags: number[] = [];
  let shown = 0;
  for (let step = 1; step <= 220; step++) {
    hand.now += 100;
    await live.update(stepAt(step));
    const said = /Samples at step (\d+)/.exec(textOf(published.at(-1)))?.[1];
    shown = said === undefined ? shown : Number(said);
    lags.push(step - shown);
  }
  await live.end();
  assert.ok(Math.max(...lags) < 45, `samples lag by ${Math.max(...lags)} steps of 220`);
});

test("samples are disposed, and what `figure` makes is shown last", async (t) => {
  const published = captureKernel(t);
  const live = liveTraining({
    steps: 1,
    sample: () => tf.zeros([1, 1, 1, 1]),
    figure: () => ({ mine: live.history.length }),
  });
  const before = tf.memory().numTensors;
  await live.update(stepAt(1));
  await live.end();
  assert.equal(tf.memory().numTensors, before);
  assert.equal(lastTexts(published).at(-1), "{ mine: 1 }");
});

test("a figure stands beside a chart that is the only one, and stays where `figure` makes none", async (t) => {
  const published = captureKernel(t);
  const figures: unknown[] = [{ first: 1 }, undefined];
  const live = liveTraining({ steps: 2, every: 0, figure: () => figures.shift() });
  for (const step of [1, 2]) await live.update({ step, loss: 1 });
  await live.end();
  const [bar, chart, ...others] = lastTexts(published);
  assert.match(bar ?? "", /2 of 2 steps/);
  assert.match(chart ?? "", /^Line chart of loss .*\n\{ first: 1 \}$/);
  assert.deepEqual(others, []);
});

test("losses and samples that diverged do not stop the view", async (t) => {
  const published = captureKernel(t);
  const live = liveTraining({ steps: 1, sample: () => tf.fill([1, 1, 1, 1], NaN) });
  await live.update({ ...stepAt(1), discriminatorLoss: NaN, generatorLoss: Infinity });
  await live.end();
  const texts = lastTexts(published);
  assert.match(
    texts[1] ?? "",
    /left as gaps: 1 of discriminator loss \(it ends in one\) and 1 of generator loss/,
  );
  assert.match(texts[2] ?? "", /Samples at step 1: not drawn, since pixels are NaN/);
});

test("samples of a wrong shape are an error, and the bar says that it stopped", async (t) => {
  const published = captureKernel(t);
  const hand = handClock();
  const live = liveTraining({ steps: 2, sample: () => tf.zeros([4, 784]), clock: hand.clock });
  hand.now = 1000;
  await assert.rejects(
    live.update(stepAt(1)),
    /shape \[N, height, width, 1 or 3\], got \[4, 784\]/,
  );
  assert.match(
    lastTexts(published)[0] ?? "",
    /stopped after 1 of 2 steps in 1 s; Error: Images must have the shape/,
  );
});

test("the event loop runs between steps", async (t) => {
  captureKernel(t);
  const live = liveTraining({ steps: 3 });
  let turns = 0;
  const count = (): void => {
    turns++;
    pending = setImmediate(count);
  };
  let pending = setImmediate(count);
  for (const step of [1, 2, 3]) await live.update(stepAt(step));
  clearImmediate(pending);
  assert.ok(turns >= 3, `${turns} turns`);
  await live.end();
});

test("an interrupt ends the loop at the step and the bar says so", async (t) => {
  const published = captureKernel(t);
  const interrupted = Object.assign(new Error("The cell was interrupted."), {
    name: "Interrupted",
  });
  const handle = {
    interrupt: {
      throwIfPending: () => {
        throw interrupted;
      },
    },
  };
  Object.assign(globalThis, { [Symbol.for("jupyter.kernel")]: handle });
  t.after(() => Reflect.deleteProperty(globalThis, Symbol.for("jupyter.kernel")));
  const live = liveTraining({ steps: 5 });
  await assert.rejects(live.update(stepAt(1)), interrupted);
  assert.match(
    textOf(published.at(-1)),
    /stopped after 1 of 5 steps in .*; Interrupted: The cell was interrupted\./,
  );
});

test("a run that ends early or goes on from a checkpoint is counted from where it started", async (t) => {
  const published = captureKernel(t);
  const live = liveTraining({ steps: 10, startAt: 100 });
  await live.update(stepAt(101));
  await live.end(new Error("broken"));
  assert.match(
    lastTexts(published)[0] ?? "",
    /^Training: stopped after 1 of 10 steps in .*; Error: broken$/,
  );
});

test("when no step arrives for a while the bar says so, and goes on with the next step", async (t) => {
  const published = captureKernel(t);
  const hand = handClock();
  const live = liveTraining({ steps: 10, patience: 0.01, clock: hand.clock });
  await live.update(stepAt(1));
  const said = (): string[] => published.map(textOf);
  const waiting = "Training: 1 of 10 steps; no step for 0.01 s";
  while (!said().includes(waiting)) await new Promise((resolve) => setTimeout(resolve, 5));
  hand.now = 1000;
  await live.update(stepAt(2));
  assert.ok(said().some((text) => text.startsWith("Training: 2 of 10 steps, 1 steps/s")));
  await live.end();
});

test("an empty run still ends its bar", async (t) => {
  const published = captureKernel(t);
  await liveTraining({ steps: 5 }).end();
  assert.match(textOf(published.at(-1)), /stopped after 0 of 5 steps/);
  assert.throws(() => liveTraining({ steps: 0 }), /whole number of at least 1, got 0/);
});
