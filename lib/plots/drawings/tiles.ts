/** Squares in rows: pictures of few pixels, and the grids that kernels are laid over. */
import { group, INKS, part, px, text, type Ink, type Part, type Place } from "./part";

/** Values by row and column. */
export type Grid = readonly (readonly number[])[];

/** How {@link tile} and {@link grid} are placed. */
export interface TileOptions {
  /** The upper left corner. */
  readonly at: Place;
  /** The side of one pixel or cell. */
  readonly cell: number;
  /** The frame's ink. Default "quiet". */
  readonly ink?: Ink;
}

function square([x, y]: Place, side: number, looks: string): Part {
  return part(
    `<rect x="${px(x)}" y="${px(y)}" width="${px(side)}" height="${px(side)}" ${looks}/>`,
  );
}

function cells(
  values: Grid,
  { at: [x, y], cell }: TileOptions,
  draw: (place: Place, value: number) => Part,
): Part[] {
  return values.flatMap((row, i) =>
    row.map((value, j) => draw([x + j * cell, y + i * cell], value)),
  );
}

/** A frame around rows and columns of cells. */
export function outline(
  { at: [x, y], cell, ink = "quiet" }: TileOptions,
  rows: number,
  columns: number,
): Part {
  return part(
    `<rect x="${px(x)}" y="${px(y)}" width="${px(columns * cell)}" height="${px(rows * cell)}" fill="none" stroke="${INKS[ink]}" stroke-width="3"/>`,
  );
}

/** @throws Error when there is no cell, or the rows differ in length. */
function columnsOf(values: Grid): number {
  const columns = values[0]?.length ?? 0;
  if (columns === 0 || values.some((row) => row.length !== columns))
    throw new Error("A picture or grid needs rows of one length, with at least one cell each.");
  return columns;
}

/**
 * A picture of few pixels.
 *
 * @param values In [0, 1], from black to white.
 * @throws Error when there is no pixel, or the rows differ in length.
 */
export function tile(values: Grid, options: TileOptions): Part {
  const columns = columnsOf(values);
  const pixels = cells(values, options, (place, value) => {
    const byte = Math.round(255 * Math.min(1, Math.max(0, value)));
    return square(
      place,
      options.cell,
      `fill="rgb(${byte},${byte},${byte})" shape-rendering="crispEdges"`,
    );
  });
  return group([...pixels, outline(options, values.length, columns)]);
}

/**
 * A grid of cells; a cell of value 0 is empty, the others are filled the more, the greater the value.
 *
 * @param values At least 0.
 * @param written Whether the values stand in their cells. Default true.
 * @throws Error when there is no cell, or the rows differ in length.
 */
export function grid(values: Grid, options: TileOptions, written = true): Part {
  columnsOf(values);
  const { cell, ink = "quiet" } = options;
  const most = Math.max(1e-12, ...values.flat());
  return group(
    cells(values, options, ([x, y], value) => {
      const opacity = Math.round((50 * value) / most) / 100;
      const looks = `fill="${INKS[ink]}" fill-opacity="${opacity}" stroke="${INKS.quiet}"`;
      const place: Place = [x + cell / 2, y + cell / 2 + 5.5];
      return group([
        square([x, y], cell, looks),
        ...(written ? [text(place, String(value), { size: 15 })] : []),
      ]);
    }),
  );
}

/** A three of 9 x 9 pixels, as a picture that the reader knows. */
export const THREE: Grid = [
  "000000000",
  "001111100",
  "011000110",
  "000000110",
  "000111100",
  "000000110",
  "011000110",
  "001111100",
  "000000000",
].map((row) => Array.from(row, Number));

/** Grey pixels without an order; the same ones each time. */
export function noise(rows: number, columns: number): Grid {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (__, j) => {
      const wave = Math.sin(12.9898 * (i + 1) + 78.233 * (j + 1)) * 43758.5453;
      return wave - Math.floor(wave);
    }),
  );
}

/** A picture between two others: `share` of the second one. */
export function mixed(first: Grid, second: Grid, share: number): Grid {
  return first.map((row, i) =>
    row.map((value, j) => (1 - share) * value + share * (second[i]?.[j] ?? 0)),
  );
}
