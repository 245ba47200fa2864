/**
 * The operations whose first derivative tf.js 4.22 gets wrong without a word. Importing this file makes them say so:
 * where a gradient is taken through one of them, the error names what to use. Their values are right, and stay.
 * test/ops/tfjsSweep.test.ts holds every operation of tf.js to finite differences, and this list to what it finds.
 */
import * as tf from "../backend/tf";

interface Refused {
  /** As the learner wrote it. */
  readonly operation: string;
  readonly instead: string;
  /** Whether these attributes of the kernel are those that go wrong; always, where it is left out. */
  readonly when?: (attributes: Record<string, unknown>, rank: number) => boolean;
}

const halfPixel = ({ halfPixelCenters }: Record<string, unknown>): boolean =>
  halfPixelCenters === true;

const REFUSED: Readonly<Record<string, Refused>> = {
  Cumsum: {
    operation: "tf.cumsum along another axis than the last",
    instead: "gan.cumulativeSum",
    when: ({ axis }, rank) => axis !== rank - 1,
  },
  FloorDiv: { operation: "tf.floorDiv", instead: "tf.floor(tf.div(a, b)), whose slope is 0" },
  MirrorPad: { operation: "tf.mirrorPad", instead: "gan.reflectPad or gan.symmetricPad" },
  ResizeBilinear: {
    operation: "tf.image.resizeBilinear with halfPixelCenters",
    instead: 'gan.resizeBilinear(x, size, "halfPixel")',
    when: halfPixel,
  },
  ResizeNearestNeighbor: {
    operation: "tf.image.resizeNearestNeighbor with halfPixelCenters",
    instead: 'gan.resizeNearest(x, size, "halfPixel")',
    when: halfPixel,
  },
};

for (const [kernelName, { operation, instead, when }] of Object.entries(REFUSED)) {
  const original = tf.getGradient(kernelName);
  tf.registerGradient({
    ...original,
    gradFunc: (dy, saved, attributes) => {
      const given = attributes as unknown as Record<string, unknown>;
      if (when === undefined || when(given, (dy as tf.Tensor).rank))
        throw new Error(`tf.js differentiates ${operation} wrongly; use ${instead}.`);
      return original.gradFunc(dy, saved, attributes);
    },
  });
}
