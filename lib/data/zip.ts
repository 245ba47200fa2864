/** One member of a ZIP archive (PKWARE's APPNOTE 6.3), read strictly. The archives are pinned by their sums, so this needs no more. */
import { crc32, inflateRawSync } from "node:zlib";

const END = { signature: 0x06054b50, length: 22 } as const;
const DIRECTORY = { signature: 0x02014b50, length: 46 } as const;
const LOCAL = { signature: 0x04034b50, length: 30 } as const;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
/** Stands where a number is in a ZIP64 record instead. */
const ELSEWHERE = 0xffffffff;

/** What the central directory says of a member. */
interface Member {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  /** In the archive. */
  readonly packed: number;
  readonly bytes: number;
  /** Where its local header begins. */
  readonly at: number;
}

const damaged = (): Error => new Error("it is no ZIP archive, or is damaged or cut off");

/** Where the record at the archive's end begins: its comment must end with the archive. */
function endOf(archive: Buffer): number {
  const last = archive.length - END.length;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--)
    if (archive.readUInt32LE(at) === END.signature && archive.readUInt16LE(at + 20) === last - at)
      return at;
  throw damaged();
}

/** All members of this name. */
function membersNamed(archive: Buffer, name: string): Member[] {
  const end = endOf(archive);
  const count = archive.readUInt16LE(end + 10);
  const found: Member[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (archive.readUInt32LE(at) !== DIRECTORY.signature) throw damaged();
    const [nameLength, extra, comment] = [28, 30, 32].map((k) => archive.readUInt16LE(at + k));
    const nameAt = at + DIRECTORY.length;
    if (archive.toString("utf8", nameAt, nameAt + nameLength!) === name)
      found.push({
        flags: archive.readUInt16LE(at + 8),
        method: archive.readUInt16LE(at + 10),
        crc: archive.readUInt32LE(at + 16),
        packed: archive.readUInt32LE(at + 20),
        bytes: archive.readUInt32LE(at + 24),
        at: archive.readUInt32LE(at + 42),
      });
    at = nameAt + nameLength! + extra! + comment!;
  }
  return found;
}

/** A member's bytes as they lie in the archive. */
function packedBytes(archive: Buffer, { at, packed }: Member): Buffer {
  if (archive.readUInt32LE(at) !== LOCAL.signature) throw damaged();
  const start = at + LOCAL.length + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  if (start + packed > archive.length) throw damaged();
  return archive.subarray(start, start + packed);
}

function unpacked(data: Buffer, { method, bytes }: Member): Buffer {
  if (method === STORED) return data;
  if (method !== DEFLATED) throw new Error(`it is packed by the method ${method}, not by Deflate`);
  // No more is made than was promised: an archive cannot grow in the memory.
  return inflateRawSync(data, { maxOutputLength: Math.max(1, bytes) });
}

/** Takes out a member, once it is found. */
function takeOut(archive: Buffer, member: Member, most: number): Buffer {
  if ((member.flags & ENCRYPTED) !== 0) throw new Error("it is encrypted");
  if ([member.packed, member.bytes, member.at].includes(ELSEWHERE))
    throw new Error("it is in a ZIP64 archive, which is not read");
  if (member.bytes > most)
    throw new Error(`it promises ${member.bytes} bytes, more than the ${most} that are allowed`);
  const data = packedBytes(archive, member);
  let content: Buffer;
  try {
    content = unpacked(data, member);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new Error(`it does not unpack to its ${member.bytes} bytes`, { cause: error });
  }
  if (content.length !== member.bytes || crc32(content) !== member.crc)
    throw new Error("its bytes do not have the sum that stands beside them");
  return content;
}

/**
 * A member's bytes. Its name is compared and never becomes a path.
 *
 * @param archive The whole archive.
 * @param most How many bytes it may unpack to.
 * @throws Error when this is no ZIP archive or is cut off; when the member is missing, there twice, encrypted, larger than `most` or
 *   than it says, or damaged.
 */
export function zipMember(archive: Uint8Array, name: string, most: number): Uint8Array {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.length);
  try {
    const members = membersNamed(bytes, name);
    if (members.length !== 1) throw new Error(`it is there ${members.length} times, not once`);
    return new Uint8Array(takeOut(bytes, members[0]!, most));
  } catch (error) {
    const beyond = error instanceof RangeError; // a place behind the archive's end
    const said = beyond ? damaged().message : (error as Error).message;
    throw new Error(`${name} cannot be read: ${said}.`, { cause: error });
  }
}
