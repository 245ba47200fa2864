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

test("what is not predicted yet is left open, whole or in part", () => {
  const open = "not predicted yet";
  const columns = (rows: ReturnType<typeof beside>): string[] => rows.map((row) => row.predicted);
  assert.deepEqual(columns(beside((): typeof cameOut => todo(), cameOut)), [open, open]);
});

test("an error of the learner's own is not taken for an open prediction", () =>
  assert.throws(
    () =>
      beside((): typeof cameOut => {
        throw new RangeError("mine");
      }, cameOut),
    /mine/,
  ));
