/** A server on this machine whose paths are mirrors, good ones and others. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

export const CONTENT = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 251));
export const EXPECTED = {
  bytes: CONTENT.length,
  sha256: createHash("sha256").update(CONTENT).digest("hex"),
};

const START = /^bytes=(\d+)-$/;
const rangeOf = (request) => `bytes ${startOf(request)}-${CONTENT.length - 1}/${CONTENT.length}`;
const startOf = ({ headers }) => Number(START.exec(headers.range ?? "")?.[1] ?? 0);

/** Answers rightly, with other bytes, up to a part of them, or otherwise. */
function answer(response, request, content = CONTENT, end = CONTENT.length) {
  const start = startOf(request);
  if (start > 0) response.writeHead(206, { "Content-Range": rangeOf(request) });
  else response.writeHead(200, { "Content-Length": content.length });
  response.write(content.subarray(start, Math.max(end, start + 1)));
  if (end >= content.length) response.end();
}

const noise = Buffer.alloc(CONTENT.length, 7);

/** @type {Record<string, import("node:http").RequestListener>} */
const mirrors = {
  good: (request, response) => answer(response, request),
  silent: () => undefined,
  stalls: (request, response) => answer(response, request, CONTENT, 20_000),
  breaks: (request, response) => {
    answer(response, request, CONTENT, startOf(request) + 9_000);
    setTimeout(() => response.destroy(), 20);
  },
  noise: (request, response) => answer(response, request, noise),
  noiseBreaks: (request, response) => {
    answer(response, request, noise, startOf(request) + 9_000);
    setTimeout(() => response.destroy(), 20);
  },
  short: (_, response) => response.end("<html>Please log in</html>"),
  shortChunks: (_, response) => (response.write("<html>Please "), response.end("log in</html>")),
  long: (_, response) => (response.write(CONTENT), response.end(CONTENT)),
  longLength: (_, response) => response.end(Buffer.concat([CONTENT, CONTENT])),
  empty: (_, response) => response.end(),
  missing: (_, response) => response.writeHead(404).end("no"),
  fails: (_, response) => response.writeHead(503).end("no"),
  wholeForRange: (_, response) => response.end(CONTENT),
  otherRange: (_, response) =>
    response
      .writeHead(206, { "Content-Range": `bytes 10-49999/${CONTENT.length}` })
      .end(CONTENT.subarray(10)),
  oddRange: (_, response) => response.writeHead(206, { "Content-Range": "cats" }).end(noise),
  circle: (request, response) => response.writeHead(302, { Location: request.url }).end(),
  noPlace: (_, response) => response.writeHead(302).end(),
  notHttp: (request) => request.socket.end("SSH-2.0-OpenSSH_9.6\r\n"),
  hangsUp: (request) => request.socket.destroy(),
};

export const kinds = Object.keys(mirrors);

/** @returns {Promise<{ address: string, close: () => void }>} */
export async function startMirrors() {
  const server = createServer((request, response) => {
    mirrors[String(request.url).slice(1)]?.(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => (server.closeAllConnections(), server.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { address: `http://127.0.0.1:${port}/`, close };
}
