/**
 * A contender in Node: node serve.mjs <contender> <workload> <folder>. Answers one JSON line to each on stdin, see
 * ../contender.mjs. Contenders: gan-trained, gan-compiled, gan-eager, before, tfjs.
 */
import { createInterface } from "node:readline";
import * as games from "./games.mjs";
import { gradientsOf } from "./gradients.mjs";
import { countedLayers } from "./layers.mjs";
import { prepare as preparePlain } from "./plain.mjs";
import { gan } from "./library.mjs";

const [contender, workload, folder] = process.argv.slice(2);
const { tf } = gan;
const seconds = (since) => (performance.now() - since) / 1000;
let step;

/** How often a compiled step is compared with what it was made of before that becomes rare. */
const COMPARED = 20;

/** A step that is compiled by hand is compared at its first calls: they say nothing about those that follow. */
function settle() {
  for (let i = 0; i < COMPARED; i++) step();
}

/** Billions of floating point operations a second of a product of two 1,024 x 1,024 matrices, the best of some. */
function matmulRate() {
  const [a, b] = [tf.randomNormal([1024, 1024]), tf.randomNormal([1024, 1024])];
  let best = 0;
  for (let i = 0; i < 12; i++) {
    const start = performance.now();
    const product = tf.matMul(a, b);
    product.dataSync();
    best = Math.max(best, (2 * 1024 ** 3) / seconds(start) / 1e9);
    product.dispose();
  }
  tf.dispose([a, b]);
  return best;
}

const answers = {
  prepare() {
    step =
      contender === "tfjs" ? preparePlain(workload, folder) : games.prepare(workload, contender);
    const start = performance.now();
    const figures = step();
    for (let i = 0; i < 3; i++) step(); // a compiled step is a graph from the third or fourth call on
    const warmUpSeconds = seconds(start);
    if (contender === "gan-compiled") settle();
    return { figures, warmUpSeconds };
  },
  run({ steps }) {
    const start = performance.now();
    for (let i = 0; i < steps; i++) step();
    return { seconds: seconds(start) };
  },
  memory: () => ({ peakBytes: process.resourceUsage().maxRSS * 1024 }),
  matmul: () => ({ gflops: matmulRate() }),
  layers: () => countedLayers(workload),
  gradients: () => ({ file: gradientsOf(folder, workload) }),
};

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
await gan.ready();
say({
  ready: true,
  version: `tf.js ${tf.version_core}, TensorFlow ${gan.environment().tensorflow ?? "none"}`,
});
for await (const line of createInterface({ input: process.stdin })) {
  const { do: what, ...options } = JSON.parse(line);
  try {
    say(answers[what](options));
  } catch (error) {
    say({ error: error.message });
  }
}
