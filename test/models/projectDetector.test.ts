import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { backendName, ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { blurred } from "gan-lib/dist/detection/perturbations";
import { detectorAt, type MakeGenerators } from "gan-lib/dist/models/projectDetector";
import type { TrainedGenerator } from "gan-lib/dist/models/trainedGenerator";

const scratch = mkdtempSync(path.join(tmpdir(), "project-detector-"));
before(ready);
after(() => rmSync(scratch, { recursive: true, force: true }));

/** A generator without a network: smooth noise. It notes how many images were asked for, and whether it was disposed. */
function smoothNoise(): TrainedGenerator & {
  readonly asked: number[];
  readonly disposed: () => boolean;
} {
  let gone = false;
  const asked: number[] = [];
  const sample: TrainedGenerator["sample"] = (count, random) => {
    asked.push(count);
    return tf.tidy(() => blurred(random.uniform([count, 64, 64, 3], -1, 1) as tf.Tensor4D, 1));
  };
  return {
    name: "smooth noise",
    lesson: "none",
    model: undefined as never,
    sample,
    dispose: () => void (gone = true),
    asked,
    disposed: () => gone,
  };
}

describe(
  "the project's own detector",
  { skip: backendName !== "tensorflow" && "needs the native backend" },
  () => {
    const file = path.join(scratch, "detector.json");
    const generators = new Map([
      ["a", smoothNoise()],
      ["b", smoothNoise()],
    ]);
    let made = 0;
    const make: MakeGenerators = async (onProgress) => {
      made++;
      await onProgress(0.5);
      return generators;
    };

    test("is trained on as many emoji as generated images, and leaves no tensor and no generator behind", async () => {
      const told: number[] = [];
      const before = tf.memory().numTensors;
      const { detector } = await detectorAt(file, make, (share) => void told.push(share));
      assert.equal(tf.memory().numTensors, before);
      assert.deepEqual(
        [detector.kind, detector.imageShape, made, told],
        ["dct", [64, 64, 3], 1, [0.5]],
      );
      for (const { asked, disposed } of generators.values()) {
        assert.deepEqual(asked, [716, 239]); // half of 1,433 emoji of the train split and of 478 of the test split, rounded down
        assert.ok(disposed());
      }
    });

    test("says what it can see and cannot, what images go through, and how it did on held-out ones", async () => {
      const { about } = await detectorAt(file, make);
      const { sees, pipeline, held } = about as {
        sees: string;
        pipeline: unknown;
        held: { images: number; real: number; generated: number; accuracy: { value: number } };
      };
      assert.match(sees, /shown emoji.*no photographs, no faces/);
      assert.deepEqual(pipeline, { side: 64, quality: 75 });
      assert.deepEqual([held.images, held.real, held.generated], [4 * 239, 2 * 239, 2 * 239]);
      assert.ok(held.accuracy.value > 0.95, `${held.accuracy.value}`); // smooth noise is nothing like an emoji
    });

    test("is read from its file after that, and trained again where the file is cut short", async () => {
      assert.equal(made, 1);
      writeFileSync(file, readFileSync(file, "utf8").slice(0, 100));
      await assert.rejects(
        detectorAt(file, () => Promise.reject(new Error("asked again"))),
        /asked again/,
      );
    });

    test("is not kept where its generators could not be made", async () => {
      const other = path.join(scratch, "other.json");
      await assert.rejects(
        detectorAt(other, () => Promise.reject(new Error("stopped"))),
        /stopped/,
      );
      assert.equal(existsSync(other), false);
    });
  },
);
