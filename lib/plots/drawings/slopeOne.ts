import { arrow } from "./arrows";
import { axes } from "./axes";
import { drawing, type Drawing } from "./drawing";
import { text, type Place } from "./part";

const REAL: readonly Place[] = [
  [8.1, 4.6],
  [8.7, 3.2],
  [7.7, 2.4],
];
const FAKE: readonly Place[] = [
  [1.4, 4.2],
  [1.1, 2.9],
  [1.9, 1.6],
];

/** A random point of the line between each pair. */
const SHARES = [0.3, 0.62, 0.45];

function between([x, y]: Place, [u, v]: Place, share: number): Place {
  return [x + share * (u - x), y + share * (v - y)];
}

/** Where the gradient penalty looks: random points on lines from real to generated samples (arXiv 1704.00028, eq. 3). */
export function slopeOne(): Drawing {
  const frame = {
    title: "Slope 1 between real and generated samples",
    alt:
      "Three generated points on the left, three real points on the right, each pair joined by a line. On every line lies one random " +
      "point with an arrow toward the real end: there the critic's gradient shall have length 1. Below, the critic along one of the " +
      "lines: the best one rises straight with slope 1 from the generated to the real sample; a clipped one is almost flat.",
    width: 640,
    height: 330,
  };
  const plane = axes({ at: [20, 40], width: 330, height: 230, xDomain: [0, 10], yDomain: [0, 6] });
  const along = axes({ at: [420, 60], width: 190, height: 190, xDomain: [0, 1], yDomain: [0, 1] });
  const pairs = REAL.map((real, i) => [real, FAKE[i] ?? real] as const);
  const points = pairs.map(([real, fake], i) => between(real, fake, SHARES[i] ?? 0));
  return drawing(frame, [
    plane.part,
    ...pairs.map(([[x, y], [u, v]]) =>
      plane.curve((at) => y + ((at - x) / (u - x)) * (v - y), {
        ink: "quiet",
        from: u,
        to: x,
        dashed: true,
      }),
    ),
    ...points.map((place, i) => {
      const [real] = pairs[i] ?? [place];
      return arrow([
        plane.at(...place),
        plane.at(...between(place, real, 1.4 / (real[0] - place[0]))),
      ]);
    }),
    plane.dots(REAL, { ink: "real", radius: 6 }),
    plane.dots(FAKE, { ink: "fake", radius: 6, hollow: true }),
    plane.dots(points, { ink: "mark", radius: 5 }),
    text([20, 292], "generated", { ink: "fake", size: 15, anchor: "start" }),
    text([350, 292], "real", { ink: "real", size: 15, anchor: "end" }),
    text([185, 28], "at each random point: gradient of length 1", { size: 15 }),
    along.part,
    along.curve((x) => 0.05 + 0.9 * x, { ink: "real" }),
    along.curve((x) => 0.1 + 0.06 * x, { ink: "quiet", dashed: true }),
    text([515, 40], "the critic along a line", { size: 15 }),
    text([560, 200], "clipped", { size: 15, ink: "quiet" }),
    text([498, 118], "slope 1", { size: 15, ink: "real" }),
    text([420, 272], "generated", { ink: "fake", size: 15, anchor: "start" }),
    text([610, 272], "real", { ink: "real", size: 15, anchor: "end" }),
  ]);
}
