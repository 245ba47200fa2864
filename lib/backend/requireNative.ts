import { backendName } from "./load";

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
