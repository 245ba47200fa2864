import { axes, type Axes } from "./axes";
import { drawing, type Drawing } from "./drawing";
import { group, INKS, part, px, text, type Part, type Place } from "./part";

/** Two histograms over the same ten bins: the generated heap, and the real one. */
const FAKE = [0, 1, 3, 3, 1, 0, 0, 0, 0, 0];
const REAL = [0, 0, 0, 0, 0, 1, 3, 3, 1, 0];
/** How far each lump travels: every bin of the one heap lies so many bins from its goal. */
const WAY = 4;
const CELL = 22;

function square([x, y]: Place, looks: string): Part {
  return part(`<rect x="${px(x)}" y="${px(y)}" width="${CELL}" height="${CELL}" ${looks}/>`);
}

/** The plan as a table: rows are where earth comes from, columns where it goes. */
function planTable([left, top]: Place): Part {
  const most = Math.max(...FAKE);
  const cells = FAKE.flatMap((mass, row) =>
    REAL.map((_, column) => {
      const share = column === row + WAY ? mass / most : 0;
      const looks = `fill="${INKS.mark}" fill-opacity="${0.85 * share}" stroke="#D0D0CC"`;
      return square([left + column * CELL, top + row * CELL], looks);
    }),
  );
  return group([
    ...cells,
    text([left + 5 * CELL, top - 28], "a plan: what goes where", { bold: true }),
    text([left + 5 * CELL, top - 9], "to bin 1 … 10 of the data", { size: 15, ink: "real" }),
    text([left, top + 10 * CELL + 21], "rows: from bin 1 … 10 of G", {
      size: 15,
      anchor: "start",
      ink: "fake",
    }),
  ]);
}

/** Bars of one histogram, standing on the x axis. */
function bars(heights: readonly number[], plane: Axes, ink: "real" | "fake"): Part {
  return group(
    heights.map((height, bin) => {
      const [x, y] = plane.at(bin + 0.1, height);
      const [x2, y2] = plane.at(bin + 0.9, 0);
      return part(
        `<rect x="${px(x)}" y="${px(y)}" width="${px(x2 - x)}" height="${px(y2 - y)}" fill="${INKS[ink]}" fill-opacity="0.45"/>`,
      );
    }),
  );
}

/** The same heaps with the best critic above them: a straight rise of 1 from bin to bin. */
function dual(at: Place): Part {
  const plane = axes({ at, width: 270, height: 220, xDomain: [0, 10], yDomain: [0, 11] });
  return group([
    plane.part,
    bars(FAKE, plane, "fake"),
    bars(REAL, plane, "real"),
    plane.curve((x) => x, { ink: "text" }),
    text([at[0] + 135, at[1] - 28], "the dual: the best critic f", { bold: true }),
    text([at[0] + 170, at[1] + 32], "f rises by 1", { size: 15, anchor: "end" }),
    text([at[0] + 170, at[1] + 50], "from bin to bin", { size: 15, anchor: "end" }),
    text([at[0], at[1] + 241], "what G makes", { size: 15, anchor: "start", ink: "fake" }),
    text([at[0] + 270, at[1] + 241], "data", { size: 15, anchor: "end", ink: "real" }),
  ]);
}

/** The earth mover's distance seen twice: a transport plan over ten bins, and the critic of slope 1 (arXiv 1701.07875, eqs. 1 and 2). */
export function planAndDual(): Drawing {
  const frame = {
    title: "A transport plan, and its dual",
    alt:
      "On the left a table of ten rows, the bins of what G makes, and ten columns, the bins of the data. Its four filled cells lie " +
      "on one diagonal: each lump of earth travels four bins to the right. On the right the two heaps as bars, that of G on the left " +
      "and the data's on the right, and above them the best critic, a straight line that rises by 1 for each bin. Its mean over " +
      "the data is four higher than over what G makes: the same number as the mean way.",
    width: 640,
    height: 345,
  };
  return drawing(frame, [planTable([34, 66]), dual([330, 66])]);
}
