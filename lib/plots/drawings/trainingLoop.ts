import { arrow, arrowKey } from "./arrows";
import { axes } from "./axes";
import { box } from "./boxes";
import { drawing, type Drawing } from "./drawing";
import { group, INKS, part, px, text, type Part, type Place } from "./part";

/** The units of each layer, from the inputs to the output, and where they stand. */
const LAYERS = [2, 4, 1];
const LEFT = 220;
const MIDDLE = 126;
const ACROSS = 80;
const APART = 38;
const RADIUS = 12;

function unitsAt(layer: number): Place[] {
  const count = LAYERS[layer]!;
  return Array.from({ length: count }, (_, i) => [
    LEFT + layer * ACROSS,
    MIDDLE + (i - (count - 1) / 2) * APART,
  ]);
}

/** Circles for the units, and a line for each weight between them. */
function network(): Part {
  const columns = LAYERS.map((_, layer) => unitsAt(layer));
  const weights = columns
    .slice(1)
    .flatMap((units, layer) => units.flatMap((to) => columns[layer]!.map((from) => [from, to])));
  return group([
    ...weights.map(([from, to]) =>
      part(
        `<line x1="${px(from![0])}" y1="${px(from![1])}" x2="${px(to![0])}" y2="${px(to![1])}" stroke="${INKS.quiet}" stroke-width="1.5"/>`,
      ),
    ),
    ...columns
      .flat()
      .map(([x, y]) =>
        part(
          `<circle cx="${px(x)}" cy="${px(y)}" r="${RADIUS}" fill="#FCFCFA" stroke="${INKS.text}" stroke-width="2"/>`,
        ),
      ),
    text([LEFT + ACROSS, 224], "network: a weight on each line"),
  ]);
}

/** Four clouds of points, two of each label. */
function examples(): Part {
  const plane = axes({
    at: [24, 66],
    width: 120,
    height: 120,
    xDomain: [-1.6, 1.6],
    yDomain: [-1.6, 1.6],
  });
  const cloud = ([x, y]: Place): Place[] => [
    [x, y],
    [x + 0.22, y + 0.14],
    [x - 0.2, y + 0.2],
    [x + 0.06, y - 0.26],
  ];
  const sides: Place[] = [
    [-1, 0],
    [1, 0],
  ];
  const ends: Place[] = [
    [0, -1],
    [0, 1],
  ];
  return group([
    plane.part,
    plane.dots(sides.flatMap(cloud), { ink: "real" }),
    plane.dots(ends.flatMap(cloud), { ink: "fake", hollow: true }),
    text([84, 212], "examples"),
  ]);
}

/** What training is: examples, a network, its answer, the loss, and the gradient that comes back to the weights. */
export function trainingLoop(): Drawing {
  const frame = {
    title: "Training a network",
    alt:
      "Examples, points of two labels, go into a network: circles in three columns, with a weight on each line between them. " +
      "Its answer goes into the loss, together with the right labels. A gradient comes back from the loss to the network, " +
      "and says of each weight which way to move.",
    width: 620,
    height: 350,
  };
  return drawing(frame, [
    examples(),
    network(),
    box({ at: [490, 100], width: 104, height: 52, label: "loss", note: "how wrong?" }),
    arrow(
      [
        [152, MIDDLE],
        [LEFT - RADIUS - 6, MIDDLE],
      ],
      { label: "points" },
    ),
    arrow(
      [
        [LEFT + 2 * ACROSS + RADIUS + 4, MIDDLE],
        [486, MIDDLE],
      ],
      { label: "answer" },
    ),
    arrow(
      [
        [84, 58],
        [84, 34],
        [542, 34],
        [542, 96],
      ],
      { label: "right labels" },
    ),
    arrow(
      [
        [542, 156],
        [542, 262],
        [LEFT + ACROSS, 262],
        [LEFT + ACROSS, 234],
      ],
      { carries: "gradients", label: "which way should each weight move?", side: "below" },
    ),
    arrowKey([190, 324]),
  ]);
}
