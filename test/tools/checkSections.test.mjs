import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSections } from "../../tools/notebooks/check-sections.mjs";
import { code, markdown, notebook, sampleLesson } from "./sampleLesson.mjs";

/** The messages for a sample lesson after `damage` changed its cells. */
function messagesAfter(damage, lesson) {
  const sample = sampleLesson({ lesson });
  damage(sample.notebook.cells);
  return checkSections(sample).map(({ message }) => message);
}

/** The first solution cell. */
const solutionOf = (cells) => cells.find(({ metadata }) => metadata.tags?.includes("solution"));

test("a sound lesson has no problems", () => {
  assert.deepEqual(
    messagesAfter(() => {}),
    [],
  );
});

test("each missing section is named", () => {
  const cells = [markdown("# Only a title")];
  const sample = { ...sampleLesson(), notebook: notebook(cells) };
  const messages = checkSections(sample).map(({ message }) => message);
  for (const title of ["Learning goals", "Exercises", "Summary", "References", "Exercise N"]) {
    assert.ok(
      messages.some((message) => message.includes(`"${title}"`)),
      title,
    );
  }
});

test("a notebook has one title, at its top", () => {
  assert.match(messagesAfter((cells) => cells.unshift(markdown("no title"))).join(), /# Title/);
  assert.match(messagesAfter((cells) => cells.push(markdown("# Another"))).join(), /# Title/);
});

test("a lesson may say that it has another number of exercises, and is held to it", () => {
  assert.match(messagesAfter(() => {}, { exercises: 2 }).join(), /3 headings "Exercise N", not 2/);
  const welcome = [markdown("# Welcome\n## Learning goals\n## Summary\n## References")];
  const without = { ...sampleLesson(), notebook: notebook(welcome, { exercises: 0 }) };
  assert.deepEqual(checkSections(without), []);
});

test("an exercise without its check, and one without its solution, are found", () => {
  const drop = (wanted) => (cells) => cells.splice(cells.findIndex(wanted), 1);
  assert.match(
    messagesAfter(drop(({ metadata }) => metadata.nbgrader?.grade)).join(),
    /"Exercise 1: add" lacks a check/,
  );
  assert.match(
    messagesAfter(drop(({ metadata }) => metadata.tags)).join(),
    /"Exercise 1: add" lacks a solution/,
  );
});

test("a check is that of its own lesson and exercise", () => {
  const changeTo = (source) => (cells) =>
    (cells.find(({ metadata }) => metadata.nbgrader?.grade).source = source);
  for (const source of ['await exercises.check("90-2", answer1);', "console.log(answer1);"])
    assert.deepEqual(messagesAfter(changeTo(source)), [
      '"Exercise 1: add" lacks the call of its check: await exercises.check("90-1", yourAnswer)',
    ]);
});

test("a solution must be folded and known to nbgrader", () => {
  assert.match(
    messagesAfter((cells) => delete solutionOf(cells).metadata.jupyter).join(),
    /source_hidden/,
  );
  assert.match(
    messagesAfter((cells) => delete solutionOf(cells).metadata.nbgrader).join(),
    /metadata\.nbgrader/,
  );
});

test("nbgrader's metadata must be whole", () => {
  const change = (fields) => (cells) => Object.assign(solutionOf(cells).metadata.nbgrader, fields);
  assert.match(messagesAfter(change({ schema_version: 2 })).join(), /schema_version is 2/);
  assert.match(
    messagesAfter(change({ grade_id: "solution-2" })).join(),
    /"solution-2" is used twice/,
  );
  const worthless = (cells) =>
    delete cells.find(({ metadata }) => metadata.nbgrader?.grade).metadata.nbgrader.points;
  assert.match(messagesAfter(worthless).join(), /points above 0/);
});

test("the first cell and the metadata say the same of the backend", () => {
  const open = (options) =>
    code(`const lesson = await gan.openLesson("90-sample", { profile: "standard"${options} });`);
  const found = (options, lesson) =>
    checkSections(sampleLesson({ extra: [open(options)], lesson })).map(({ message }) => message);
  assert.deepEqual(found(", needsNative: true", { needsNative: true }), []);
  assert.deepEqual(found("", {}), []);
  assert.deepEqual(found(", needsNative: true", {}), [
    "gan.openLesson has needsNative: true, and metadata.lesson has not",
  ]);
  assert.deepEqual(found("", { needsNative: true }), [
    "metadata.lesson has needsNative: true, and gan.openLesson has not",
  ]);
});
