import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
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
  await downloadFile(file, urls("/a"), EXPECTED, (received, total) =>
    progress.push(received / total),
  );
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

test("a rest that does not fit is thrown away, and the next mirror is asked for the whole", async () => {
  answers["/a"] = good;
  answers["/b"] = good;
  writeFileSync(`${file}.part`, Buffer.alloc(70_000));
  await downloadFile(file, urls("/a", "/b"), EXPECTED);
  assertWhole();
  assert.deepEqual(asked, ["/a bytes=70000-", "/b whole"]);
});

test("mirrors are asked in order until one has the file", async () => {
  answers["/b"] = good;
  answers["/c"] = good;
  await downloadFile(file, urls("/a", "/b", "/c"), EXPECTED);
  assertWhole();
  assert.deepEqual(asked, ["/a whole", "/b whole"]);
});

test("a server that sends too much is cut off", async () => {
  answers["/a"] = (response) => response.end(Buffer.concat([CONTENT, CONTENT]));
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
    downloadFile(file, [...urls("/a"), nobody], EXPECTED, undefined, "Or set GAN_DATA_DIR."),
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

function halfArrived(): boolean {
  return statSync(`${file}.part`, { throwIfNoEntry: false })?.size === HALF;
}

/** Waits for a condition; the runner's own time limit ends a wait that is in vain. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
