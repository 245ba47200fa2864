import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import {
  areaUnderRoc,
  blurred,
  calibration,
  cnnDetector,
  createRandom,
  dctDetector,
  loadDetector,
  noisy,
  ready,
  spectrumDetector,
  tf,
  type Detector,
} from "gan-lib";

before(ready);

const folder = mkdtempSync(path.join(os.tmpdir(), "detectors-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Smooth noise; the second half with a faint checkerboard, as transposed convolutions leave it. */
function examples(
  seed: number,
  count: number,
  channels = 1,
): { images: tf.Tensor4D; labels: number[] } {
  const labels = Array.from({ length: count }, (_, i) => Number(i >= count / 2));
  const images = tf.tidy(() => {
    const smooth = blurred(
      createRandom(seed).uniform([count, 16, 16, channels], -1, 1) as tf.Tensor4D,
      1,
    );
    const board = tf.tensor4d(
      Float32Array.from({ length: 256 }, (_, i) => 0.1 * (-1) ** (i + Math.floor(i / 16))),
      [1, 16, 16, 1],
    );
    return tf.add<tf.Tensor4D>(smooth, tf.mul(tf.tensor4d(labels, [count, 1, 1, 1]), board));
  });
  return { images, labels };
}

const makers: Readonly<Record<string, () => Detector>> = {
  spectrum: () => spectrumDetector(),
  dct: () => dctDetector(),
  cnn: () => cnnDetector({ steps: 60 }),
};

for (const [kind, make] of Object.entries(makers)) {
  test(`${kind}: finds the checkerboard in new images, grey and coloured, as probabilities`, async () => {
    for (const channels of [1, 3]) {
      const detector = make();
      const [seen, unseen] = [examples(1, 120, channels), examples(2, 80, channels)];
      await detector.fit(seen.images, seen.labels);
      const scores = detector.score(unseen.images);
      assert.ok(scores.every((score) => score >= 0 && score <= 1));
      assert.ok(
        areaUnderRoc({ scores, labels: unseen.labels }).value > 0.95,
        `${channels} channels: ${areaUnderRoc({ scores, labels: unseen.labels }).value}`,
      );
      assert.deepEqual(detector.imageShape, [16, 16, channels]);
      detector.dispose();
    }
  });

  test(`${kind}: on labels that are drawn by lot it is at chance`, async () => {
    const [seen, unseen] = [examples(1, 120), examples(2, 120)];
    const areas: number[] = [];
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const lot = (name: string): number[] =>
        Array.from(createRandom(seed).split(name).shuffledIndices(120), (i) => i % 2);
      const detector = make();
      await detector.fit(seen.images, lot("seen"));
      areas.push(
        areaUnderRoc({ scores: detector.score(unseen.images), labels: lot("unseen") }).value,
      );
      detector.dispose();
    }
    const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
    assert.ok(Math.abs(mean - 0.5) < 0.08, `${mean} of ${areas.join(", ")}`); // 4 standard errors of six areas of 120 images
  });

  test(`${kind}: saved and loaded it scores the same, with its notes; fitted again it is the same to the bit`, async () => {
    const [detector, again] = [make(), make()];
    const { images, labels } = examples(5, 60, 3);
    await detector.fit(images, labels);
    await again.fit(images, labels);
    assert.deepEqual(again.score(images), detector.score(images));
    const file = path.join(folder, "deeper", `${kind}.json`);
    await detector.save(file, { side: 16 });
    const loaded = await loadDetector(file);
    assert.deepEqual(loaded.detector.score(images), detector.score(images));
    assert.deepEqual(
      [loaded.detector.kind, loaded.about, loaded.detector.imageShape],
      [kind, { side: 16 }, [16, 16, 3]],
    );
    assert.deepEqual(
      readdirSync(path.dirname(file)).filter((name) => name.endsWith(".tmp")),
      [],
    );
  });

  test(`${kind}: what it learned before is forgotten`, async () => {
    const detector = make();
    const { images, labels } = examples(10, 60);
    await detector.fit(images, labels);
    await detector.fit(
      images,
      labels.map((label) => 1 - label),
    );
    assert.ok(areaUnderRoc({ scores: detector.score(images), labels }).value < 0.1);
    detector.dispose();
  });

  test(`${kind}: where a quarter is generated and nothing tells which, the mean score is a quarter`, async () => {
    const detector = make();
    const { images } = examples(11, 120);
    await detector.fit(
      images,
      Array.from(createRandom(1).shuffledIndices(120), (i) => Number(i % 4 === 0)),
    );
    const scores = detector.score(examples(12, 120).images);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    assert.ok(Math.abs(mean - 0.25) < 0.1, `${mean}`);
    detector.dispose();
  });

  test(`${kind}: scores are the logistic function of its logits, also beyond one batch`, async () => {
    const detector = make();
    const { images, labels } = examples(10, 60);
    await detector.fit(images, labels);
    const many = tf.tile(images, [4, 1, 1, 1]);
    const scores = detector.score(many);
    const logits = detector.logits(many).dataSync();
    assert.equal(scores.length, 240);
    scores.forEach((score, i) =>
      assert.ok(
        Math.abs(score - 1 / (1 + Math.exp(-logits[i]!))) < 1e-4,
        `${i}: ${score}, logit ${logits[i]}`,
      ),
    );
    detector.dispose();
  });

  test(`${kind}: the logits' gradient is what finite differences give`, async () => {
    const detector = make();
    const { images, labels } = examples(11, 60);
    await detector.fit(images, labels);
    const some = tf.slice(images, 0, 8);
    const gradient = tf.grad((x) => tf.sum(detector.logits(x as tf.Tensor4D)))(some);
    const direction = tf.div<tf.Tensor4D>(gradient, tf.norm(gradient)); // along the gradient the slope is its length
    const length = tf.norm(gradient).dataSync()[0]!;
    const step = 0.02 / length; // logits move by about this much, in all, so that kinks and rounding are small
    const sumAt = (distance: number): number =>
      tf.sum(detector.logits(tf.add(some, tf.mul(direction, distance)))).dataSync()[0]!;
    const slope = (sumAt(step) - sumAt(-step)) / (2 * step);
    assert.ok(length > 1, `the gradient's length is ${length}`);
    assert.ok(
      Math.abs(slope / length - 1) < 0.05,
      `slope ${slope}, length of the gradient ${length}`,
    );
    detector.dispose();
  });

  test(`${kind}: leaves no tensor behind once it is disposed`, async () => {
    const { images, labels } = examples(6, 60);
    const start = tf.memory().numTensors;
    const detector = make();
    await detector.fit(images, labels);
    await detector.fit(images, labels);
    detector.score(images);
    detector.logits(images).dispose();
    detector.dispose();
    assert.equal(tf.memory().numTensors, start);
  });

  test(`${kind}: images like those of the fit are seen, others are not, also after loading`, async () => {
    const detector = make();
    const { images, labels } = examples(21, 200, 3);
    await detector.fit(images, labels);
    assert.deepEqual(detector.fittedTo, { real: 100, generated: 100 });
    const file = path.join(folder, `seen ${kind}.json`);
    await detector.save(file);
    for (const one of [detector, (await loadDetector(file)).detector]) {
      const alike = one.seen(examples(22, 400, 3).images);
      const unseen = alike.filter((seen) => !seen).length;
      assert.ok(unseen <= 50, `${unseen} of 400 like the fit's are called unseen`); // 20 are expected
      const noise = createRandom(1).uniform([20, 16, 16, 3], -1, 1) as tf.Tensor4D;
      const flat = tf.fill<tf.Rank.R4>([20, 16, 16, 3], 0.3);
      for (const others of [noise, flat])
        assert.deepEqual(new Set(one.seen(others)), new Set([false]));
      assert.deepEqual(one.fittedTo, detector.fittedTo);
    }
    detector.dispose();
  });

  test(`${kind}: values that are not finite or beyond [-1, 1] are refused, by image`, async () => {
    const detector = make();
    const { images, labels } = examples(7, 60);
    const asBytes = tf.mul<tf.Tensor4D>(tf.add(images, 1), 127.5);
    await assert.rejects(detector.fit(asBytes, labels), /in \[-1, 1\], got \d.* divide by 127\.5/);
    for (const value of [NaN, Infinity, -1.5]) {
      const place = tf.tensor4d(
        labels.map((_, i) => Number(i === 41)),
        [60, 1, 1, 1],
      );
      const bad = tf.where(tf.greater(tf.add(place, tf.zerosLike(images)), 0), value, images);
      await assert.rejects(detector.fit(bad, labels), new RegExp(`got ${value} in image 41\\.`));
    }
    await detector.fit(images, labels);
    assert.throws(() => detector.score(asBytes), /in \[-1, 1\], got/);
    detector.dispose();
  });

  test(`${kind}: what makes no sense is refused`, async () => {
    const detector = make();
    const { images, labels } = examples(7, 60);
    assert.throws(() => detector.score(images), /not fitted yet/);
    assert.throws(() => detector.logits(images), /not fitted yet/);
    await assert.rejects(
      detector.save(path.join(folder, "none.json")),
      /not fitted yet, so there is nothing to save/,
    );
    await assert.rejects(
      detector.fit(images, labels.slice(1)),
      /one label an image, got 59 for 60/,
    );
    await assert.rejects(
      detector.fit(
        images,
        labels.map(() => 0),
      ),
      /got only real ones/,
    );
    await assert.rejects(
      detector.fit(
        images,
        labels.map(() => 1),
      ),
      /got only generated ones/,
    );
    for (const label of [0.5, -1, NaN])
      await assert.rejects(
        detector.fit(images, [label, ...labels.slice(1)]),
        new RegExp(`got ${label}\\.`),
      );
    await assert.rejects(
      detector.fit(
        images,
        labels.map((label) => label + 1),
      ),
      /0 for real or 1 for generated, got 2/,
    );
    await detector.fit(images, labels);
    assert.throws(() => detector.score(tf.zeros([0, 16, 16, 1])), /N >= 1, got \[0, 16, 16, 1\]/);
    assert.throws(
      () => detector.logits(examples(8, 2, 3).images),
      /fitted to images of 16 x 16 x 1, got 16 x 16 x 3/,
    );
    assert.throws(
      () => detector.score(examples(8, 2, 3).images),
      /fitted to images of 16 x 16 x 1, got 16 x 16 x 3/,
    );
  });
}

test("more images than are looked at together are each scored as alone", async () => {
  const many = examples(13, 450);
  for (const make of Object.values(makers)) {
    const detector = make();
    await detector.fit(many.images, many.labels);
    const scores = detector.score(many.images);
    assert.equal(scores.length, 450);
    for (const i of [0, 199, 200, 449])
      assert.ok(
        Math.abs(detector.score(tf.slice(many.images, i, 1))[0]! - scores[i]!) < 1e-5,
        `${detector.kind}, image ${i}`,
      );
    detector.dispose();
  }
});

test("a spectrum is judged by its form: contrast does not matter", async () => {
  const detector = spectrumDetector();
  const { images: smooth, labels } = examples(14, 120);
  const images = noisy(smooth, 0.05, createRandom(14)); // so that no power is near the floor under the logarithm
  await detector.fit(images, labels);
  const faint = detector.score(tf.mul(images, 0.5));
  detector
    .score(images)
    .forEach((score, i) =>
      assert.ok(Math.abs(score - faint[i]!) < 0.05, `${score}, ${faint[i]} at half the contrast`),
    );
});

test("a feature that did not vary in fitting counts for nothing later", async () => {
  const { images, labels } = examples(15, 60, 3);
  const withoutBlue = tf.mul<tf.Tensor4D>(images, [1, 1, 0]);
  const detector = dctDetector();
  await detector.fit(withoutBlue, labels);
  assert.deepEqual(detector.score(images), detector.score(withoutBlue));
  const grey = tf.fill<tf.Rank.R4>([1, 16, 16, 3], 0.1);
  assert.ok(detector.score(grey).every(Number.isFinite));
});

test("a network whose fit was stopped knows nothing, and leaves nothing behind", async () => {
  const detector = cnnDetector({ steps: 20 });
  const { images, labels } = examples(16, 40);
  const before = tf.memory().numTensors;
  const stop = (): never => {
    throw new Error("stopped");
  };
  await assert.rejects(detector.fit(images, labels, { onProgress: stop }), /stopped/);
  assert.throws(() => detector.score(images), /not fitted yet/);
  assert.equal(tf.memory().numTensors, before);
});

for (const kind of ["spectrum", "dct"] as const) {
  test(`${kind}: where one label in five is wrong, scores say how sure one can be`, async () => {
    const detector = makers[kind]!();
    const { images, labels } = examples(12, 200);
    const random = createRandom(12);
    const doubtful = labels.map((label) => (random.next() < 0.2 ? 1 - label : label));
    await detector.fit(images, doubtful);
    const { expectedError } = calibration({ scores: detector.score(images), labels: doubtful });
    assert.ok(expectedError < 0.1, `expected calibration error ${expectedError}`);
  });
}

test("the network tells how far it is", async () => {
  const detector = cnnDetector({ steps: 20 });
  const { images, labels } = examples(9, 40);
  const told: number[] = [];
  await detector.fit(images, labels, { onProgress: (share) => void told.push(share) });
  assert.deepEqual(told, [0.5, 1]);
  assert.throws(() => cnnDetector({ steps: 0 }), /steps must be/);
});

test("a file with a changed byte never loads; one of an earlier version is told apart", async () => {
  const detector = dctDetector();
  const { images, labels } = examples(18, 40);
  await detector.fit(images, labels);
  const file = path.join(folder, "sealed.json");
  await detector.save(file, { sees: "smooth noise" });
  const whole = readFileSync(file);
  const { sum, kind } = JSON.parse(whole.toString()) as Record<string, string>;
  assert.deepEqual([sum?.length, kind], [64, "dct"]);
  const random = createRandom(18);
  const other = path.join(folder, "changed.json");
  for (let round = 0; round < 300; round++) {
    const changed = Buffer.from(whole);
    const place = random.integer(whole.length);
    changed[place] = changed[place]! ^ (1 + random.integer(255));
    writeFileSync(other, round % 3 === 0 ? whole.subarray(0, place) : changed);
    await assert.rejects(
      loadDetector(other),
      /changed\.json is (damaged|not a detector|a detector of)/,
    );
  }
  writeFileSync(other, Buffer.concat([whole, Buffer.from(" ")]));
  await assert.rejects(loadDetector(other), /changed\.json is damaged: its sum/);
  writeFileSync(other, whole.toString().replace("detector 2", "detector 1"));
  await assert.rejects(loadDetector(other), /of another version \("gan-lib detector 1"/);
});

test("a file that is no detector is refused by its name", async () => {
  for (const [name, content] of Object.entries({
    "text.json": "hello",
    "null.json": "null",
    "other.json": '{"format":"x"}',
  })) {
    writeFileSync(path.join(folder, name), content);
    await assert.rejects(
      loadDetector(path.join(folder, name)),
      new RegExp(`${name} is not a detector`),
    );
  }
  await assert.rejects(
    loadDetector(path.join(folder, "missing.json")),
    /The detector .*missing\.json cannot be read: ENOENT/,
  );
});

test("what cannot be saved is said, and leaves no half of a file", async () => {
  const detector = spectrumDetector();
  const { images, labels } = examples(17, 40);
  await detector.fit(images, labels);
  const taken = path.join(folder, "taken");
  mkdirSync(taken);
  await assert.rejects(detector.save(taken), /The detector cannot be saved as .*taken: /);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith(".tmp")),
    [],
  );
});
