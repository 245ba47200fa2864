import { axes } from "./axes";
import { drawing, type Drawing } from "./drawing";
import { group, INKS, part, px, text, type Part, type Place } from "./part";

/** Two modes of six real samples each, and eight generated ones. */
const REAL: readonly Place[] = [
  [0.9, 2.6],
  [1.5, 2.9],
  [1.3, 2.2],
  [1.9, 2.4],
  [0.8, 2.0],
  [1.5, 1.7],
  [4.6, 1.4],
  [5.2, 1.7],
  [5.0, 1.0],
  [5.6, 1.2],
  [4.5, 0.8],
  [5.2, 0.5],
];
const FAKE: readonly Place[] = [
  [1.1, 2.4],
  [1.6, 2.5],
  [1.4, 2.0],
  [1.8, 2.7],
  [1.2, 2.8],
  [2.6, 2.0],
  [3.2, 1.6],
  [3.0, 3.1],
];

const DOMAIN = { x: [0, 6.5], y: [0, 3.6] } as const;
const PLANE = { at: [20, 20], width: 433, height: 240 } as const;
const SCALE = PLANE.width / (DOMAIN.x[1] - DOMAIN.x[0]);

const apart = ([x1, y1]: Place, [x2, y2]: Place): number => Math.hypot(x1 - x2, y1 - y2);

/** How far the k-th nearest other point of a set is. */
function radius(point: Place, set: readonly Place[], k: number): number {
  return set.map((other) => apart(point, other)).sort((a, b) => a - b)[k]!;
}

/** How many points lie in a ball of the other set. */
function inRegion(points: readonly Place[], set: readonly Place[], k: number): number {
  return points.filter((point) =>
    set.some((centre) => apart(point, centre) <= radius(centre, set, k)),
  ).length;
}

/** The real samples' balls, cut off at the plane's edge: what lies in an svg of its own is. */
function ballsOf(k: number, at: (x: number, y: number) => Place): Part {
  const [left, top] = PLANE.at;
  const circles = REAL.map((centre) => {
    const [x, y] = at(...centre);
    const size = px(SCALE * radius(centre, REAL, k));
    return `<circle cx="${px(x - left)}" cy="${px(y - top)}" r="${size}" fill="${INKS.real}" fill-opacity="0.13" stroke="${INKS.real}" stroke-opacity="0.5"/>`;
  });
  const { width, height } = PLANE;
  return part(
    `<svg x="${left}" y="${top}" width="${width}" height="${height}">${circles.join("")}</svg>`,
  );
}

/**
 * The region of precision and recall: a ball around each real sample, out to its k-th nearest neighbour (arXiv 1904.06991, equation 1).
 *
 * @param k From 1 to 11. Default 2.
 * @throws RangeError when there is no such neighbour.
 */
export function neighbourBalls(k = 2): Drawing {
  if (!Number.isInteger(k) || k < 1 || k >= REAL.length)
    throw new RangeError(
      `neighbourBalls: k must be a whole number from 1 to ${REAL.length - 1}, got ${k}.`,
    );
  const plane = axes({ ...PLANE, xDomain: DOMAIN.x, yDomain: DOMAIN.y });
  const precision = `${inRegion(FAKE, REAL, k)} of ${FAKE.length}`;
  const recall = `${inRegion(REAL, FAKE, k)} of ${REAL.length}`;
  const frame = {
    title: `Balls out to neighbour ${k}`,
    alt:
      `Two clusters of real points, each point with a ball out to its neighbour number ${k}; together the balls are the real region. ` +
      `Generated points lie in the left cluster, between the clusters, and outside. In the real region lie ${precision} generated points, ` +
      `which is the precision. In the region that is made likewise of the generated points lie ${recall} real ones, the recall.`,
    width: 640,
    height: 280,
  };
  return drawing(frame, [
    ballsOf(k, (x, y) => plane.at(x, y)),
    plane.part,
    plane.dots(REAL, { ink: "real" }),
    plane.dots(FAKE, { ink: "fake", hollow: true, radius: 5 }),
    keyOf(k, precision, recall),
  ]);
}

/** What the dots are, and what is counted. */
function keyOf(k: number, precision: string, recall: string): Part {
  const style = { size: 15, anchor: "start" } as const;
  return group([
    part(`<circle cx="476" cy="45" r="4" fill="${INKS.real}"/>`),
    text([488, 50], "real", style),
    part(`<circle cx="476" cy="71" r="5" fill="#FCFCFA" stroke="${INKS.fake}" stroke-width="2"/>`),
    text([488, 76], "generated", style),
    text([470, 118], `k = ${k}`, { ...style, bold: true }),
    text([470, 156], "precision", style),
    text([470, 177], precision, { ...style, bold: true }),
    text([470, 210], "recall", style),
    text([470, 231], recall, { ...style, bold: true }),
  ]);
}
