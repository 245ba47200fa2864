/** Two processes need the same network of one cache. */
import assert from "node:assert/strict";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test, type TestContext } from "node:test";
import { ready } from "gan-lib/dist/backend/load";
import { getNetwork, type Got, type Wanted } from "./cacheProgram";

before(ready);

const PROGRAM = path.join(__dirname, "cacheProgram.js");
const scratch = mkdtempSync(path.join(tmpdir(), "shared-cache-"));
after(() => rmSync(scratch, { recursive: true }));

/** A process that needs a network, and is told to go on whenever its training tells of itself. */
class Asker {
  readonly child: ChildProcess;
  #said = "";
  #heard: Promise<unknown[]>;

  constructor(t: TestContext, wanted: Wanted) {
    this.child = fork(PROGRAM, [JSON.stringify(wanted)], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    t.after(() => this.child.kill("SIGKILL"));
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on("data", (text: Buffer) => (this.#said += text.toString()));
    this.#heard = once(this.child, "message");
  }

  /** Waits until it tells that it trains. */
  async trains(): Promise<void> {
    assert.deepEqual(await this.#heard, ["training", undefined], this.#said);
  }

  /** Waits until it has said something. */
  async says(what: RegExp): Promise<void> {
    while (!what.test(this.#said)) await once(this.child.stdout!, "data");
  }

  /** Lets it go on to its end. */
  async end(): Promise<Got> {
    for (;;) {
      const [message] = (await this.#heard) as ["training" | Got];
      if (message !== "training") return message;
      this.#heard = once(this.child, "message");
      this.child.send("go");
    }
  }

  async kill(): Promise<void> {
    const closed = once(this.child, "close");
    this.child.kill("SIGKILL");
    await closed;
  }
}

/** Two processes: the first trains, and the second has found that it does. */
async function together(t: TestContext, wanted: Wanted): Promise<[Asker, Asker]> {
  const first = new Asker(t, wanted);
  await first.trains();
  const second = new Asker(t, wanted);
  await second.says(RegExp(`is being trained by process ${first.child.pid} on .*: waiting for`));
  return [first, second];
}

const folderOf = (name: string): string => path.join(scratch, name);

test("the second waits for the first, says for whom, and gets its network", async (t) => {
  const folder = folderOf("together");
  const [first, second] = await together(t, { kind: "generator", folder });
  const { sum, told } = await first.end();
  assert.equal(told, 3);
  assert.deepEqual(await second.end(), { sum, told: 0 });
  assert.equal(readdirSync(folder).length, 1);
});

for (const [kind, tells, step] of [
  ["generator", 3, 10],
  ["classifier", 2, 20],
] as const)
  test(`where the first is killed, the second goes on with its ${kind}`, async (t) => {
    const folder = folderOf(`killed ${kind}`);
    const [first, second] = await together(t, { kind, folder });
    await first.kill();
    await second.says(RegExp(`training goes on after step ${step}, from .*\\.training`));
    const whole = await getNetwork({ kind, folder: folderOf(`whole ${kind}`) });
    assert.equal(whole.told, tells);
    assert.deepEqual(await second.end(), { sum: whole.sum, told: tells - 1 });
    assert.equal(readdirSync(folder).length, 1);
  });
