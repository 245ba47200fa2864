import assert from "node:assert/strict";
import { test } from "node:test";
import type * as gan from "gan-lib";

test("after a hard stop no scope and no gradient is open, nothing is leaked, and training works on", async () => {
  const callbacks: (() => void)[] = [];
  (globalThis as Record<symbol, unknown>)[Symbol.for("jupyter.kernel")] = {
    interrupt: { throwIfPending: () => undefined },
    onHardStop: (callback: () => void) => callbacks.push(callback),
  };
  const { ready, tf } = (await import("gan-lib")) as typeof gan; // loaded only now, as in a cell
  await ready();
  const variable = tf.variable(tf.scalar(2));
  const before = tf.memory().numTensors;
  const engine = tf.engine();
  engine.startScope("as tidy does");
  engine.state.activeTape = []; // as while a gradient is taken
  engine.state.gradientDepth++;
  tf.square(variable);
  assert.ok(tf.memory().numTensors > before);
  assert.equal(callbacks.length, 1);
  callbacks.forEach((callback) => {
    callback();
  });
  assert.deepEqual(
    [engine.state.scopeStack.length, engine.state.gradientDepth, tf.memory().numTensors],
    [0, 0, before],
  );
  tf.train.sgd(0.1).minimize(() => tf.square(variable));
  assert.ok(Math.abs((variable.dataSync()[0] as number) - 1.6) < 1e-6);
});
