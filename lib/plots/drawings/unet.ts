import { arrow } from "./arrows";
import { box } from "./boxes";
import { drawing, type Drawing } from "./drawing";
import { group, text, type Ink, type Part, type Place } from "./part";

const WIDTH = 640;
const BOX = { width: 130, height: 40 };
/** The encoder's maps by level, each half as wide and high as the one above it. */
const MAPS = ["8 × 8 × f", "4 × 4 × 2f", "2 × 2 × 4f"];

/** Where a level's box begins at the left, and how far down. */
const leftOf = (level: number): number => 20 + 30 * level;
const topOf = (level: number): number => 36 + 70 * level;

/** The same place in the decoder. */
const mirrored = (x: number): number => WIDTH - x;

function pair(level: number, label: string): Part {
  const [x, y] = [leftOf(level), topOf(level)];
  const sides: readonly [number, Ink][] = [
    [x, "quiet"],
    [mirrored(x) - BOX.width, "fake"],
  ];
  const middle = y + BOX.height / 2;
  return group([
    ...sides.map(([at, ink]) => box({ at: [at, y], ...BOX, label, ink })),
    arrow(
      [
        [x + BOX.width, middle],
        [mirrored(x) - BOX.width, middle],
      ],
      { label: "skip" },
    ),
  ]);
}

/** The drawing and the picture, at the upper ends of the U. */
function ends(): Part {
  const size = { width: 150, height: 56 };
  const note = "16 × 16 × 3";
  return group([
    box({ at: [20, 20], ...size, label: "drawing", note }),
    box({ at: [WIDTH - 20 - size.width, 20], ...size, label: "picture", note, ink: "fake" }),
  ]);
}

/** The arrows from each level to the next: down at the left, up at the right. */
function ways(bottom: number): Part {
  const straight = [1, 2, 3].map((level): [Place, Place] => {
    const x = leftOf(level) + BOX.width / 2;
    const from = level === 1 ? 76 : topOf(level - 1) + BOX.height;
    return [
      [x, from],
      [x, topOf(level)],
    ];
  });
  const x = leftOf(3) + BOX.width / 2;
  const corner: Place[] = [
    [x, topOf(3) + BOX.height],
    [x, bottom],
    [(WIDTH - BOX.width) / 2, bottom],
  ];
  const down: readonly (readonly Place[])[] = [...straight, corner];
  const up = down.map((way) => [...way].reverse().map(([at, y]): Place => [mirrored(at), y]));
  return group([...down, ...up].map((way) => arrow(way)));
}

/** A U-Net: down to a bottleneck and up again, with a skip from each map of the encoder to its counterpart. */
export function unet(): Drawing {
  const bottom = topOf(4) + BOX.height / 2;
  const frame = {
    title: "A U-Net",
    alt:
      "Boxes in the form of a U. Down the left side, the encoder: a drawing of 16 × 16 pixels and 3 channels, then maps of 8 × 8, " +
      "4 × 4 and 2 × 2 pixels with f, 2f and 4f channels, and at the bottom one of 1 × 1 with 8f. Up the right side, the decoder " +
      "with maps of the same sizes, and at its end the picture. A horizontal arrow, called skip, leads from each map at the left to " +
      "the map of its size at the right.",
    width: WIDTH,
    height: 430,
  };
  const below = bottom + BOX.height / 2 + 24;
  return drawing(frame, [
    ends(),
    ...MAPS.map((label, i) => pair(i + 1, label)),
    box({
      at: [(WIDTH - BOX.width) / 2, topOf(4)],
      ...BOX,
      label: "1 × 1 × 8f",
      ink: "mark",
    }),
    ways(bottom),
    text([WIDTH / 2, below], "the whole drawing in 8f numbers", { size: 15 }),
    text([20, below + 28], "encoder: convolutions of stride 2", { size: 15, anchor: "start" }),
    text([WIDTH - 20, below + 28], "decoder: transposed ones", { size: 15, anchor: "end" }),
  ]);
}
