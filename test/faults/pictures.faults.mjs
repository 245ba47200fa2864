/** Thousands of damaged pictures are decoded beside TensorFlow, which holds codecs of its own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ready } from "gan-lib";
import { alignTable } from "../../tools/run/table.mjs";
import { fuzzPictures } from "../images/fuzz.mjs";

/** Damaged files of each kind. */
const COUNT = Number(process.env["GAN_FUZZ_PICTURES"] ?? 500);

const COLUMNS = ["refused", "same", "other", "grey", "slowestMs"];
const TITLES = ["file", "refused", "the picture itself", "another picture", "grey", "slowest ms"];

test(`${COUNT} damaged files of each kind: no crash, none shown grey, no PNG with other pixels`, async (t) => {
  await ready();
  const results = Object.entries(await fuzzPictures(COUNT));
  const rows = results.map(([kind, tally]) => [
    kind,
    ...COLUMNS.map((column) => String(Math.round(tally[column]))),
  ]);
  t.diagnostic(`\n${alignTable([TITLES, ...rows])}`);
  for (const [kind, { refused, grey, other }] of results) {
    assert.ok(refused > 0, `${kind}: nothing was refused, so nothing was damaged`);
    assert.equal(grey, 0, `${kind}: ${grey} shown with a grey gap`);
    if (/png/i.test(kind)) assert.equal(other, 0, `${kind}: ${other} with other pixels`);
  }
});
