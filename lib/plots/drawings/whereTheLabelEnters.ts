import { arrow } from "./arrows";
import { box } from "./boxes";
import { drawing, type Drawing } from "./drawing";
import { group, text, type Ink, type Part } from "./part";

const HEIGHT = 36;
const STEP = 62;
const FIRST = 48;

/** The middle of a column's left and right boxes, and of one that stands alone, from the column's left edge. */
const LEFT = 58;
const RIGHT = 158;
const MIDDLE = 104;

const topOf = (row: number): number => FIRST + row * STEP;

/** A box in a row, by the middle of its upper edge. */
function at(x: number, row: number, label: string, width: number, ink: Ink = "quiet"): Part {
  return box({ at: [x - width / 2, topOf(row)], width, height: HEIGHT, label, ink });
}

/** From one box to one in a lower row. */
function down(fromX: number, from: number, toX = fromX, to = from + 1): Part {
  return arrow([
    [fromX, topOf(from) + HEIGHT + 2],
    [toX, topOf(to) - 3],
  ]);
}

function title(x: number, words: string): Part {
  return text([x + MIDDLE, 30], words, { bold: true });
}

function inputs(x: number): Part {
  return group([at(x + LEFT, 0, "image x", 92, "real"), at(x + RIGHT, 0, "label y", 84, "mark")]);
}

function concatenation(x: number): Part {
  return group([
    title(x, "Concatenation"),
    inputs(x),
    down(x + RIGHT, 0),
    at(x + RIGHT, 1, "e(y)", 84, "mark"),
    down(x + LEFT, 0, x + LEFT, 2),
    down(x + RIGHT, 1, x + MIDDLE + 30, 2),
    at(x + MIDDLE, 2, "x and e(y), stacked", 190),
    down(x + MIDDLE, 2),
    at(x + MIDDLE, 3, "convolutions", 130),
    down(x + MIDDLE, 3),
    at(x + MIDDLE, 4, "logit", 84),
  ]);
}

function projection(x: number): Part {
  return group([
    title(x, "Projection"),
    inputs(x),
    down(x + LEFT, 0),
    at(x + LEFT, 1, "convolutions", 116),
    down(x + LEFT, 1),
    at(x + LEFT, 2, "φ(x)", 84),
    down(x + RIGHT, 0, x + RIGHT, 2),
    at(x + RIGHT, 2, "V(y)", 84, "mark"),
    down(x + LEFT, 2, x + MIDDLE - 30, 3),
    down(x + RIGHT, 2, x + MIDDLE + 30, 3),
    at(x + MIDDLE, 3, "V(y) · φ(x) + ψ", 170),
    down(x + MIDDLE, 3),
    at(x + MIDDLE, 4, "logit", 84),
  ]);
}

function auxiliary(x: number): Part {
  return group([
    title(x, "AC-GAN"),
    at(x + MIDDLE, 0, "image x", 92, "real"),
    down(x + MIDDLE, 0, x + MIDDLE, 1),
    at(x + MIDDLE, 1, "convolutions", 130),
    down(x + MIDDLE - 30, 1, x + LEFT - 6, 2),
    down(x + MIDDLE + 30, 1, x + RIGHT - 6, 2),
    at(x + LEFT - 10, 2, "logit", 84),
    at(x + RIGHT - 10, 2, "10 classes", 108),
    arrow([
      [x + RIGHT - 10, topOf(4) - 2],
      [x + RIGHT - 10, topOf(2) + HEIGHT + 3],
    ]),
    text([x + RIGHT - 18, topOf(3) + 22], "is it right?", { size: 15, anchor: "end" }),
    at(x + RIGHT - 10, 4, "label y", 84, "mark"),
  ]);
}

/** Three discriminators and where each is told the class: by concatenation, by projection, or in its loss alone. */
export function whereTheLabelEnters(): Drawing {
  const frame = {
    title: "Where the label enters the discriminator",
    alt:
      "Three discriminators side by side. Concatenation: the label y becomes a vector e(y), which is stacked on the image x " +
      "as one more channel before the convolutions; they end in a logit. Projection: the convolutions see the image alone and " +
      "give features φ(x); the label's vector V(y) meets them only at the end, in the logit V(y) · φ(x) + ψ. " +
      "AC-GAN: the label does not enter; the convolutions give a logit and ten class logits, and the loss compares " +
      "these with the label.",
    width: 640,
    height: 360,
  };
  return drawing(frame, [concatenation(6), projection(216), auxiliary(428)]);
}
