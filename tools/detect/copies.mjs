/** Pictures that are there twice, where a detector is trained. */
import { createHash } from "node:crypto";
import { count } from "./say.mjs";

/** @returns {string[]} A sum over each picture's pixels. */
function sumsOf(images) {
  const [pictures, ...shape] = images.shape;
  const [data, length] = [images.dataSync(), shape.reduce((product, size) => product * size)];
  return Array.from({ length: pictures }, (_, i) =>
    createHash("sha256")
      .update(data.subarray(i * length, (i + 1) * length))
      .digest("hex"),
  );
}

/** Warns of pictures that are there twice: a copy that was learned from says nothing when it is judged. */
export function warnOfCopies(real, fake) {
  const [reals, fakes] = [real, fake].map(({ images }) => sumsOf(images));
  const known = new Set(reals);
  const shared = fakes.filter((sum) => known.has(sum)).length;
  if (shared > 0)
    console.log(
      `Warning: ${count(shared, "generated picture")} can be found among the real ones, the same in every pixel that is looked at. Take them out of one folder.`,
    );
  const repeated = reals.length + fakes.length - known.size - new Set(fakes).size;
  if (repeated > 0)
    console.log(
      `Warning: ${count(repeated, "picture")} ${repeated === 1 ? "repeats" : "repeat"} another of the same folder. A detector that is judged by copies of what it learned from looks too good; take them out.`,
    );
}
