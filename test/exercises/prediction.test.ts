import assert from "node:assert/strict";
import { test } from "node:test";
import { beside } from "gan-exercises";
import { todo } from "gan-lib";

const cameOut = { share: 0.98765, digits: "fewer" };

test("a prediction stands beside what came out, to three digits", () =>
  assert.deepEqual(
    beside(() => ({ share: 0.5, digits: "more" }), cameOut),
    [
      { figure: "share", predicted: "0.5", "came out": "0.988" },
      { figure: "digits", predicted: "more", "came out": "fewer" },
    ],
  ));

test("what is not predicted yet is left open, and what came out is not given away", () => {
  const [open, hidden] = ["not predicted yet", "predict first"];
  assert.deepEqual(
    beside((): typeof cameOut => todo(), cameOut),
    [
      { figure: "share", predicted: open, "came out": hidden },
      { figure: "digits", predicted: open, "came out": hidden },
    ],
  );
});

test("an error of the learner's own is not taken for an open prediction", () =>
  assert.throws(
    () =>
      beside((): typeof cameOut => {
        throw new RangeError("mine");
      }, cameOut),
    /mine/,
  ));
