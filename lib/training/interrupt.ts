import { kernelHandle } from "../backend/jupyterKernel";

/**
 * Ends a training loop at a step boundary when its user has asked for it.
 *
 * @param signal An abort signal of the caller's own.
 * @throws The signal's reason, or the kernel's Interrupted error; returns otherwise.
 */
export function throwIfStopped(signal?: AbortSignal): void {
  signal?.throwIfAborted();
  kernelHandle()?.interrupt.throwIfPending();
}
