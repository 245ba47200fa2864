/** Avatars: known attributes, one changed alone, people held out. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { avatars, ready, toTensor, tf, type AvatarDataset, type AvatarStyle } from "gan-lib";
import { avatarDrawings } from "gan-lib/dist/data/avatarDrawings";
import { avatarAttributes, avatarDesigns } from "gan-lib/dist/data/avatarDesigns";

before(ready);

const STYLES: AvatarStyle[] = ["open peeps", "pixel art"];
const LENGTH = 16 * 16 * 3;
const imageOf = ({ images }: AvatarDataset, i: number): number[] => [
  ...images.subarray(i * LENGTH, (i + 1) * LENGTH),
];
const some = { count: 8, side: 16 };

test("both styles have avatars of the same attributes for one seed, and others for another", async () => {
  const [peeps, pixels] = await Promise.all(STYLES.map((style) => avatars({ style, ...some })));
  assert.deepEqual(peeps!.attributes, pixels!.attributes);
  assert.deepEqual([...peeps!.labels], [...pixels!.labels]);
  for (const [i, { skin }] of peeps!.attributes.entries())
    assert.equal(peeps!.classNames[peeps!.labels[i]!], skin);
  const again = await avatars({ style: "open peeps", ...some });
  assert.deepEqual(again.images, peeps!.images);
  const other = await avatars({ style: "open peeps", ...some, seed: 2 });
  assert.notDeepEqual(other.attributes, peeps!.attributes);
  assert.deepEqual([peeps!.imageShape, peeps!.size], [[16, 16, 3], 8]);
  assert.match(peeps!.licence, /Pablo Stanley, CC0/);
});

for (const style of STYLES)
  test(`${style}: an attribute that is given changes alone, and is to be seen`, async () => {
    const as = (attributes: Parameters<typeof avatars>[0]["attributes"]) =>
      avatars({ style, ...some, attributes: { glasses: "none", beard: false, ...attributes } });
    const plain = await as({});
    for (const change of [
      { glasses: "dark" },
      { beard: true },
      { skin: "dark" },
      { clothes: "red" },
    ] as const) {
      const changed = await as(change);
      assert.deepEqual(changed.heads, plain.heads);
      assert.deepEqual(
        changed.attributes,
        plain.attributes.map((one) => ({ ...one, ...change })),
      );
      const [name] = Object.keys(change) as [keyof typeof change];
      for (let i = 0; i < some.count; i++) {
        const isChanged: boolean = changed.attributes[i]![name] !== plain.attributes[i]![name];
        const differ = imageOf(changed, i).filter((v, p) => v !== imageOf(plain, i)[p]).length;
        assert.equal(differ > 0, isChanged, `${name} of ${i}: ${differ} bytes differ`);
        assert.ok(differ < LENGTH / 2, `${name} of ${i}: ${differ} bytes differ`);
      }
    }
  });

test("the five tones of skin are darker one by one", async () => {
  const brightness: number[] = [];
  for (const skin of avatarAttributes.skin) {
    const set = await avatars({ style: "pixel art", ...some, attributes: { skin } });
    brightness.push(tf.tidy(() => tf.mean(toTensor(set)).dataSync()[0]!));
  }
  for (let i = 1; i < brightness.length; i++)
    assert.ok(brightness[i]! < brightness[i - 1]!, brightness.join(" "));
});

test("attributes are as often as they say, and independent of one another", async () => {
  const { people } = await avatarDrawings("pixel art");
  const designs = avatarDesigns({
    style: "pixel art",
    people,
    count: 4000,
    split: "train",
    seed: 1,
    attributes: {},
  });
  const shareOf = (holds: (design: (typeof designs)[number]) => boolean): number =>
    designs.filter(holds).length / designs.length;
  const near = (share: number, wanted: number): void =>
    assert.ok(Math.abs(share - wanted) < 0.03, `${share} is not ${wanted}`);
  near(
    shareOf(({ glasses }) => glasses === "none"),
    1 / 2,
  );
  near(
    shareOf(({ glasses }) => glasses === "dark"),
    1 / 4,
  );
  near(
    shareOf(({ beard }) => beard),
    1 / 2,
  );
  near(
    shareOf(({ skin }) => skin === "dark"),
    1 / 5,
  );
  near(
    shareOf(({ clothes }) => clothes === "green"),
    1 / 7,
  );
  near(
    shareOf(({ glasses, beard }) => glasses === "none" && beard),
    1 / 4,
  );
});

test("a fifth of the people are held out, whatever the seed and the attributes", async () => {
  for (const style of STYLES) {
    const { people } = await avatarDrawings(style);
    const of = (split: "train" | "test", seed: number): Set<string> => {
      const options = { style, people, count: 3000, split, seed, attributes: {} };
      return new Set(avatarDesigns(options).map(({ head, face }) => `${head} ${face}`));
    };
    const [train, held] = [of("train", 1), of("test", 2)];
    assert.ok([...held].every((person) => !train.has(person)));
    const all = people.heads.length * people.faces.length;
    const share = new Set([...held, ...of("test", 3), ...of("test", 4)]).size / all;
    assert.ok(share > 0.12 && share < 0.28, `${style}: ${share}`);
  }
});

test("styles, sides, counts and attributes that are none are refused by name", async () => {
  const style = "open peeps";
  await assert.rejects(
    avatars({ style: "bottts" as AvatarStyle, count: 1 }),
    /there is no style "bottts"; choose from open peeps, pixel art/,
  );
  await assert.rejects(avatars({ style, count: 0 }), /avatars: count must be/);
  await assert.rejects(avatars({ style, count: 1, side: 300 }), /at most 256, got 300/);
  await assert.rejects(
    avatars({ style, count: 1, attributes: { skin: "green" as "dark" } }),
    /skin must be one of light, medium-light, medium, medium-dark, dark, got green/,
  );
  await assert.rejects(
    avatars({ style, count: 1, attributes: { hat: true } as object }),
    /there is no attribute "hat"; there are skin, clothes, glasses, beard/,
  );
});
