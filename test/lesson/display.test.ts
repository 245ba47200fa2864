import assert from "node:assert/strict";
import { test } from "node:test";
import { createDisplay, display } from "gan-lib/dist/lesson/display";
import { htmlOutput } from "gan-lib/dist/lesson/html";
import { captureKernel, captureOutput } from "./capture";

test("outside Jupyter a value is printed as text", async (t) => {
  const printed = captureOutput(t);
  await display(htmlOutput("<b>bold</b>", "bold"));
  await createDisplay().update({ a: 1 });
  assert.equal(printed(), "bold\n{ a: 1 }\n");
});

test("in a kernel a value is published with all its forms and without an id", async (t) => {
  const published = captureKernel(t);
  await display(htmlOutput("<b>bold</b>", "bold"));
  assert.deepEqual(published, [
    {
      data: { "text/html": "<b>bold</b>", "text/plain": "bold" },
      metadata: {},
      transient: {},
      update: false,
    },
  ]);
});

test("a module that was imported, and has no file name of its own, does not hide the kernel", async (t) => {
  const published = captureKernel(t);
  const imported = "file:///imported.mjs";
  require.cache[imported] = { exports: {} } as unknown as NodeJS.Module;
  t.after(() => Reflect.deleteProperty(require.cache, imported));
  await display("still shown");
  assert.equal(published.length, 1);
});

test("an alternative text reaches the kernel", async (t) => {
  const published = captureKernel(t);
  const picture = { [Symbol.for("Jupyter.display")]: () => ({ "image/png": Buffer.from("x") }) };
  await display(picture, { alt: "An x." });
  assert.deepEqual(published[0]?.metadata, { "image/png": { alt: "An x." } });
  assert.equal(published[0].data["text/plain"], "An x.");
});

test("a live display appears once and is then replaced, each under an id of its own", async (t) => {
  const published = captureKernel(t);
  const [first, second] = [createDisplay(), createDisplay()];
  await first.update(1);
  await second.update("other");
  await first.update(2);
  assert.deepEqual(
    published.map(({ data, update }) => [data["text/plain"], update]),
    [
      ["1", false],
      ["other", false],
      ["2", true],
    ],
  );
  const ids = published.map(({ transient }) => transient.display_id);
  assert.equal(ids[0], ids[2]);
  assert.notEqual(ids[0], ids[1]);
  assert.ok(ids.every((id) => typeof id === "string" && id.length > 0));
});

test("a value that fails to display itself is an error, and nothing is published", async (t) => {
  const published = captureKernel(t);
  const broken = {
    [Symbol.for("Jupyter.display")]: () => {
      throw new Error("broken on purpose");
    },
  };
  await assert.rejects(display(broken), /broken on purpose/);
  assert.deepEqual(published, []);
});
