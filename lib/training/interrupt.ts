interface KernelHandle {
  readonly interrupt: { throwIfPending(): void };
  onHardStop(callback: () => void): void;
}

/** What the project's kernel puts there for libraries; undefined in plain tslab and in plain Node. */
export function kernelHandle(): KernelHandle | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for("jupyter.kernel")] as KernelHandle | undefined;
}

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
