/** A port that Jupyter chose and another program has: waited for, and named when it stays taken. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Reply } from "zeromq";
import { bind } from "../../kernel/bind.mjs";

const connection = { transport: "tcp", ip: "127.0.0.1" };

async function takePort() {
  const holder = createServer().listen(0, connection.ip);
  await once(holder, "listening");
  const address = holder.address();
  assert.ok(address !== null && typeof address !== "string");
  return { holder, port: address.port };
}

test("a port that is taken is bound as soon as it is free", async () => {
  const { holder, port } = await takePort();
  const socket = new Reply();
  let bound = false;
  const binding = bind(socket, connection, port).then(() => (bound = true));
  await sleep(300);
  assert.equal(bound, false);
  holder.close();
  await binding;
  assert.equal(socket.lastEndpoint, `tcp://127.0.0.1:${port}`);
  socket.close();
});

test("a port that stays taken is named, with what to do", async () => {
  const { holder, port } = await takePort();
  const socket = new Reply();
  await assert.rejects(
    bind(socket, connection, port, 200),
    new RegExp(`held tcp://127.0.0.1:${port} for 0.2 s.*Start the kernel again`),
  );
  socket.close();
  holder.close();
});

test("any other failure is told at once", async () => {
  const socket = new Reply();
  await assert.rejects(
    bind(socket, { transport: "tcp", ip: "no.such.host.invalid" }, 1),
    (/** @type {NodeJS.ErrnoException} */ error) => error.code !== "EADDRINUSE",
  );
  socket.close();
});
