/** What computes here: versions and device. */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { hasNativeKernels, nativeBackend } from "./kernels";
import { backendName } from "./load";
import * as tf from "./tf";

/** Versions and device, as {@link environment} finds them. */
export interface Environment {
  readonly node: string;
  readonly ganLib: string;
  readonly tfjs: string;
  /** The version of the native TensorFlow library; undefined on another backend. */
  readonly tensorflow?: string;
  /** In words, for example "TensorFlow on CPU, 2 cores". */
  readonly device: string;
}

function deviceName(): string {
  const { isUsingGpuDevice = false } = tf.backend() as { readonly isUsingGpuDevice?: boolean };
  const processor = isUsingGpuDevice ? "GPU" : `CPU, ${availableParallelism()} cores`;
  return `${backendName === "wasm" ? "WebAssembly" : "TensorFlow"} on ${processor}`;
}

/** The version of gan-lib. */
export function ganLibVersion(): string {
  return (
    JSON.parse(readFileSync(path.resolve(__dirname, "../../package.json"), "utf8")) as {
      version: string;
    }
  ).version;
}

/** Versions and device of the running process; call it after `ready()`. */
export function environment(): Environment {
  return {
    node: process.version,
    ganLib: ganLibVersion(),
    tfjs: tf.version_core,
    ...(hasNativeKernels() ? { tensorflow: nativeBackend().binding.TF_Version } : {}),
    device: deviceName(),
  };
}
