/**
 * The one door to TensorFlow. Loads the native backend where its binding is built, and tf.js's
 * WebAssembly backend where it is not.
 */
import util from "node:util";
import type * as tfjs from "@tensorflow/tfjs";
import { forgetUnreachable } from "./forget";
import { kernelHandle } from "./jupyterKernel";
import { closeOpenScopes } from "./openScopes";
import { undoAll } from "./undo";
import { useFastTransposedProducts } from "./wasm";

/** Which backend does the arithmetic: `tensorflow` is native (CPU or GPU), `wasm` is WebAssembly. */
export type BackendName = "tensorflow" | "wasm";

interface Loaded {
  readonly tf: typeof tfjs;
  readonly name: BackendName;
  /** Why the native backend could not be loaded; undefined where it was, or where wasm was asked for. */
  readonly nativeError?: Error;
}

/** tfjs-node 4.22 calls two helpers that Node 23 removed from `util`; they must be back before it loads. */
function restoreRemovedUtilHelpers(): void {
  const legacy = util as unknown as Record<string, (value: unknown) => boolean>;
  legacy["isNullOrUndefined"] ??= (value) => value === null || value === undefined;
  legacy["isArray"] ??= (value) => Array.isArray(value);
}

function load(): Loaded {
  // Read by the C++ library when it is loaded: errors only, no start-up chatter.
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "3";
  restoreRemovedUtilHelpers();
  if (process.env["GAN_BACKEND"] === "wasm") return loadWasm();
  try {
    return { tf: require("@tensorflow/tfjs-node-gpu") as typeof tfjs, name: "tensorflow" };
  } catch (error) {
    return loadWasm(error instanceof Error ? error : new Error(String(error)));
  }
}

function loadWasm(nativeError?: Error): Loaded {
  const tf = require("@tensorflow/tfjs") as typeof tfjs;
  require("@tensorflow/tfjs-backend-wasm");
  useFastTransposedProducts(tf);
  return nativeError === undefined ? { tf, name: "wasm" } : { tf, name: "wasm", nativeError };
}

const loaded = load();
forgetUnreachable(loaded.tf);
kernelHandle()?.onHardStop(() => {
  closeOpenScopes(loaded.tf);
  undoAll();
});

/** The name of the backend that was loaded. */
export const backendName: BackendName = loaded.name;

/** Why the native backend is missing, or undefined. */
export const nativeBackendError: Error | undefined = loaded.nativeError;

let announced = false;

/**
 * Waits until the backend can compute. Call it once before the first operation; later calls return at once.
 * Where the native backend could not be loaded, the first call prints one warning that says so.
 *
 * @throws Error when neither backend starts.
 */
export async function ready(): Promise<void> {
  if (!announced && loaded.nativeError !== undefined) {
    announced = true;
    console.warn(
      "gan-lib: the native TensorFlow backend is not available, so WebAssembly computes instead: " +
        "dense networks train, more slowly; convolutions do not train. " +
        "`npm run setup` builds the native backend; `npm run doctor` says what is missing.",
    );
  }
  if (!(await loaded.tf.setBackend(loaded.name))) {
    throw new Error(`gan-lib: the ${loaded.name} backend did not start; run \`npm run doctor\`.`);
  }
  await loaded.tf.ready();
}
