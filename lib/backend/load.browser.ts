/**
 * The door to TensorFlow in a browser. A bundler puts this file in the place of `load.ts`: see "browser" in
 * package.json.
 */
import * as tfjs from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { useFastTransposedProducts } from "./wasm";

export { setWasmPaths };

/** The backends of tf.js that compute in a browser. */
export type BackendName = "wasm" | "webgl" | "cpu";

useFastTransposedProducts(tfjs);

/** The name of the backend that {@link ready} started last. */
export let backendName: BackendName = "wasm";

/** No native backend is missed here. */
export const nativeBackendError: Error | undefined = undefined;

/**
 * Waits until a backend can compute. Call it once before the first operation.
 *
 * @param name WebAssembly by default, whose files must lie where `setWasmPaths` was told.
 * @throws Error when the backend does not start in this browser.
 */
export async function ready(name: BackendName = "wasm"): Promise<void> {
  if (!(await tfjs.setBackend(name))) {
    throw new Error(
      `gan-lib: the ${name} backend did not start in this browser; try another of wasm, webgl and cpu.`,
    );
  }
  await tfjs.ready();
  backendName = name;
}
