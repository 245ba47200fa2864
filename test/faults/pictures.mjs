/** Thousands of damaged pictures. Usage: node test/faults/pictures.mjs [files of each kind; default 2000] [seed] */
import { ready } from "gan-lib";
import { alignTable } from "../../tools/run/table.mjs";
import { fuzzPictures } from "../images/fuzz.mjs";

await ready(); // TensorFlow holds codecs of its own: beside them, not alone
const [count, seed] = [Number(process.argv[2] ?? 2000), Number(process.argv[3] ?? 1)];
const results = Object.entries(await fuzzPictures(count, seed));
const columns = ["refused", "same", "other", "grey", "slowestMs"];
const titles = ["file", "refused", "the picture itself", "another picture", "grey", "slowest ms"];
const rows = results.map(([kind, tally]) => [
  kind,
  ...columns.map((column) => String(Math.round(tally[column]))),
]);
console.log(alignTable([titles, ...rows]));
const bad = results.filter(([kind, { other, grey }]) => grey + (/png/.test(kind) ? other : 0) > 0);
console.log(
  bad.length === 0
    ? `${count * results.length} damaged files: no crash, none shown grey, no PNG with other pixels`
    : `Wrong: ${bad.map(([kind]) => kind).join(", ")}`,
);
process.exitCode = bad.length === 0 ? 0 : 1;
