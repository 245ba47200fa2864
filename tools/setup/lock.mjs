/** One set-up at a time: two that install into the same folders would spoil both. */
import { rmSync } from "node:fs";
import { mkdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const beat = 2_000;
const dead = 10_000;

/**
 * Does something while nobody else does. Waits for another to end; one that was killed no longer touches its lock,
 * which is then taken over after ten seconds.
 * @template T
 * @param {string} file the lock
 * @param {() => Promise<T>} action
 * @param {(line: string) => void} say told once when there is something to wait for
 * @returns {Promise<T>}
 */
export async function withLock(file, action, say) {
  await mkdir(dirname(file), { recursive: true });
  for (let told = false; !(await take(file)); told = true) {
    if (!told) say("Another set-up is running here; waiting for it.");
    await sleep(300);
  }
  const heart = setInterval(
    () => void utimes(file, new Date(), new Date()).catch(() => {}),
    beat,
  ).unref();
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await action();
  } finally {
    clearInterval(heart);
    process.off("exit", release);
    release();
  }
}

/** @returns {Promise<boolean>} whether the lock is ours now */
async function take(/** @type {string} */ file) {
  try {
    await writeFile(file, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  const touched = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  if (Date.now() - touched > dead) await rm(file, { force: true });
  return false;
}
