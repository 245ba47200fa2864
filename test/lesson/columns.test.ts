import assert from "node:assert/strict";
import { test } from "node:test";
import pl from "nodejs-polars";
import { columns, imageGrid, lineChart } from "gan-lib";
import { toMimeBundle } from "gan-lib/mime";

const chart = lineChart({ x: [0, 1], series: { a: [0, 1] }, xTitle: "step", yTitle: "<loss>" });
const grid = imageGrid({ data: [0], shape: [1, 1, 1, 1] }, { alt: 'one "grey" pixel' });

async function shown(...items: readonly unknown[]): Promise<Record<string, string>> {
  return (await toMimeBundle(columns(...items))).data as Record<string, string>;
}

test("charts and grids stand in one row that wraps, in their own width and with their own texts", async () => {
  const { "text/html": html = "", "text/plain": text } = await shown(chart, grid);
  assert.match(html, /^<div style="display: flex; flex-wrap: wrap/);
  const images = html.match(/<img [^>]+>/g) ?? [];
  assert.equal(images.length, 2);
  assert.ok(images.every((image) => image.includes("max-width: 100%")));
  assert.match(images[0], /alt="Line chart of a over step from 0 to 1;[^"]*" width="[\d.]+"/);
  assert.match(images[1] ?? "", /alt="one &quot;grey&quot; pixel"/);
  assert.match(text ?? "", /^Line chart .*\none "grey" pixel$/);
});

test("tables stay tables, and what is only text stays text", async () => {
  const { "text/html": html = "" } = await shown(pl.DataFrame({ a: [1] }), { less: "<than>" });
  assert.match(html, /<table>/);
  assert.match(html, /<pre>\{ less: &#39;&lt;than&gt;&#39; \}<\/pre>/);
});

test("nothing to show is refused, and an item's own error comes through", async () => {
  assert.throws(() => columns(), /at least one thing/);
  const broken = { $schema: "https://vega.github.io/schema/vega-lite/v5.json", mark: 3 };
  await assert.rejects(toMimeBundle(columns(broken)));
});
