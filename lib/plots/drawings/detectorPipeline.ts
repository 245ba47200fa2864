import { arrow } from "./arrows";
import { box } from "./boxes";
import { drawing, type Drawing } from "./drawing";
import { text } from "./part";

/** How a detector is tested: one pipeline for both kinds of images, and a control without any generated one. */
export function detectorPipeline(): Drawing {
  const frame = {
    title: "One pipeline, one detector, one control",
    alt:
      "Real images and generated images go through one and the same pipeline: size, eight bits, JPEG. " +
      "The detector gives each a score from 0, real, to 1, generated. " +
      "Below, the control: two halves of real images take the place of both kinds, go the same way, and must not be told apart.",
    width: 640,
    height: 322,
  };
  return drawing(frame, [
    box({ at: [14, 22], width: 138, height: 50, label: "real images", ink: "real" }),
    box({ at: [14, 102], width: 138, height: 50, label: "generated", ink: "fake" }),
    box({
      at: [204, 46],
      width: 150,
      height: 82,
      label: "one pipeline",
      note: "size, bytes, JPEG",
    }),
    box({ at: [406, 46], width: 110, height: 82, label: "detector" }),
    text([592, 75], "1", { bold: true }),
    text([592, 95], "generated", { size: 15 }),
    text([592, 122], "0", { bold: true }),
    text([592, 142], "real", { size: 15 }),
    text([592, 48], "score s", { size: 15 }),
    ...way(46, 126, 87),
    text([14, 200], "Control: nothing to detect", { anchor: "start", bold: true }),
    box({ at: [14, 212], width: 138, height: 40, label: "real, half A", ink: "real" }),
    box({ at: [14, 264], width: 138, height: 40, label: "real, half B", ink: "real" }),
    box({ at: [204, 222], width: 150, height: 72, label: "the same", note: "pipeline" }),
    box({ at: [406, 222], width: 110, height: 72, label: "detector" }),
    text([592, 253], "must be", { size: 15 }),
    text([592, 273], "at chance", { size: 15 }),
    ...way(232, 284, 258),
  ]);
}

/** From two sets of images into the pipeline, and on to the score. */
function way(first: number, second: number, middle: number) {
  return [
    arrow([
      [156, first + 1],
      [200, middle - 12],
    ]),
    arrow([
      [156, second],
      [200, middle + 12],
    ]),
    arrow([
      [358, middle],
      [402, middle],
    ]),
    arrow([
      [520, middle],
      [545, middle],
    ]),
  ];
}
