import { arrow } from "./arrows";
import { box } from "./boxes";
import { drawing, type Drawing } from "./drawing";
import { text, type Part } from "./part";

/** Who says what about an image: a signed manifest beside it, a watermark in it, and what each survives. */
export function provenanceChain(): Drawing {
  const frame = {
    title: "A chain of provenance",
    alt:
      "A generator makes an image. Two tags are put on it. Beside the image: its hash and a claim, signed with a secret key, are the manifest. " +
      "In the image: a watermark, hidden in the pixels by another key. Then the image travels and is saved anew. " +
      "The manifest no longer fits, since the hash has changed; the watermark is still in the pixels. " +
      "The reader checks the manifest with the public key, and the watermark with its key.",
    width: 640,
    height: 330,
  };
  return drawing(frame, [
    box({ at: [14, 124], width: 112, height: 60, label: "generator", ink: "fake" }),
    box({ at: [164, 124], width: 90, height: 60, label: "image" }),
    box({ at: [290, 34], width: 148, height: 62, label: "manifest", note: "signed claim" }),
    box({ at: [290, 212], width: 148, height: 62, label: "watermark", note: "in the pixels" }),
    box({ at: [300, 124], width: 128, height: 60, label: "saved anew", note: "as JPEG" }),
    box({ at: [490, 124], width: 130, height: 60, label: "reader", ink: "real" }),
    text([364, 24], "exact, and falls off", { size: 15 }),
    text([364, 298], "sticks, and is vague", { size: 15 }),
    ...theArrows(),
    text([552, 72], "does not fit", { size: 15 }),
    text([552, 260], "still there", { size: 15 }),
  ]);
}

function theArrows(): Part[] {
  return [
    arrow([
      [130, 154],
      [160, 154],
    ]),
    arrow([
      [258, 154],
      [296, 154],
    ]),
    arrow([
      [432, 154],
      [486, 154],
    ]),
    arrow([
      [209, 120],
      [209, 65],
      [286, 65],
    ]),
    arrow([
      [209, 188],
      [209, 243],
      [286, 243],
    ]),
    arrow([
      [442, 82],
      [530, 82],
      [530, 120],
    ]),
    arrow([
      [442, 243],
      [555, 243],
      [555, 188],
    ]),
  ];
}
