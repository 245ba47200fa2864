/** What figures were measured on. */
import { readFileSync } from "node:fs";
import os from "node:os";
import { inRoot } from "../setup/paths.mjs";

/** @returns {{ cpu: string, cores: number, memoryGB: number, platform: string }} */
export function describeMachine() {
  return {
    cpu: os.cpus()[0]?.model.trim() ?? "unknown",
    cores: os.availableParallelism(),
    memoryGB: Math.round(os.totalmem() / 2 ** 30),
    platform: `${os.platform()} ${os.arch()}`,
  };
}

/** @returns {Record<string, string>} The versions that a figure may depend on. */
export function describeVersions() {
  const { version, dependencies } = JSON.parse(readFileSync(inRoot("lib", "package.json"), "utf8"));
  return {
    node: process.version,
    "gan-lib": version,
    "@tensorflow/tfjs": dependencies["@tensorflow/tfjs"],
  };
}
