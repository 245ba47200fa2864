import assert from "node:assert/strict";
import { test } from "node:test";
import { findPicture } from "../../tools/picture.mjs";

const output = (alt, bytes) => ({
  data: { "image/png": Buffer.from(bytes).toString("base64"), "text/plain": alt },
});
const notebook = {
  cells: [
    { cell_type: "markdown" },
    { outputs: [{ text: "hello" }, output("Losses", "a")] },
    { outputs: [output(["Samples ", "at step 3"], "b")] },
  ],
};

test("a picture is found by the beginning of its text", () => {
  assert.equal(findPicture(notebook, "Samples at").png.toString(), "b");
  assert.equal(findPicture(notebook, "Samples at").alt, "Samples at step 3");
});

test("a picture that is not there is an error that lists those that are", () => {
  assert.throws(
    () => findPicture(notebook, "samples"),
    /begins with "samples"[^]*Losses\n {2}Samples at step 3/,
  );
  assert.throws(() => findPicture({ cells: [] }, "x"), /no pictures/);
});
