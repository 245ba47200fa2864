/** What is to be put back, innermost last. */
const open: (() => void)[] = [];

/**
 * Runs `body`, then `undo`, however the body ends: also where its stack is dropped, as by a hard stop of the kernel, which
 * runs no `finally`. For whatever is changed for a while: a method that is replaced, a mode that is switched on.
 *
 * @param body Must not await.
 */
export function withUndo<Result>(undo: () => void, body: () => Result): Result {
  open.push(undo);
  try {
    return body();
  } finally {
    const at = open.lastIndexOf(undo);
    if (at >= 0) open.splice(at);
    undo();
  }
}

/** Puts back all that bodies whose stack was dropped have left changed. */
export function undoAll(): void {
  for (let undo = open.pop(); undo !== undefined; undo = open.pop()) undo();
}
