/** A file of a published data set, used only when it is that file. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseIdx, unpackIdx } from "./idx";
import { datasetSource, packedOrNot, publishedFile, type DatasetName } from "./sources";

const sumOf = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

/**
 * The values of a data set's file, which lies in the folder packed or unpacked.
 *
 * @throws Error naming the file when its sum is not the published one, packed or unpacked, with what it is instead.
 */
export async function readPublished(
  folder: string,
  name: DatasetName,
  file: string,
): Promise<Uint8Array> {
  const { title, files } = datasetSource(name);
  const wanted = files[file]!;
  const place = packedOrNot(folder, file)!;
  const content = await readFile(place);
  const sum = sumOf(content);
  const unpacked = await unpackIdx(content, place);
  // Packed by another program, the same values have another sum.
  if (sum !== wanted.sha256 && sumOf(unpacked) !== wanted.unpackedSha256) {
    const other = publishedFile(sum) ?? publishedFile(sumOf(unpacked));
    const is = other === undefined ? `has the SHA-256 ${sum}` : `is ${other}`;
    throw new Error(
      `${place} is not ${title}'s ${file}: it ${is}. Replace it by the published file (SHA-256 ${wanted.sha256}, ` +
        "data/SOURCES.md lists the mirrors).",
    );
  }
  return parseIdx(unpacked, place).values;
}
