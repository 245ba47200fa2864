import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, beforeEach, test } from "node:test";
import { downloadFile } from "gan-lib/dist/data/download";

const CONTENT = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 251));
const EXPECTED = {
  bytes: CONTENT.length,
  sha256: createHash("sha256").update(CONTENT).digest("hex"),
};
const HALF = 100_000;

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const scratch = mkdtempSync(path.join(tmpdir(), "download-"));
let server: Server;
let address: string;
/** What the server was asked for: path and range. */
let asked: string[];
let answers: Record<string, Answer>;
let file: string;
let count = 0;

beforeEach(async () => {
  asked = [];
  answers = {};
  file = path.join(scratch, `file-${count++}`);
  server = createServer((request, response) => {
    const name = request.url ?? "";
    asked.push(`${name} ${request.headers.range ?? "whole"}`);
    (answers[name] ?? notFound)(response, request);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});
after(() => rmSync(scratch, { recursive: true, force: true }));

const notFound: Answer = (response) => response.writeHead(404).end("<html>not here</html>");

/** Answers as a good server does: the whole, or the range that was asked for. */
const good: Answer = (response, request) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (start === 0) response.writeHead(200, { "Content-Length": CONTENT.length }).end(CONTENT);
  else
    response
      .writeHead(206, { "Content-Range": `bytes ${start}-${CONTENT.length - 1}/${CONTENT.length}` })
      .end(CONTENT.subarray(start));
};

const ignoresRange: Answer = (response) => response.writeHead(200).end(CONTENT);

const wrongContent: Answer = (response) => response.end(Buffer.alloc(CONTENT.length));

/** Sends the first half and then nothing. */
const stalls: Answer = (response) => {
  response.writeHead(200, { "Content-Length": CONTENT.length });
  response.write(CONTENT.subarray(0, HALF));
};

/** Sends the first half and breaks the connection once it has arrived; a range is answered well. */
const breaksOff: Answer = (response, request) => {
  if (request.headers.range !== undefined) {
    good(response, request);
    return;
  }
  stalls(response, request);
  void until(halfArrived).then(() => response.destroy());
};

const urls = (...names: string[]): string[] => names.map((name) => address + name);

function assertWhole(): void {
  assert.deepEqual(readFileSync(file), CONTENT);
  assert.equal(existsSync(`${file}.part`), false);
}

test("a whole file arrives, with progress, and is not asked for again", async () => {
  answers["/a"] = good;
  const progress: number[] = [];
  await downloadFile(file, urls("/a"), EXPECTED, {
    onProgress: (received, total) => void progress.push(received / total),
  });
  assertWhole();
  assert.equal(progress.at(-1), 1);
  await downloadFile(file, urls("/a"), EXPECTED);
  assert.deepEqual(asked, ["/a whole"]);
});

test("a file with another sum is refused and thrown away, and the next mirror is asked for the whole", async () => {
  answers["/a"] = wrongContent;
  await assert.rejects(
    downloadFile(file, urls("/a"), EXPECTED),
    new RegExp(`/a: it sent another file: 200000 bytes.*${EXPECTED.sha256}`),
  );
  assert.equal(existsSync(file), false);
  assert.equal(existsSync(`${file}.part`), false);
  answers["/b"] = good;
  await downloadFile(file, urls("/a", "/b"), EXPECTED);
  assertWhole();
  assert.equal(asked.at(-1), "/b whole");
});

test("a broken transfer goes on where it stopped", async () => {
  answers["/a"] = breaksOff;
  await downloadFile(file, urls("/a"), EXPECTED);
  assertWhole();
  assert.deepEqual(asked, ["/a whole", `/a bytes=${HALF}-`]);
});

test("what another run left goes on where it stopped", async () => {
  answers["/a"] = good;
  writeFileSync(`${file}.part`, CONTENT.subarray(0, 70_000));
  await downloadFile(file, urls("/a"), EXPECTED);
  assertWhole();
  assert.deepEqual(asked, ["/a bytes=70000-"]);
});

test("a server that ignores the range starts the file again", async () => {
  answers["/a"] = ignoresRange;
  writeFileSync(`${file}.part`, Buffer.alloc(70_000));
  await downloadFile(file, urls("/a"), EXPECTED);
  assertWhole();
});

test("a rest that does not fit is thrown away, and the whole is asked for", async () => {
  answers["/a"] = good;
  writeFileSync(`${file}.part`, Buffer.alloc(70_000));
  await downloadFile(file, urls("/a", "/b"), EXPECTED);
  assertWhole();
  assert.deepEqual(asked, ["/a bytes=70000-", "/a whole"]);
});

test("mirrors are asked in order until one has the file", async () => {
  answers["/b"] = good;
  answers["/c"] = good;
  await downloadFile(file, urls("/a", "/b", "/c"), EXPECTED);
  assertWhole();
  assert.deepEqual(asked, ["/a whole", "/b whole"]);
});

test("a server that sends too much is cut off", async () => {
  answers["/a"] = (response) => {
    response.write(CONTENT); // without a length before it
    response.end(CONTENT);
  };
  await assert.rejects(
    downloadFile(file, urls("/a"), EXPECTED),
    /sends more than the 200000 bytes/,
  );
  assert.equal(existsSync(file), false);
});

test("when no mirror has it, the error says what each said and what to do", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const nobody = `http://127.0.0.1:${(closed.address() as AddressInfo).port}/x`;
  closed.close();
  await once(closed, "close");
  await assert.rejects(
    downloadFile(file, [...urls("/a"), nobody], EXPECTED, { advice: "Or set GAN_DATA_DIR." }),
    (error: Error) => {
      assert.match(error.message, /\/a: HTTP 404 Not Found/);
      assert.match(error.message, /\/x: fetch failed \(ECONNREFUSED\)/);
      assert.match(error.message, /Or set GAN_DATA_DIR\.$/);
      return true;
    },
  );
});

test("a process that is killed midway leaves no file, and the next one goes on", async () => {
  answers["/a"] = stalls;
  const child = spawn(process.execPath, [
    path.join(__dirname, "download-program.js"),
    file,
    ...urls("/a"),
    JSON.stringify(EXPECTED),
  ]);
  await until(halfArrived);
  child.kill("SIGKILL");
  await once(child, "close");
  assert.equal(existsSync(file), false);
  answers["/a"] = good;
  await downloadFile(file, urls("/a"), EXPECTED);
  assertWhole();
  assert.equal(asked.at(-1), `/a bytes=${HALF}-`);
});

test("a silent mirror is given up, before its answer or within it, and the next goes on", async () => {
  answers["/silent"] = () => undefined;
  answers["/stalls"] = stalls;
  answers["/b"] = good;
  await downloadFile(file, urls("/silent", "/stalls", "/b"), EXPECTED, { silence: 0.3 });
  assertWhole();
  assert.deepEqual(asked.slice(0, 2), ["/silent whole", "/stalls whole"]);
  assert.equal(asked.at(-1), `/b bytes=${HALF}-`);
  rmSync(file);
  await assert.rejects(
    downloadFile(file, urls("/silent"), EXPECTED, { silence: 0.3 }),
    /\/silent: it sent no byte for 0\.3 s/,
  );
});

test("a short wrong file from one mirror does not spoil the next", async () => {
  answers["/short"] = (response) => response.end("<html>Please log in</html>");
  answers["/chunked"] = (response) => {
    response.write("<html>Please ");
    response.end("log in</html>");
  };
  answers["/b"] = good;
  await downloadFile(file, urls("/short", "/b"), EXPECTED);
  assertWhole();
  rmSync(file);
  await downloadFile(file, urls("/chunked", "/b"), EXPECTED);
  assertWhole();
  rmSync(file);
  await assert.rejects(
    downloadFile(file, urls("/short"), EXPECTED),
    /a file of 26 bytes; wanted 200000[^]*to try again will not help/,
  );
});

test("several at once, in one process and in others, all end well", async () => {
  answers["/a"] = (response, request) => void setTimeout(() => good(response, request), 100);
  const program = path.join(__dirname, "download-program.js");
  const others = [1, 2, 3].map(async () => {
    const child = spawn(process.execPath, [program, file, ...urls("/a"), JSON.stringify(EXPECTED)]);
    const [code] = (await once(child, "close")) as [number];
    assert.equal(code, 0);
  });
  const here = [1, 2, 3].map(() => downloadFile(file, urls("/a"), EXPECTED));
  await Promise.all([...others, ...here]);
  assertWhole();
  assert.deepEqual(leftovers(), []);
});

test("a damaged file under the final name is downloaded anew", async () => {
  answers["/a"] = good;
  const damaged = Buffer.from(CONTENT);
  damaged[5000] = (damaged[5000] ?? 0) ^ 1;
  for (const content of [damaged, CONTENT.subarray(0, 1000)]) {
    writeFileSync(file, content);
    await downloadFile(file, urls("/a"), EXPECTED);
    assertWhole();
  }
  assert.equal(asked.length, 2);
});

test("GAN_OFFLINE says what is missing and where to put it, and asks nobody", async (context) => {
  context.after(() => delete process.env["GAN_OFFLINE"]);
  process.env["GAN_OFFLINE"] = "1";
  answers["/a"] = good;
  await assert.rejects(
    downloadFile(file, urls("/a"), EXPECTED),
    new RegExp(
      `${file} is missing, and GAN_OFFLINE.*200000 bytes with SHA-256 ${EXPECTED.sha256} there`,
    ),
  );
  writeFileSync(file, "wrong");
  await assert.rejects(downloadFile(file, urls("/a"), EXPECTED), /is not the file wanted .5 bytes/);
  assert.deepEqual(asked, []);
  writeFileSync(file, CONTENT);
  await downloadFile(file, urls("/a"), EXPECTED);
  process.env["GAN_OFFLINE"] = "0";
  rmSync(file);
  await downloadFile(file, urls("/a"), EXPECTED);
});

test("what helps depends on what failed", async () => {
  answers["/a"] = stalls;
  const options = { silence: 0.3 };
  await assert.rejects(
    downloadFile(file, urls("/a"), EXPECTED, options),
    /100000 of 200000 bytes are kept: the next call goes on from there/,
  );
  assert.deepEqual(leftovers(), [`${path.basename(file)}.part`]);
  rmSync(`${file}.part`);
  await assert.rejects(
    downloadFile(file, urls("/nothing"), EXPECTED, options),
    /HTTP 404[^]*helps when a mirror answers again/,
  );
  await assert.rejects(
    downloadFile(file, ["http://nowhere.invalid/x"], EXPECTED, options),
    /No mirror was reached: is this machine online/,
  );
});

test("a file that cannot be written is an error that says so, and asks no other mirror", async () => {
  answers["/a"] = good;
  answers["/b"] = good;
  const notFolder = path.join(scratch, `not-a-folder-${count}`);
  writeFileSync(notFolder, "");
  await assert.rejects(
    downloadFile(path.join(notFolder, "x"), urls("/a", "/b"), EXPECTED),
    /x cannot be written: .*(ENOTDIR|EEXIST)/,
  );
  assert.deepEqual(asked, []);
});

/** What is in the folder of the file's name besides the file. */
function leftovers(): string[] {
  return readdirSync(scratch).filter((name) => name.startsWith(`${path.basename(file)}.`));
}

function halfArrived(): boolean {
  return leftovers().some((name) => statSync(path.join(scratch, name)).size === HALF);
}

/** Waits for a condition; the runner's own time limit ends a wait that is in vain. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
