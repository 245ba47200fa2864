import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { checkCode } from "../../tools/notebooks/check-code.mjs";
import { code, sampleLesson } from "./sampleLesson.mjs";
import { temporaryFolder } from "./temporary.mjs";

const folder = temporaryFolder("check-code");
let count = 0;

/** The linter remembers a project by its folder, so each check of a test has its own. */
const newFolder = () => path.join(folder, String(count++));

/** The problems of a sample lesson with these cells as its cells 4, 5, … */
async function problemsOf(...sources) {
  return checkCode([sampleLesson({ extra: sources.map((source) => code(source)) })], newFolder());
}

async function assertOne(sources, place, message) {
  const problems = await problemsOf(...sources);
  assert.equal(problems.length, 1, JSON.stringify(problems));
  assert.deepEqual({ cell: problems[0].cell, line: problems[0].line }, place);
  assert.match(problems[0].message, message);
}

test("a sound lesson has no problems", async () => {
  assert.deepEqual(await problemsOf(), []);
});

test("what the kernel allows is allowed: declaring again, changing, awaiting at the top", async () => {
  const problems = await problemsOf(
    'import { setTimeout as sleep } from "node:timers/promises";\nconst total = "now a text";\ninterface Row { a: number }',
    "interface Row { b: string }\nconst row: Row = { b: total.toUpperCase() };\nlet seen = false;",
    "for await (const x of (async function* () { yield await sleep(1, 1); })()) { seen = x === 1; }\nconst y: number = await (sleep(1, 2));\nif (!seen) { throw new Error(row.b + String(y)); }",
  );
  assert.deepEqual(problems, []);
});

test("a promise that nobody awaits is found, with its cell and line", async () => {
  await assertOne(["const unused = 1;\nsleep(5);"], { cell: 4, line: 2 }, /no-floating-promises/);
});

test("awaiting what is no promise is found", async () => {
  await assertOne(["await 3;"], { cell: 4, line: 1 }, /await-thenable/);
});

test("a promise where a plain value is wanted is found", async () => {
  await assertOne(
    ["[1, 2].forEach(async (ms) => { await sleep(ms); });"],
    { cell: 4, line: 1 },
    /no-misused-promises/,
  );
});

test("a type error in a later cell is found there", async () => {
  await assertOne(
    ["const first = 1;", "const ok = 2;\n\nconst word: string = first + ok;"],
    { cell: 5, line: 3 },
    /not assignable to type 'string'/,
  );
});

test("strictness holds: a value that may be null, a parameter without a type", async () => {
  await assertOne(["console.log(total.toFixed(1));"], { cell: 4, line: 1 }, /possibly 'null'/);
  await assertOne(["const f = (x) => 1;"], { cell: 4, line: 1 }, /implicitly has an 'any' type/);
});

test("a comment does not switch a rule off", async () => {
  const messages = (await problemsOf("// eslint-disable-next-line\nsleep(5);")).map(
    ({ message }) => message,
  );
  assert.match(messages.join("\n"), /no effect.*\n.*no-floating-promises/);
});

test("an import that leads nowhere is found in its cell", async () => {
  await assertOne(
    ["const a = 1;", 'import { nothing } from "no-such-package";'],
    { cell: 5, line: 1 },
    /no-such-package/,
  );
});

test("a cell that does not parse is named, and other notebooks are still judged", async () => {
  const broken = sampleLesson({
    slug: "91-broken",
    extra: [code("const a = 1;"), code("const ok = 1;\nif (ok { ")],
  });
  const floating = sampleLesson({ slug: "92-floating", extra: [code("sleep(1);")] });
  const problems = await checkCode([broken, floating], newFolder());
  assert.deepEqual(
    new Set(problems.map(({ slug, cell }) => `${slug} ${cell}`)),
    new Set(["91-broken 5", "92-floating 4"]),
  );
});
