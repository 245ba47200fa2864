"""
Fresh kernels, interrupted at times of chance within their first, traced step of 1 to 10 s: nothing is left behind.

    GAN_INTERRUPTS=20 .venv/bin/python -m pytest test/kernel/test_random_interrupts.py -s      (some minutes)
"""
import json
import os
import random
import time

import pytest

COUNT = int(os.environ.get("GAN_INTERRUPTS", "2"))
# A step that is left untraced, or traced for good, took ten times as long; a busy machine is to pass.
SLOWER = 5
# 100 steps of a trace that never ends took 200 MB.
GROWTH_MB = 80

PREPARE = """
import * as gan from "gan-lib";
const { tf } = gan;
await gan.ready();
// Stands for an operation that takes long: seen by nobody until it is done, and costs the machine nothing.
const still = new Int32Array(new SharedArrayBuffer(4));
const long = (ms: number) => void Atomics.wait(still, 0, 0, ms);
const backend = tf.backend() as any;
const patched = () => [Math.random, tf.engine().backend, backend.binding, backend.getInputTensorIds, backend.write, backend.readSync, backend.disposeData,
  tf.Optimizer.prototype["incrementIterations" as never], tf.AdamOptimizer.prototype.applyGradients, tf.engine().startScope, tf.engine().runKernel];
const before = patched();
const imageShape: [number, number, number] = [4, 4, 1];
function makeGame(pause: number): gan.Game {
  const random = gan.createRandom(1);
  const pausing: gan.Objective = {
    ...gan.nonSaturating, name: "pausing",
    discriminatorLoss(real, fake) { long(pause); return gan.nonSaturating.discriminatorLoss(real, fake); },
    generatorLoss(fake) { long(pause); return gan.nonSaturating.generatorLoss(fake); },
  };
  return {
    generator: gan.mlpGenerator({ latentDim: 4, units: [16], imageShape, random: random.split("generator") }),
    discriminator: gan.mlpDiscriminator({ units: [16], imageShape, random: random.split("discriminator") }),
    generatorOptimizer: tf.train.adam(1e-3, 0.5), discriminatorOptimizer: tf.train.adam(1e-3, 0.5),
    objective: pause > 0 ? pausing : gan.nonSaturating, random: random.split("latent"),
  };
}
function* batches(): Generator<gan.Batch> {
  const random = gan.createRandom(2);
  for (;;) yield { images: random.uniform([8, ...imageShape], -1, 1) };
}
/** Trains a small game: the quickest step in ms, tensors that a step leaves, and the growth of the process in MB. */
function trainSmall() {
  const times: number[] = [], tensors: number[] = [], sizes: number[] = [];
  let at = performance.now();
  for (const { step } of gan.trainSteps(makeGame(0), batches(), { steps: 120 })) {
    times.push(performance.now() - at);
    at = performance.now();
    tensors.push(tf.memory().numTensors);
    sizes.push(process.memoryUsage.rss() / 1e6);
  }
  return { quickest: Math.min(...times), left: tensors[119] - tensors[19], grown: sizes[119] - sizes[19] };
}
const first = trainSmall();
"""

# A library that stops between its steps, and one of whose steps the kernel must drop the stack.
WAYS = {
    "trainSteps": "const game = makeGame(%d);\nconsole.log('on');\nfor (const step of gan.trainSteps(game, batches(), { steps: 1000 }));",
    "compile": "const adam = tf.train.adam(0.1), weight = tf.variable(tf.tensor1d([1, 2, 3]));\nconst step = gan.compile(() => {\n"
               "  for (const _ of [1, 2]) { adam.minimize(() => tf.sum(tf.square(weight))); long(%d); }\n  return tf.sum(weight);\n});\nconsole.log('on');\nstep().dispose();",
}


@pytest.mark.parametrize("seed", range(COUNT))
def test_a_fresh_kernel_interrupted_within_its_first_step(start_kernel, seed):
    chance = random.Random(seed)
    way = list(WAYS)[seed % len(WAYS)]
    seconds = chance.uniform(1, 10)
    kernel = start_kernel()
    assert kernel.run(PREPARE).status == "ok"
    request = kernel.send(WAYS[way] % (seconds * 1000 / 2))
    kernel.wait_for_output(request)
    moment = chance.uniform(0, seconds)
    time.sleep(moment)
    kernel.interrupt()
    assert kernel.wait(request).error["ename"] == "Interrupted"
    assert kernel.run("1 + 1").value == "2"
    assert kernel.run("patched().map((method, i) => method === before[i]).join()").value == "'" + ",".join(["true"] * 11) + "'"
    ran = kernel.run("JSON.stringify([first, trainSmall()])").value.strip("'")
    first, after = json.loads(ran)
    print(f"\n{way}, step of {seconds:.1f} s, interrupted after {moment:.1f} s: a small game's step {first['quickest']:.2f} ms before, {after['quickest']:.2f} ms after; {after['grown']:.0f} MB grown")
    assert after["left"] == first["left"] == 0
    assert after["grown"] < GROWTH_MB
    assert after["quickest"] < SLOWER * first["quickest"]
