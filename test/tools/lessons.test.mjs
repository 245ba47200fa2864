import assert from "node:assert/strict";
import { test } from "node:test";
import { findLesson, withRequired } from "../../tools/notebooks/lessons.mjs";
import { formatNotebook, stripNotebook } from "../../tools/notebooks/strip.mjs";
import { costProblems } from "../../tools/run/lesson-run.mjs";
import { code, markdown, notebook, sampleLesson } from "./sampleLesson.mjs";

const lessons = [
  sampleLesson({ slug: "00-welcome" }),
  sampleLesson({ slug: "10-game", lesson: { requires: ["00-welcome"] } }),
  sampleLesson({ slug: "11-gan", lesson: { requires: ["10-game"] } }),
  sampleLesson({ slug: "12-other" }),
];

test("a lesson is found by number, name, both, or its file", () => {
  for (const wanted of ["11", "gan", "11-gan", "notebooks/11-gan.ipynb"])
    assert.equal(findLesson(lessons, wanted).slug, "11-gan");
});

test("an unknown lesson is an error that lists the known ones; a part of a number is unknown", () => {
  for (const wanted of ["13", "1", "ga"])
    assert.throws(() => findLesson(lessons, wanted), /00-welcome, 10-game, 11-gan, 12-other/);
});

test("a lesson brings what it requires, through several steps, once and in order", () => {
  const slugs = (wanted) => withRequired(lessons, wanted).map(({ slug }) => slug);
  assert.deepEqual(slugs(["11"]), ["00-welcome", "10-game", "11-gan"]);
  assert.deepEqual(slugs(["12", "10"]), ["00-welcome", "10-game", "12-other"]);
});

test("lessons that require each other do not go round for ever", () => {
  const circle = [
    sampleLesson({ slug: "20-a", lesson: { requires: ["21-b"] } }),
    sampleLesson({ slug: "21-b", lesson: { requires: ["20-a"] } }),
  ];
  assert.equal(withRequired(circle, ["20"]).length, 2);
});

test("stripping takes out what a run left, and nothing else", () => {
  const ran = {
    ...code("1;", { tags: ["solution"], execution: { "iopub.status.busy": "now" } }),
    execution_count: 2,
    outputs: [{ output_type: "stream" }],
  };
  const [clean, text] = stripNotebook(notebook([ran, markdown("text")])).cells;
  assert.deepEqual(
    [clean.outputs, clean.execution_count, clean.metadata, clean.source],
    [[], null, { tags: ["solution"] }, "1;"],
  );
  assert.equal(text.source, "text");
  assert.equal(ran.execution_count, 2);
  assert.match(formatNotebook(notebook([])), /^\{\n "cells"[^]*\}\n$/);
});

test("declared costs have room, and an end", () => {
  const declared = { minutes: { quick: 1, standard: 10 }, memoryMB: 1000 };
  const report = (cpuSeconds, maxRssMB, profile = "quick") =>
    costProblems(declared, { profile, cpuSeconds, maxRssMB });
  assert.deepEqual(report(360, 1500), []);
  assert.deepEqual(report(3600, 1500, "standard"), []);
  assert.match(report(361, 1).join(), /cpuSeconds is 361 s, at most 360 .*1 min in profile quick/);
  assert.match(report(1, 1501).join(), /maxRssMB is 1501 MB, at most 1500 .*1000 MB/);
  assert.equal(report(undefined, Number.NaN).length, 2);
});
