/**
 * Checkpoints without a network: every number of one is its step, so that a mixture of two would show. As a program,
 * `node saves.mjs <folder> <first step>`: saves step after step until it is killed, and prints each that is saved.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import folders from "gan-lib/dist/checkpoint/folder";
import keeping from "gan-lib/dist/checkpoint/keep";
import manifests from "gan-lib/dist/checkpoint/manifest";
import safetensors from "gan-lib/dist/checkpoint/safetensors";

export const program = fileURLToPath(import.meta.url);

/** The bytes of the checkpoint of a step. */
export function contentOf(/** @type {number} */ step) {
  const manifest = {
    step,
    extra: null,
    score: null,
    savedAt: new Date().toISOString(),
    writer: manifests.thisProcess,
    models: {},
    optimizers: {},
    streams: {},
  };
  const tensors = [1, 30_000, 7].map((size, i) => ({
    name: `models/m/${i}`,
    shape: [size],
    values: new Float32Array(size).fill(step),
  }));
  return safetensors.encodeSafetensors(tensors, manifests.written(manifest));
}

/** Saves the checkpoint of a step as `saveCheckpoint` does. */
export async function saveStep(/** @type {string} */ folder, /** @type {number} */ step) {
  await folders.store(folder, step, contentOf(step));
  await keeping.prune(folder, 2);
}

/**
 * Loads as `loadCheckpoint` does; the checkpoint must be one that was saved, from its first number to its last.
 *
 * @returns {Promise<{ step: number, damaged: readonly string[] }>}
 */
export async function loadStep(/** @type {string} */ folder) {
  const found = await folders.firstWhole(folder, async (files) => files);
  assert.ok(found !== undefined, "there is no checkpoint");
  const { step } = found.manifest;
  for (const { values } of found.tensors) assert.ok(values.every((value) => value === step));
  return { step, damaged: found.damaged };
}

/** A folder that is removed after the test. */
export function scratchFolder(/** @type {import("node:test").TestContext} */ context) {
  const folder = mkdtempSync(path.join(tmpdir(), "faults-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

if (process.argv[1] === program) {
  const [, , folder = "", first = "0"] = process.argv;
  for (let step = Number(first); ; step++) {
    await saveStep(folder, step);
    writeSync(1, `${step}\n`);
  }
}
