import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { createCanvas, loadImage } from "canvas";
import { tf } from "gan-lib";
import { toMimeBundle } from "gan-lib/dist/lesson/mime";
import { lossCurves } from "gan-lib/dist/plots/measureCurves";
import pl from "nodejs-polars";

const textOf = async (value: unknown): Promise<unknown> =>
  (await toMimeBundle(value)).data["text/plain"];

test("plain values are shown as text without colours", async () => {
  assert.deepEqual(await toMimeBundle({ a: [1, "b"] }), {
    data: { "text/plain": "{ a: [ 1, 'b' ] }" },
    metadata: {},
  });
  assert.equal(await textOf("it's"), '"it\'s"');
  assert.equal(await textOf(undefined), "undefined");
  assert.equal(await textOf(null), "null");
  assert.equal(await textOf(3n), "3n");
});

test("a DataFrame is a table of its columns, rows and shape, all text escaped", async () => {
  const frame = pl.DataFrame({
    "<b>": ["<script>alert(1)</script>", 'a & "b"', null],
    n: [1.5, 2, null],
    list: [[1], [2], [3]],
  });
  const { data } = await toMimeBundle(frame);
  const html = String(data["text/html"]);
  const [left, right] = ["left", "right"].map((side) => `style="text-align: ${side}"`);
  assert.ok(
    html.includes(
      `<th scope="col" ${left}>&lt;b&gt;</th><th scope="col" ${right}>n</th><th scope="col" ${left}>list</th>`,
    ),
    html,
  );
  assert.ok(html.includes(`>&lt;script&gt;alert(1)&lt;/script&gt;</td><td ${right}>1.5</td>`));
  assert.ok(html.includes(`>a &amp; &quot;b&quot;</td><td ${right}>2</td>`));
  assert.equal(html.split(">–</td>").length, 3, "two cells are missing");
  assert.match(html, /3 rows, 3 columns/);
  assert.doesNotMatch(html, /<script|<b>|Float64|null/);
  assert.equal(data["text/plain"], frame.toString());
});

test("numbers of a DataFrame are rounded for reading: three significant digits, units from 1,000 on", async () => {
  const values = [0.13854211999475957, -1.2e-9, 12345.678, 1234567, NaN, -0.5, 2];
  const html = String((await toMimeBundle(pl.DataFrame({ values }))).data["text/html"]);
  const shown = [...html.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text);
  assert.deepEqual(shown, ["0.139", "−1.2e−9", "12,346", "1,234,567", "–", "−0.5", "2"]);
});

test("of a large DataFrame only the first rows and columns are shown, and the table says so", async () => {
  const columns = Object.fromEntries(
    Array.from({ length: 25 }, (_, c) => [
      `c${c}`,
      Array.from({ length: 30 }, (_, r) => `${r}:${c}`),
    ]),
  );
  const html = String((await toMimeBundle(pl.DataFrame(columns))).data["text/html"]);
  assert.match(html, /30 rows \(the first 20 shown\), 25 columns \(the first 20 shown\)/);
  assert.match(html, />19:19<\/td>/);
  assert.doesNotMatch(html, /20:0|0:20/);
});

test("columns of a DataFrame may be called as its own properties are", async () => {
  const names = ["shape", "columns", "rows", "height", "width", "dtypes", "head"];
  const frame = pl.DataFrame(Object.fromEntries(names.map((name, i) => [name, [i, i + 10]])));
  const html = String((await toMimeBundle(frame)).data["text/html"]);
  assert.deepEqual(
    [...html.matchAll(/<th[^>]*>([^<]*)<\/th>/g)].map(([, text]) => text),
    names,
  );
  assert.match(html, />6<\/td><\/tr><tr>.*>16<\/td>/s);
  assert.match(html, /2 rows, 7 columns/);
});

test("a canvas is a PNG with its size as alternative text", async () => {
  const { data, metadata } = await toMimeBundle(createCanvas(30, 20));
  const picture = await loadImage(Buffer.from(String(data["image/png"]), "base64"));
  assert.deepEqual([picture.width, picture.height], [30, 20]);
  assert.equal(data["text/plain"], "Picture of 30 x 20 pixels.");
  assert.deepEqual(metadata, { "image/png": { alt: "Picture of 30 x 20 pixels.", width: 30 } });
});

test("a Vega-Lite chart is a chart, a PNG of the same size on screen, and its description", async () => {
  const spec = lossCurves([{ step: 1, discriminatorLoss: 1, generatorLoss: 2 }]);
  const { data, metadata } = await toMimeBundle(spec);
  assert.deepEqual(data["application/vnd.vegalite.v5+json"], spec);
  assert.equal(data["text/plain"], spec.description);
  const { width, height } = await loadImage(Buffer.from(String(data["image/png"]), "base64"));
  assert.deepEqual(metadata, {
    "image/png": { alt: spec.description, width: width / 2, height: height / 2 },
  });
});

test("a given alternative text takes the place of the description everywhere", async () => {
  const spec = lossCurves([{ step: 1, discriminatorLoss: 1, generatorLoss: 2 }]);
  const { data, metadata } = await toMimeBundle(spec, { alt: "Mine." });
  assert.equal(data["text/plain"], "Mine.");
  assert.equal(
    (data["application/vnd.vegalite.v5+json"] as { description: string }).description,
    "Mine.",
  );
  assert.equal((metadata["image/png"] as { alt: string }).alt, "Mine.");
  assert.deepEqual((await toMimeBundle(createCanvas(1, 1), { alt: "Dot." })).metadata, {
    "image/png": { alt: "Dot.", width: 1 },
  });
});

test("another version's schema is not taken for a chart", async () => {
  const { data } = await toMimeBundle({
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    mark: "point",
  });
  assert.deepEqual(Object.keys(data), ["text/plain"]);
});

test("an object that displays itself is asked, also by a promise; its bytes travel as base64", async () => {
  const shown = (data: Record<string, unknown>): unknown => ({
    [Symbol.for("Jupyter.display")]: () => Promise.resolve(data),
  });
  assert.deepEqual(await toMimeBundle(shown({ "text/html": "<p>a</p>", "text/plain": "a" })), {
    data: { "text/html": "<p>a</p>", "text/plain": "a" },
    metadata: {},
  });
  assert.deepEqual(
    await toMimeBundle(shown({ "image/png": Uint8Array.of(1, 2), "text/plain": "two bytes" })),
    {
      data: { "image/png": "AQI=", "text/plain": "two bytes" },
      metadata: { "image/png": { alt: "two bytes" } },
    },
  );
});

test("a small tensor is shown whole, a large one by range, mean and first values; neither is disposed", async () => {
  const small = tf.tensor2d([
    [1, 2],
    [3, 4.5],
  ]);
  assert.match(
    String(await textOf(small)),
    /^Tensor float32 \[2, 2\]\n\s+\[\[1, 2 {2}\],\n\s+\[3, 4\.5\]\]$/,
  );
  const large = tf.range(0, 100, 1, "float32").reshape([4, 25]);
  assert.equal(
    await textOf(large),
    "Tensor float32 [4, 25]\nmin 0, max 99, mean 49.5\nfirst values 0, 1, 2, 3, 4, 5, …",
  );
  const holed = tf.concat([large.flatten(), tf.tensor1d([NaN, Infinity])]);
  assert.match(
    String(await textOf(holed)),
    /min 0, max 99, mean 49\.5; 2 of 102 values are NaN or infinite/,
  );
  const variable = tf.variable(small);
  assert.match(String(await textOf(variable)), /Tensor float32 \[2, 2\]/);
  for (const tensor of [small, large, variable]) assert.equal(tensor.isDisposed, false);
  small.dispose();
  assert.equal(await textOf(small), "Tensor float32 [2, 2], disposed");
});

test("showing values does not load TensorFlow, nor Vega and canvas before they are needed", () => {
  const script = `require("gan-lib/dist/lesson/mime").toMimeBundle({ a: 1 }).then(() => {
    const heavy = Object.keys(require.cache).filter((file) => /node_modules.(@tensorflow|vega|canvas|tslab)/.test(file));
    process.stdout.write(JSON.stringify(heavy));
  });`;
  assert.equal(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }), "[]");
});
