/** ZIP archives for tests, as a wheel is one. */
import { crc32, deflateRawSync } from "node:zlib";

/** A member, and what is wrong with it. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly stored?: boolean;
  /** In place of the true ones. */
  readonly bytes?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
}

/** The numbers that a local header and the directory share, 26 bytes from "version needed" on. */
function shared(entry: ZipEntry, packed: Uint8Array): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(entry.flags ?? 0, 2);
  fields.writeUInt16LE(entry.method ?? (entry.stored === true ? 0 : 8), 4);
  fields.writeUInt32LE(entry.crc ?? crc32(entry.content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(entry.bytes ?? entry.content.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(entry.name), 22);
  return fields;
}

/** An archive with these members. */
export function zipFile(entries: readonly ZipEntry[], comment = ""): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const packed =
      entry.stored === true ? Buffer.from(entry.content) : deflateRawSync(entry.content);
    const fields = shared(entry, packed);
    const local = Buffer.concat([
      Buffer.from("PK\x03\x04"),
      fields,
      Buffer.from(entry.name),
      packed,
    ]);
    const rest = Buffer.alloc(14); // comment, disk, attributes, then where the local header is
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\0"), fields, rest, Buffer.from(entry.name));
    locals.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, listed, end, Buffer.from(comment)]);
}
