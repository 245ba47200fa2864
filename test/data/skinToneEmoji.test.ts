import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ready, skinToneEmoji, skinTones, tf } from "gan-lib";

before(ready);

test("the same subjects in five tones, each darker than the one before, on white", async () => {
  const set = await skinToneEmoji("google");
  assert.deepEqual(skinTones, ["light", "medium-light", "medium", "medium-dark", "dark"]);
  assert.ok(set.names.length > 300);
  const hand = [set.names.indexOf("waving hand sign")];
  const tones = await Promise.all(skinTones.map(async (tone) => set.images(tone, hand)));
  const brightness = tones.map((images) => tf.mean(images).dataSync()[0] ?? NaN);
  for (let i = 1; i < brightness.length; i++)
    assert.ok(brightness[i]! < brightness[i - 1]!, brightness.join(" "));
  assert.deepEqual(tones[0]!.shape, [1, 64, 64, 3]);
  assert.deepEqual(Array.from(tones[0]!.dataSync().subarray(0, 3)), [1, 1, 1]);
  assert.match(set.licence, /Apache/);
});

test("subjects are chosen by number, and there must be some", async () => {
  const set = await skinToneEmoji("twitter");
  const [both, second] = [await set.images("dark", [3, 4]), await set.images("dark", [4])];
  assert.deepEqual(tf.slice(both, 1).dataSync(), second.dataSync());
  await assert.rejects(set.images("dark", []), /from 0 to \d+, got none/);
  await assert.rejects(set.images("dark", [100_000]), /got 100000/);
  await assert.rejects(set.images("dark", [0.5]), /got 0.5/);
});
