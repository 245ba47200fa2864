/** How far an experiment is, and how a terminal shows it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLines, type LineOutput } from "gan-lib/dist/experiments/runner/lines";
import { TimeLeft } from "gan-lib/dist/experiments/runner/timeLeft";

describe("the time that is left", () => {
  /** Cells of 100 steps, and a clock to set. */
  function begun(all: number, finished: number): { time: { now: number }; timeLeft: TimeLeft } {
    const time = { now: 0 };
    return { time, timeLeft: new TimeLeft({ all, finished, steps: 100 }, () => time.now) };
  }

  test("is not said before the first step, then by the steps so far", () => {
    const { time, timeLeft } = begun(4, 1);
    timeLeft.started("a");
    assert.equal(timeLeft.say(), "1 of 4 cells done");
    timeLeft.stepped("a", 1);
    time.now = 50_000;
    timeLeft.stepped("a", 50);
    assert.equal(timeLeft.say(), "1 of 4 cells done, about 4 min 10 s left"); // 250 steps of a second each
    timeLeft.ended("a", false);
    time.now = 100_000;
    assert.equal(timeLeft.say(), "2 of 4 cells done, about 3 min 20 s left");
  });

  test("counts only the steps taken now of a cell that went on from a checkpoint", () => {
    const { time, timeLeft } = begun(1, 0);
    timeLeft.started("a");
    timeLeft.stepped("a", 81);
    time.now = 10_000;
    timeLeft.stepped("a", 90);
    assert.equal(timeLeft.say(), "0 of 1 cells done, about 10.0 s left");
  });

  test("counts a cell that never told of a step when it ends, and not the steps of one that failed", () => {
    const { time, timeLeft } = begun(3, 0);
    for (const key of ["a", "b"]) timeLeft.started(key);
    time.now = 20_000;
    timeLeft.ended("a", false);
    timeLeft.ended("b", true);
    assert.equal(timeLeft.say(), "2 of 3 cells done, about 20.0 s left");
    timeLeft.started("c");
    timeLeft.ended("c", false);
    assert.equal(timeLeft.say(), "3 of 3 cells done");
  });

  test("does not take another runner's cells for work done here", () => {
    const { time, timeLeft } = begun(4, 0);
    timeLeft.started("a");
    timeLeft.elsewhere("b");
    time.now = 20_000;
    timeLeft.ended("a", false);
    timeLeft.ended("b", false);
    assert.equal(timeLeft.say(), "2 of 4 cells done, about 40.0 s left");
  });
});

test("there are plain lines where there is no terminal or CI is set, and a moving line on one", () => {
  const said = (
    out: Partial<LineOutput>,
    env: Record<string, string>,
    moving = "1 of 2 cells done",
  ): string => {
    const written: string[] = [];
    const lines = createLines(
      () => moving,
      { ...out, write: (text: string) => written.push(text) },
      env,
    );
    lines.print("✓ a");
    lines.end();
    return written.join("");
  };
  assert.equal(said({}, {}), "✓ a\n");
  assert.equal(said({ isTTY: true }, { CI: "1" }), "✓ a\n");
  assert.equal(said({ isTTY: true, columns: 11 }, {}), "\r\x1b[K✓ a\n\r\x1b[K1 of 2 cel\r\x1b[K");
  // A terminal that does not know its width says 0.
  assert.equal(
    said({ isTTY: true, columns: 0 }, {}, "1 of 2"),
    "\r\x1b[K✓ a\n\r\x1b[K1 of 2\r\x1b[K",
  );
});
