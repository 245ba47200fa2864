import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { parseIdx, readIdx } from "gan-lib/dist/data/idx";

const scratch = mkdtempSync(path.join(tmpdir(), "idx-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** Two images of 2x3 with the values 0 … 11. */
const IMAGES = Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...Array(12).keys()]);

function fileWith(name: string, content: Buffer): string {
  const file = path.join(scratch, name);
  writeFileSync(file, content);
  return file;
}

test("an IDX file gives its shape and values, plain or compressed", async () => {
  const wanted = { shape: [2, 2, 3], values: Uint8Array.from(Array(12).keys()) };
  assert.deepEqual(await readIdx(fileWith("plain", IMAGES)), wanted);
  assert.deepEqual(await readIdx(fileWith("packed.gz", gzipSync(IMAGES))), wanted);
});

test("the sizes are read as big-endian 32-bit numbers", () => {
  const size = 0x010203;
  const header = Buffer.from([0, 0, 8, 1, 0, 1, 2, 3]);
  assert.deepEqual(parseIdx(Buffer.concat([header, Buffer.alloc(size)]), "labels").shape, [size]);
});

test("a wrong magic number is an error that names the file and the bytes", () => {
  const changed = (index: number, value: number): Buffer => {
    const copy = Buffer.from(IMAGES);
    copy[index] = value;
    return copy;
  };
  for (const content of [
    changed(0, 1),
    changed(1, 1),
    changed(2, 0x0d),
    changed(3, 0),
    Buffer.from("<html>"),
    Buffer.alloc(2),
  ]) {
    assert.throws(
      () => parseIdx(content, "x/train"),
      /^Error: x\/train is not a whole IDX file.*starts with the bytes "[0-9a-f]*".*"000008"/,
    );
  }
});

test("a file that is too short or too long is an error that says by how much", () => {
  assert.throws(
    () => parseIdx(IMAGES.subarray(0, 27), "cut"),
    /cut .*sizes 2x2x3 ask for 12 values, it holds 11/,
  );
  assert.throws(
    () => parseIdx(Buffer.concat([IMAGES, Buffer.alloc(1)]), "long"),
    /ask for 12 values, it holds 13/,
  );
  assert.throws(
    () => parseIdx(IMAGES.subarray(0, 10), "head"),
    /head .*has 10 bytes, fewer than the 16 of its header/,
  );
});

test("a compressed file that was cut or changed is an error that names it", async () => {
  const packed = gzipSync(IMAGES);
  await assert.rejects(
    readIdx(fileWith("cut.gz", packed.subarray(0, packed.length - 9))),
    /cut\.gz is not a whole IDX file.*does not unpack/,
  );
  packed[packed.length - 5] = (packed.at(-5) ?? 0) ^ 1;
  await assert.rejects(readIdx(fileWith("changed.gz", packed)), /changed\.gz .*does not unpack/);
});

test("a file that claims more than it should, or unpacks to more than it claims, is refused", async () => {
  const bomb = gzipSync(Buffer.concat([IMAGES, Buffer.alloc(50_000_000)]));
  assert.ok(bomb.length < 60_000);
  await assert.rejects(
    readIdx(fileWith("bomb.gz", bomb)),
    /bomb\.gz .*it unpacks to more than its header claims/,
  );
  const huge = Buffer.from([0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255]);
  for (const content of [huge, gzipSync(huge)])
    await assert.rejects(readIdx(fileWith("huge", content)), /4294967295x4294967295 are more than/);
});
