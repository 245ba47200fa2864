/** What the project's kernel offers to libraries. */

/** The kernel's handle, put at `globalThis[Symbol.for("jupyter.kernel")]` before the first cell runs. */
export interface KernelHandle {
  readonly interrupt: { throwIfPending(): void };
  /** Calls back after the kernel has dropped a running stack, whose `finally` blocks then did not run. */
  onHardStop(callback: () => void): void;
  /** Lines between a notebook's page and code, for widgets; see kernel/comms.mjs. Missing in kernels before them. */
  readonly comms?: {
    open(
      target: string,
      options?: {
        readonly data?: object;
        readonly metadata?: object;
        onMessage?(data: unknown): void;
        onClose?(): void;
      },
    ): {
      readonly id: string;
      send(data: object, metadata?: object): void;
      close(data?: object): void;
    };
  };
}

/** The kernel's handle; undefined in plain tslab and in plain Node. */
export function kernelHandle(): KernelHandle | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for("jupyter.kernel")] as
    KernelHandle | undefined;
}
