import { arrow } from "./arrows";
import { axes } from "./axes";
import { drawing, type Drawing } from "./drawing";
import { group, text, type Part, type Place } from "./part";

const MODES = 6;

/** The middle of a mode on the ring. */
function modeAt(index: number): Place {
  const angle = (2 * Math.PI * index) / MODES;
  return [Math.cos(angle), Math.sin(angle)];
}

/** Points in spirals around the middles of some modes. */
function around(modes: readonly number[], each: number, turn: number): Place[] {
  return modes.flatMap((mode) => {
    const [x, y] = modeAt(mode);
    return Array.from({ length: each }, (_, i): Place => {
      const radius = 0.22 * Math.sqrt((i + 0.5) / each);
      return [x + radius * Math.cos(2.4 * i + turn), y + radius * Math.sin(2.4 * i + turn)];
    });
  });
}

/** One panel: the ring of the data, and generated samples on some of its modes. */
function panel(at: Place, title: string, modes: readonly number[]): Part {
  const plane = axes({
    at,
    width: 180,
    height: 180,
    xDomain: [-1.4, 1.4],
    yDomain: [-1.4, 1.4],
  });
  const all = Array.from({ length: MODES }, (_, mode) => mode);
  return group([
    plane.part,
    text([at[0] + 90, at[1] - 10], title),
    plane.dots(around(all, 5, 0), { ink: "real", hollow: true }),
    plane.dots(around(modes, Math.round(30 / modes.length), 1), { ink: "fake", radius: 3 }),
  ]);
}

/** The same data, three generators: all modes, one mode, and the same generator later, on another mode. */
export function modeCollapse(): Drawing {
  const frame = {
    title: "Mode collapse",
    alt:
      "Three panels with the same real data, six groups on a ring. In the first, generated points lie on all six groups. " +
      "In the second, collapsed, all generated points lie on one group. The third is the second one later: " +
      "the discriminator has learned to reject that group, and all generated points have moved to another one.",
    width: 640,
    height: 300,
  };
  const all = Array.from({ length: MODES }, (_, mode) => mode);
  return drawing(frame, [
    panel([20, 46], "all modes", all),
    panel([226, 46], "collapsed", [1]),
    panel([432, 46], "collapsed, later", [4]),
    arrow([
      [403, 136],
      [431, 136],
    ]),
    text([620, 262], "D has learned to reject it", { anchor: "end", size: 15 }),
    text([20, 262], "hollow: real data", { anchor: "start", ink: "real", size: 15 }),
    text([226, 262], "filled: what G makes", { anchor: "start", ink: "fake", size: 15 }),
  ]);
}
