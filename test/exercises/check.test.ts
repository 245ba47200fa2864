import assert from "node:assert/strict";
import { test } from "node:test";
import {
  attempted,
  check,
  examine,
  ids,
  passed,
  type Answers,
  type ExerciseId,
} from "gan-exercises";
import { todo } from "gan-lib";
import { captureKernel, textOf } from "../lesson/capture";

const right: Answers["40-2"] = (modes, samples) => modes * (1 - (1 - 1 / modes) ** samples);

test("a right answer is ticked and has passed, until it is wrong again", async (t) => {
  const published = captureKernel(t);
  assert.equal(passed("40-2"), false);
  await check("40-2", right);
  assert.match(textOf(published[0]), /^✓ one sample covers one mode\n/);
  assert.equal(passed("40-2"), true);
  assert.equal(passed("40-1"), false);
  await assert.rejects(
    check("40-2", () => 1),
    { name: "ExerciseError" },
  );
  assert.equal(passed("40-2"), false);
});

test("an answer still to be written is said to be so, and has not passed", async (t) => {
  const published = captureKernel(t);
  await check("40-2", right);
  await check("40-2", () => todo());
  assert.match(textOf(published[1]), /^Not attempted yet/);
  assert.equal(passed("40-2"), false);
});

test("a wrong answer was attempted, one still to be written was not", async (t) => {
  captureKernel(t);
  assert.equal(attempted("40-1"), false);
  await assert.rejects(
    check("40-2", () => 1),
    { name: "ExerciseError" },
  );
  assert.equal(attempted("40-2"), true);
  await check("40-2", () => todo());
  assert.equal(attempted("40-2"), false);
  await check("40-2", right);
  assert.equal(attempted("40-2"), true);
});

test("an unknown exercise is refused, and the known ones are named", async () => {
  const wrong = "40-9" as ExerciseId;
  const message = /There is no exercise ".*"\. Known exercises: 00-1, 00-2, .*40-3, .*92-\d\./;
  await assert.rejects(check(wrong, right as Answers[ExerciseId]), message);
  await assert.rejects(examine("toString" as ExerciseId, right as Answers[ExerciseId]), message);
  assert.throws(() => passed(wrong), message);
});

test("ids are a lesson's and an exercise's number, in order", () => {
  assert.deepEqual(ids, [...ids].sort());
  for (const id of ids) assert.match(id, /^\d\d-[1-9]$/);
});

test("ids and answers are typed", () => {
  // Never called: what matters is that the compiler objects to each line after its mark.
  const mistakes = async (): Promise<void> => {
    // @ts-expect-error: there is no such exercise.
    await check("40-9", right);
    // @ts-expect-error: the answer to another exercise.
    await check("40-3", right);
    // @ts-expect-error: a result in place of the function.
    await check("40-2", right(2, 2));
    // @ts-expect-error: it returns a text.
    await check("40-2", (modes: number, samples: number) => `${modes} ${samples}`);
  };
  assert.equal(typeof mistakes, "function");
});
