import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { watchSilence } from "gan-lib/dist/experiments/runner/patience";

test("a silence is told at half of the time-out, and ended at it; a step begins it anew", () => {
  mock.timers.enable({ apis: ["setInterval"] });
  const events: (number | string)[] = [];
  const { heard, end } = watchSilence({
    timeout: 2,
    onSilent: (minutes) => events.push(minutes),
    onTimeout: () => events.push("ended"),
  });
  mock.timers.tick(59_000);
  heard();
  mock.timers.tick(59_000);
  assert.deepEqual(events, []);
  mock.timers.tick(1000);
  assert.deepEqual(events, [1]);
  mock.timers.tick(59_000);
  assert.deepEqual(events, [1]);
  mock.timers.tick(10_000);
  assert.deepEqual(events, [1, "ended"]);
  end();
  mock.timers.reset();
});
