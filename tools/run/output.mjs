/** Where what a step prints goes. */
import { AsyncLocalStorage } from "node:async_hooks";

const held = new AsyncLocalStorage();

/** Prints a text or, in work whose output is held back, keeps it until that work ends. */
export function print(text, stream = process.stdout) {
  const kept = held.getStore();
  if (kept) kept.push(text);
  else stream.write(text);
}

/**
 * Does work that runs beside other work: what it prints is shown in one piece when it ends.
 *
 * @template Result
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function holdBack(work) {
  const kept = [];
  try {
    return await held.run(kept, work);
  } finally {
    process.stdout.write(kept.join(""));
  }
}
