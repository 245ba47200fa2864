import assert from "node:assert/strict";
import { test } from "node:test";
import {
  checkExercise,
  ExerciseError,
  NotAttempted,
  todo,
  type ExerciseCheck,
} from "gan-lib/dist/lesson/exercise";
import { captureKernel, textOf } from "./capture";

type Sigmoid = (logit: number) => number;

/** A checker as the lessons have them: plain checks with hints. */
function checkSigmoid(sigmoid: Sigmoid): ExerciseCheck[] {
  return [
    { name: "is 0.5 at 0", pass: sigmoid(0) === 0.5, hint: "What is exp(0)?" },
    {
      name: "is 1 for <large> logits",
      pass: Math.abs(sigmoid(1000) - 1) < 1e-9,
      hint: "Mind the sign of the exponent.",
    },
  ];
}

test("a right answer gets a tick for each check", async (t) => {
  const published = captureKernel(t);
  await checkExercise(checkSigmoid, (logit) => 1 / (1 + Math.exp(-logit)));
  assert.deepEqual(published.map(textOf), ["✓ is 0.5 at 0\n✓ is 1 for <large> logits"]);
  assert.match(
    String(published[0]?.data["text/html"]),
    /<li>✓ is 1 for &lt;large&gt; logits<\/li>/,
  );
});

test("a wrong answer is shown what is wrong, with a hint, and then fails the cell", async (t) => {
  const published = captureKernel(t);
  const wrong: Sigmoid = (logit) => 1 / (1 + Math.exp(logit));
  await assert.rejects(checkExercise(checkSigmoid, wrong), (error) => {
    assert.ok(error instanceof ExerciseError);
    assert.equal(error.message, "1 of 2 checks failed: is 1 for <large> logits.");
    return true;
  });
  assert.equal(
    textOf(published[0]),
    "✓ is 0.5 at 0\n✗ is 1 for <large> logits. Hint: Mind the sign of the exponent.",
  );
});

test("an answer still to be written is said to be so, and fails nothing", async (t) => {
  const published = captureKernel(t);
  await checkExercise(checkSigmoid, () => todo());
  await checkExercise(
    (answer: () => Promise<number>) =>
      answer().then((value) => [{ name: "a", pass: value === 1, hint: "b" }]),
    async () => todo(),
  );
  assert.equal(published.length, 2);
  for (const message of published)
    assert.match(textOf(message), /^Not attempted yet: put your code in place of gan\.todo\(\)/);
  assert.throws(() => todo(), NotAttempted);
});

test("an answer that throws is wrong", async (t) => {
  const published = captureKernel(t);
  const broken: Sigmoid = () => {
    throw new TypeError("no such thing");
  };
  await assert.rejects(checkExercise(checkSigmoid, broken), ExerciseError);
  assert.equal(textOf(published[0]), "✗ your code runs. Hint: it threw TypeError: no such thing");
});

test("a checker that checks nothing is refused, since any answer would pass", async (t) => {
  captureKernel(t);
  await assert.rejects(
    checkExercise(() => [], 1),
    /returned no checks/,
  );
});
