/** Arguments and backends that are refused with a clear error. */
import { backendName } from "./load";

/**
 * Refuses what is no count.
 *
 * @param what The caller and its argument, which begin the error: "pack: the size".
 * @throws RangeError when the value is not a whole number of at least `least`, 1 by default.
 */
export function requireCount(what: string, value: number, least = 1): void {
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(`${what} must be a whole number of at least ${least}, got ${value}.`);
}

/**
 * Stops where the native backend is needed and another one computes.
 *
 * @param what What needs it, for the error: "lesson 20".
 * @throws Error that says why, and how to get the native backend.
 */
export function requireNative(what: string): void {
  if (backendName === "tensorflow") return;
  throw new Error(
    `${what} trains convolutions, and the ${backendName} backend has no gradients for them. It needs the native TensorFlow ` +
      "backend: on Linux x64 run `npm run setup` and restart the kernel (`npm run doctor` says what is missing); " +
      "on macOS use a Linux x64 container, on Windows WSL 2.",
  );
}
