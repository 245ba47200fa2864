/** What a JPEG file says of how it was compressed (ITU-T T.81). */

const [START_OF_SCAN, QUANTIZATION] = [0xda, 0xdb];

/** The contents of a JPEG's segments of one kind, up to its first scan; a broken file has fewer. */
function segments(bytes: Uint8Array, kind: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!;
    if (marker === START_OF_SCAN) break;
    const end = marker === 0xff ? at + 1 : at + 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
    if (marker === kind) found.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return found;
}

/**
 * The quantization tables of a JPEG file by their number, each of 64 steps in the zigzag's order (T.81, B.2.4.1): how coarsely
 * each wave of a block was rounded. What is missing in a broken file is left out.
 */
export function quantizationTables(file: Uint8Array): ReadonlyMap<number, readonly number[]> {
  const tables = new Map<number, readonly number[]>();
  for (const content of segments(file, QUANTIZATION)) {
    for (let at = 0; at < content.length;) {
      const [wide, number] = [content[at]! >> 4 === 1, content[at]! & 15];
      const size = wide ? 128 : 64;
      const steps = content.subarray(at + 1, at + 1 + size);
      if (steps.length === size)
        tables.set(
          number,
          Array.from({ length: 64 }, (_, i) =>
            wide ? steps[2 * i]! * 256 + steps[2 * i + 1]! : steps[i]!,
          ),
        );
      at += 1 + size;
    }
  }
  return tables;
}

/** The sum of the 64 steps for brightness that T.81 gives as an example (table K.1), which libjpeg scales by its quality. */
const SUM_AT_50 = 3688;

/** The quality at which libjpeg's table for brightness is about as coarse, 1 … 100; another program may call it otherwise. */
export function libjpegQuality(table: readonly number[]): number {
  const percent = (100 * table.reduce((sum, step) => sum + step, 0)) / SUM_AT_50;
  const quality = percent <= 100 ? (200 - percent) / 2 : 5000 / percent;
  return Math.min(100, Math.max(1, Math.round(quality)));
}
