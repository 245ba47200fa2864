import assert from "node:assert/strict";
import { test } from "node:test";
import { checkFormat, MAX_CELL_LINES } from "../../tools/notebooks/check-format.mjs";
import { code, markdown, sampleLesson } from "./sampleLesson.mjs";

const known = new Set(["90-sample", "10-before"]);

function assertProblems(lesson, ...patterns) {
  const messages = checkFormat(lesson, known).map(({ message }) => message);
  assert.equal(messages.length, patterns.length, JSON.stringify(messages));
  patterns.forEach((pattern, index) => assert.match(messages[index], pattern));
}

test("a sound lesson has no problems", () => {
  const extra = [
    markdown(
      "![a line](checkFormat.test.mjs) [text](https://example.org/x) ![b](attachment:b.png) [here](#part)",
    ),
  ];
  assertProblems(sampleLesson({ extra, lesson: { requires: ["10-before"] } }));
});

test("outputs or an execution count left in a code cell are found, with the cell's number", () => {
  const withOutput = {
    ...code("1;"),
    outputs: [{ output_type: "stream", name: "stdout", text: "1" }],
  };
  const withCount = { ...code("1;"), execution_count: 3 };
  const lesson = sampleLesson({ extra: [withOutput, withCount] });
  assertProblems(lesson, /outputs/, /outputs/);
  assert.deepEqual(
    checkFormat(lesson, known).map(({ cell }) => cell),
    [4, 5],
  );
});

test("a code cell may fill a screen and no more", () => {
  const lines = (count) => Array.from({ length: count }, (_, index) => `// ${index}`).join("\n");
  assertProblems(sampleLesson({ extra: [code(lines(MAX_CELL_LINES))] }));
  assertProblems(sampleLesson({ extra: [code(lines(MAX_CELL_LINES + 1))] }), /26 lines/);
});

test("missing and wrong metadata is found", () => {
  const bare = sampleLesson();
  bare.notebook.metadata = {};
  assertProblems(bare, /kernelspec\.name is undefined/, /metadata\.lesson is missing/);
  const wrong = {
    title: " ",
    requires: ["12-nowhere"],
    minutes: { quick: 0, standard: "2" },
    memoryMB: -1,
  };
  assertProblems(
    sampleLesson({ lesson: wrong }),
    /title/,
    /12-nowhere/,
    /minutes\.quick/,
    /minutes\.standard/,
    /memoryMB/,
  );
});

test("pictures need an alt text, in Markdown and in HTML", () => {
  const extra = [
    markdown("![](https://example.org/a.png)"),
    markdown('<img src="https://example.org/a.png" alt=" ">'),
    markdown('<img alt="a" src="a.png">'),
  ];
  assertProblems(sampleLesson({ extra }), /no alt text/, /no alt text/);
});

test("a link to a notebook that does not exist is found", () => {
  assertProblems(
    sampleLesson({ extra: [markdown("see [next](12-nowhere.ipynb#part)")] }),
    /12-nowhere\.ipynb leads nowhere/,
  );
});
