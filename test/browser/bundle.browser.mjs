import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createReadStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { bundleForBrowser } from "../../tools/browser-bundle.mjs";
import { findChromium } from "../../tools/run/chromium.mjs";
import { inRoot } from "../../tools/setup/paths.mjs";

const folder = inRoot("build", "browser", "bundle");
const wasmFolder = inRoot("node_modules", "@tensorflow", "tfjs-backend-wasm", "wasm-out");
const types = { ".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm" };

let server, browser, profile, bundled;

/** The file behind an address; the page itself is empty. */
function fileOf(url) {
  const name = path.basename(new URL(url, "http://localhost").pathname);
  return [path.join(folder, name), path.join(wasmFolder, name)].find(
    (file) => name !== "" && existsSync(file),
  );
}

before(async () => {
  mkdirSync(folder, { recursive: true });
  bundled = await bundleForBrowser(path.join(folder, "gan-lib.mjs"));
  server = createServer(({ url }, response) => {
    const file = fileOf(url);
    const type = file === undefined ? "text/html" : types[path.extname(file)];
    response.writeHead(200, { "content-type": type });
    if (file === undefined) response.end("<!doctype html><title>gan-lib</title>");
    else createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  profile = await mkdtemp(path.join(tmpdir(), "chromium-"));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-gpu"],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
  if (profile) await rm(profile, { recursive: true, force: true });
});

/** Trains the ring of 8 Gaussians in the page, and counts modes before and after. Runs in the browser. */
async function trainRing(steps) {
  /** @type {string} */
  const served = "/gan-lib.mjs";
  const gan = await import(served);
  gan.setWasmPaths("/");
  await gan.ready("wasm");
  const { tf } = gan;
  const random = gan.createRandom(1);
  const ring = gan.gaussianRing();
  const game = {
    generator: gan.pacganGenerator({ units: [64, 64], random: random.split("generator") }),
    discriminator: gan.pacganDiscriminator({
      units: [64, 64],
      pieces: 2,
      random: random.split("discriminator"),
    }),
    objective: gan.nonSaturating,
    generatorOptimizer: tf.train.adam(1e-3, 0.5),
    discriminatorOptimizer: tf.train.adam(1e-3, 0.5),
    random: random.split("latent"),
  };
  const modes = async () => {
    const points = tf.tidy(() =>
      game.generator.predict(gan.sampleLatent(game.generator, 1000, gan.createRandom(2))),
    );
    const found = gan.mixtureCoverage(points, ring).covered;
    points.dispose();
    return found;
  };
  const before = await modes();
  const batches = gan.mixtureBatches(ring, { batchSize: 100, random: random.split("data") });
  let tensors = 0;
  for (const { step } of gan.trainSteps(game, batches, { steps })) {
    if (step === 10) tensors = tf.memory().numTensors;
    if (step % 50 === 0) await tf.nextFrame();
  }
  const drawn = gan.createRandom(7).next();
  return {
    backend: tf.getBackend(),
    before,
    after: await modes(),
    grown: tf.memory().numTensors - tensors,
    drawn,
  };
}

test("gan-lib's core is bundled without Node, and trains a ring GAN on WebAssembly in a browser", async () => {
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const seen = await page.evaluate(trainRing, 1200);
  assert.equal(seen.backend, "wasm");
  assert.ok(seen.before <= 2, `the untrained generator covers ${seen.before} modes of 8`);
  assert.ok(seen.after >= 6, `the trained one covers ${seen.after}`);
  assert.equal(seen.grown, 0, "training leaves no tensors behind");
  const { createRandom } = await import("gan-lib");
  assert.equal(seen.drawn, createRandom(7).next(), "the same seed gives the same numbers");
  assert.deepEqual(faults, []);
  assert.ok(bundled.bytes < 3e6, `${bundled.bytes} bytes`);
});

test("a file that needs Node cannot be bundled, and the error names it", async () => {
  const entry = path.join(folder, "needs-node.mjs");
  writeFileSync(entry, 'import "node:fs";\nimport { mnist } from "gan-lib/data";\nmnist;\n');
  await assert.rejects(bundleForBrowser(path.join(folder, "x.mjs"), entry), /node:fs|needs-node/);
});
