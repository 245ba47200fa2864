/** A lesson's training is killed in its middle, and goes on. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { after, before, test, type TestContext } from "node:test";
import { openLesson, ready, tf } from "gan-lib";
import { runsFolder } from "gan-lib/dist/lesson/savedRuns";
import { runsWritten } from "gan-lib/dist/lesson/runPlace";
import { tinyBatches, tinyGame } from "../training/tinyGame";
import { setEnvironment } from "./capture";
import { standardTrainSteps, trainSaved, type SavedRunEnd } from "./savedRunProgram";

const PROGRAM = path.join(__dirname, "savedRunProgram.js");
const STEPS = 12;
const KILLED_AT = 7;

const nameOf = (): string => `test-${randomBytes(6).toString("hex")}`;
const killed = nameOf();
let signal: NodeJS.Signals | null;

before(async () => {
  await ready();
  const options = JSON.stringify({ lesson: killed, killAt: KILLED_AT });
  ({ signal } = spawnSync(process.execPath, [PROGRAM, options]));
});
after(() => rmSync(runsFolder(killed), { recursive: true, force: true }));

/** A lesson of its own, with nothing saved. */
function newLesson(t: TestContext): string {
  const lesson = nameOf();
  t.after(() => rmSync(runsFolder(lesson), { recursive: true, force: true }));
  return lesson;
}

/** A lesson whose process was killed in its training. */
function killedLesson(t: TestContext): string {
  assert.equal(signal, "SIGKILL");
  const lesson = newLesson(t);
  cpSync(runsFolder(killed), runsFolder(lesson), { recursive: true });
  return lesson;
}

/** Makes this process's runs those of a process that is gone. */
function leave(lesson: string): void {
  const folder = runsFolder(lesson);
  for (const name of readdirSync(folder)) {
    const left = name.replace(`-${process.pid}-`, "-999999999-");
    renameSync(path.join(folder, name), path.join(folder, left));
  }
}

/** Hears what is said until the test ends. */
function listen(t: TestContext): () => string {
  const { mock } = t.mock.method(console, "log", () => undefined);
  return () => mock.calls.map(({ arguments: said }) => String(said[0])).join("\n");
}

/** What is the same wherever a run was stopped. */
const comparable = ({ losses, film, weights, averaged }: SavedRunEnd): unknown => ({
  losses,
  film,
  weights,
  averaged,
});

test("a killed run goes on where it was saved, says from where, and ends as the unbroken one", async (t) => {
  const said = listen(t);
  const lesson = killedLesson(t);
  const end = await trainSaved({ lesson });
  const from = Number(/^Tiny goes on after step (\d+) of 12, from .*runs/.exec(said())?.[1]);
  assert.ok(from >= 1 && from < KILLED_AT, said());
  assert.equal(end.taken[0], from + 1);
  assert.deepEqual(comparable(end), comparable(await trainSaved({ lesson: newLesson(t) })));
});

test("a run that came to its end is taken as it is by the next process", async (t) => {
  const said = listen(t);
  const lesson = newLesson(t);
  const end = await trainSaved({ lesson });
  await runsWritten();
  leave(lesson);
  const again = await trainSaved({ lesson });
  assert.match(said(), /^Tiny is finished already: taken from .* Run this cell again/);
  assert.deepEqual(again.taken, []);
  assert.deepEqual(comparable(again), comparable(end));
});

for (const [what, changed, why] of [
  ["hyperparameters", { rate: 2e-2 }, /hyperparameters\.rate \(0\.02, was 0\.01\)/],
  ["weights", { initial: 3 }, /the weights that it begins with/],
] as const)
  test(`with other ${what} it starts afresh, says why, and leaves the saved run`, async (t) => {
    const said = listen(t);
    const lesson = killedLesson(t);
    const { taken } = await trainSaved({ lesson, ...changed });
    assert.match(said(), /^Tiny starts afresh, since this run is another than the saved one: /);
    assert.match(said(), why);
    assert.equal(taken.length, STEPS);
    await trainSaved({ lesson });
    assert.match(said(), /goes on after step/);
  });

test("where the saved run does not fit it starts afresh, and says why", async (t) => {
  const said = listen(t);
  const { taken } = await trainSaved({ lesson: killedLesson(t), data: 9 });
  assert.match(said(), /starts afresh, since the saved run does not fit: .*this stream is "9"/);
  assert.equal(taken.length, STEPS);
});

test("a run of a process that runs is left to it", async (t) => {
  const said = listen(t);
  const lesson = killedLesson(t);
  const folder = runsFolder(lesson);
  const parent = `-${process.ppid}-`;
  for (const name of readdirSync(folder))
    renameSync(path.join(folder, name), path.join(folder, name.replace(/-\d+-/, parent)));
  const before = readdirSync(folder);
  assert.equal((await trainSaved({ lesson })).taken.length, STEPS);
  assert.equal(said(), "");
  assert.ok(before.every((name) => readdirSync(folder).includes(name)));
});

test("in the profile quick nothing is saved, and nothing taken up", async (t) => {
  setEnvironment(t, { LESSON_PROFILE: "quick" });
  const slug = newLesson(t);
  const lesson = await openLesson(slug);
  const steps = await lesson.trainSteps("Tiny", tinyGame(), tinyBatches(), { steps: 3 });
  assert.equal([...steps].length, 3);
  assert.equal(existsSync(runsFolder(slug)), false);
});

test("in one process, a stopped run goes on, and one that has ended starts anew", async (t) => {
  const said = listen(t);
  const trainSteps = standardTrainSteps(newLesson(t));
  const game = tinyGame();
  const kept = { noise: game.random };
  const train = async (stopAt = Infinity): Promise<number[]> => {
    const taken: number[] = [];
    for (const { step } of await trainSteps("Tiny", game, tinyBatches(), { steps: 6, kept })) {
      taken.push(step);
      await runsWritten(); // the step before is saved
      if (step === stopAt) break;
    }
    return taken;
  };
  await train(4);
  assert.deepEqual(await train(), [4, 5, 6]);
  assert.match(said(), /Tiny goes on after step 3 of 6/);
  assert.deepEqual(await train(), [1, 2, 3, 4, 5, 6]);
});

test("what cannot be kept is named", async (t) => {
  const trainSteps = standardTrainSteps(newLesson(t));
  await assert.rejects(
    trainSteps("Tiny", tinyGame(), tinyBatches(), { steps: 1 }),
    /the batches cannot say where they stand\. Make them by gan\.batches or gan\.drawnBatches/,
  );
  const average = { model: tf.sequential() } as never;
  await assert.rejects(
    trainSteps("Tiny", tinyGame(), tinyBatches(), { steps: 1, kept: { average } }),
    /"average" cannot be kept\. What can: a game, a network/,
  );
});

test("lesson.end removes what the lesson's runs saved", async (t) => {
  setEnvironment(t, { LESSON_PROFILE: "standard" });
  const slug = killedLesson(t);
  const lesson = await openLesson(slug);
  await lesson.end();
  assert.equal(existsSync(runsFolder(slug)), false);
});
