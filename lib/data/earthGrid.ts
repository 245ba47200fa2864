/** Where on the earth the squares of `earthMaps` lie, and which of them are for what. */
import { lotOf } from "./lot";

/** A square of 4 degrees on a map whose degrees are of equal length, by the steps of 2 degrees of its north-west corner. */
export interface Square {
  /** From 90 degrees north, southwards. */
  readonly row: number;
  /** From 180 degrees west, eastwards. */
  readonly column: number;
}

/** Degrees of a square's side. */
export const SQUARE = 4;
/** Degrees from a square to the next: they overlap by half, in training. */
export const STEP = 2;
const WORLD = { width: 360, height: 180 };
/** Beyond this latitude the map stretches what is there to more than twice its width. */
const NORTHMOST = 60;
/** Degrees of a stripe of longitude; every fifth is held out. */
const STRIPE = 24;
const HELD_OUT = { every: 5, remainder: 2 };
/** Degrees of a chessboard's field: the squares for training lie within one. */
const FIELD = 12;

/** How many places there are for squares. */
export const GRID = {
  rows: (WORLD.height - SQUARE) / STEP + 1,
  columns: (WORLD.width - SQUARE) / STEP + 1,
} as const;

/** The sides of a map of the world on which a square has `side` pixels. */
export function worldSize(side: number): { width: number; height: number } {
  return { width: (WORLD.width / SQUARE) * side, height: (WORLD.height / SQUARE) * side };
}

const northOf = ({ row }: Square): number => WORLD.height / 2 - row * STEP;
const eastOf = ({ column }: Square): number => column * STEP - WORLD.width / 2;

/** The middle of a square in words, such as "48° N, 12° E". */
export function placeName(square: Square): string {
  const [north, east] = [northOf(square) - SQUARE / 2, eastOf(square) + SQUARE / 2];
  return `${Math.abs(north)}° ${north < 0 ? "S" : "N"}, ${Math.abs(east)}° ${east < 0 ? "W" : "E"}`;
}

/** Whether a square lies in a stripe that is held out. */
function isHeldOut({ column }: Square): boolean {
  const stripe = Math.floor((column * STEP) / STRIPE);
  return stripe % HELD_OUT.every === HELD_OUT.remainder;
}

/** Which colour of the chessboard a square lies on: 0 or 1. */
export function fieldColour(square: Square): number {
  const down = Math.floor((NORTHMOST - northOf(square)) / FIELD);
  const right = Math.floor((square.column * STEP) / FIELD);
  return (down + right) % 2;
}

/** Those of a split that lie between 60 degrees north and south, in an order without meaning. */
export function squaresOf(split: "train" | "test"): Square[] {
  return allSquares()
    .filter((square) => belongs(square, split))
    .sort((a, b) => orderOf(a) - orderOf(b));
}

function allSquares(): Square[] {
  return Array.from({ length: GRID.rows * GRID.columns }, (_, i) => ({
    row: Math.floor(i / GRID.columns),
    column: i % GRID.columns,
  }));
}

function belongs(square: Square, split: "train" | "test"): boolean {
  const north = northOf(square);
  if (north > NORTHMOST || north - SQUARE < -NORTHMOST) return false;
  if (isHeldOut(square) !== (split === "test")) return false;
  const [right, down] = [square.column * STEP, NORTHMOST - north];
  if (split === "test") return right % SQUARE === 0 && down % SQUARE === 0; // beside each other
  return [right, down].every((degrees) => (degrees % FIELD) + SQUARE <= FIELD);
}

const orderOf = ({ row, column }: Square): number => lotOf(`${row} ${column}`);
