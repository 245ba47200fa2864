import assert from "node:assert/strict";
import { test } from "node:test";
import { shareInterval, scoreRealOrFake } from "gan-lib";

const truth = [true, true, false, false, false];

test("right answers are counted, and both kinds of mistakes, whatever the case and the spaces", () => {
  assert.deepEqual(scoreRealOrFake("rrfff", truth), {
    right: 5,
    pictures: 5,
    realCalledFake: 0,
    fakeCalledReal: 0,
    ...shareInterval(5, 5),
  });
  assert.deepEqual(scoreRealOrFake("F r\nf RR", truth), {
    right: 2,
    pictures: 5,
    realCalledFake: 1,
    fakeCalledReal: 2,
    ...shareInterval(2, 5),
  });
});

test("other letters, and too few or too many answers, are refused", () => {
  assert.throws(
    () => scoreRealOrFake("rrfxf", truth),
    /answer with "r" for real and "f" for fake, got "x"/,
  );
  assert.throws(() => scoreRealOrFake("rrff", truth), /there are 5 pictures, got 4 answers/);
  assert.throws(() => scoreRealOrFake("rrffff", truth), /got 6 answers/);
});
