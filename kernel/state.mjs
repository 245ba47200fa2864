/**
 * The few numbers that the kernel's two threads share: the main thread runs the cells, the control thread
 * hears an interrupt while the main thread is busy. Read and written with Atomics.
 */

/** Where each number lies. Executions are numbered from 1 in the order in which they start. */
export const slot = Object.freeze({
  /** The execution started last. */
  started: 0,
  /** Executions up to this one have been interrupted. */
  interruptedThrough: 1,
  /** 1 while the compiler works, which must not be stopped half way. */
  compiling: 2,
  /** The last execution in which a library asked between two steps whether it should stop. */
  stepping: 3,
  /** The last interrupt request that has been carried out. */
  settled: 4,
  /** The last call of the control thread that the main thread has heard: it is not stuck since. */
  heard: 5,
  /** 1 when the control thread has closed its sockets. */
  closed: 6,
});

/** @returns {Int32Array} Shared numbers, all zero. */
export function createState() {
  return new Int32Array(
    new SharedArrayBuffer(Object.keys(slot).length * Int32Array.BYTES_PER_ELEMENT),
  );
}
