import assert from "node:assert/strict";
import { before, test } from "node:test";
import { emoji, ready, toTensor } from "gan-lib";

before(ready);

test("faces: the same emoji in both styles, split without overlap, and different pictures", async () => {
  const [google, twitter, held] = await Promise.all([
    emoji({ style: "google", facesOnly: true }),
    emoji({ style: "twitter", facesOnly: true }),
    emoji({ style: "google", facesOnly: true, split: "test" }),
  ]);
  assert.deepEqual(google.names, twitter.names);
  assert.equal(google.size + held.size, 107);
  assert.equal(held.names.filter((name) => google.names.includes(name)).length, 0);
  assert.notDeepEqual(google.images, twitter.images);
  assert.deepEqual(toTensor(google).shape, [80, 64, 64, 3]);
  assert.match(google.description, /80 face emoji .* Apache License 2\.0/);
  assert.match(twitter.licence, /CC-BY 4\.0/);
});

test("corners are white, since the pictures are transparent there; the middle of a face is yellow", async () => {
  const { images, names } = await emoji({ style: "twitter", facesOnly: true });
  const at = (index: number, row: number, column: number): number[] =>
    Array.from(
      images.subarray(
        ((index * 64 + row) * 64 + column) * 3,
        ((index * 64 + row) * 64 + column) * 3 + 3,
      ),
    );
  const face = names.indexOf("slightly smiling face");
  assert.ok(face >= 0);
  assert.deepEqual(at(face, 0, 0), [255, 255, 255]);
  const [red, green, blue] = at(face, 30, 32) as [number, number, number];
  assert.ok(red > 200 && green > 150 && blue < 120, `${red} ${green} ${blue}`);
});
