import type * as tfjs from "@tensorflow/tfjs";

/**
 * Closes every scope of tf.js that is open, frees what was made inside, and forgets a gradient in progress: what
 * `finally` would have done in a computation whose stack was dropped.
 */
export function closeOpenScopes(tf: typeof tfjs): void {
  const { state } = tf.engine();
  const tape = (state.activeTape as typeof state.activeTape | null | undefined) ?? [];
  for (const { saved } of tape) tf.dispose(saved ?? []); // kept for the backward pass, so no scope frees them
  while (state.scopeStack.length > 0) tf.engine().endScope();
  Object.assign(state, { activeTape: null, gradientDepth: 0, kernelDepth: 0 });
}
