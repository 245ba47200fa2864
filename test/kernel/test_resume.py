"""A lesson is executed, its kernel is killed in the middle of the training, and it is executed again."""
import os
import re
import signal
import time
import uuid

from client import TIMEOUT
from conftest import ROOT

STEPS = 400

OPENS = """
import * as gan from "gan-lib";
const tf = gan.tf;
const lesson = await gan.openLesson("{slug}");
"""

MAKES = """
const hyperparameters = {{ rate: {rate} }};
const random = gan.createRandom(lesson.seed);
const game: gan.Game = {{
  generator: gan.mlpGenerator({{ latentDim: 4, units: [16], random: random.split("generator") }}),
  discriminator: gan.mlpDiscriminator({{ units: [16], random: random.split("discriminator") }}),
  objective: gan.nonSaturating,
  generatorOptimizer: tf.train.adam(hyperparameters.rate, 0.5),
  discriminatorOptimizer: tf.train.adam(hyperparameters.rate, 0.5),
  random: random.split("latent"),
}};
const stream = random.split("data");
const batches = gan.drawnBatches(stream, () => ({{ images: stream.uniform([8, 28, 28, 1], -1, 1) }}));
const losses: number[] = [];
"""

TRAINS = """
for (const step of await lesson.trainSteps("Small GAN", game, batches, {
  steps: %d,
  kept: { losses },
  hyperparameters,
})) {
  losses.push(step.generatorLoss);
  if (PAUSE > 0) await new Promise((go) => setTimeout(go, PAUSE));
}
""" % STEPS

TELLS = """
const weights = [...game.generator.getWeights(), ...game.discriminator.getWeights()];
JSON.stringify({ losses, weights: weights.map((one) => Array.from(one.dataSync())) })
"""


def run(kernel, code):
    """Runs a cell that must not fail."""
    outcome = kernel.run(code)
    assert outcome.status == "ok", outcome.traceback
    return outcome


def train(kernel, rate):
    """Runs the training's cells; what they said, and all that came out."""
    run(kernel, MAKES.format(rate=rate))
    said = run(kernel, TRAINS.replace("PAUSE", "0")).stream("stdout")
    return said, run(kernel, TELLS).value


def wait_until_saved(slug):
    """Waits until a checkpoint of a lesson's run is in its place."""
    folder = ROOT / "data" / "cache" / "runs" / slug
    deadline = time.monotonic() + TIMEOUT
    while not list(folder.glob("*/*.safetensors")):
        assert time.monotonic() < deadline, f"nothing is saved in {folder}"
        time.sleep(0.1)


def test_a_lesson_goes_on_after_its_kernel_was_killed(start_kernel, monkeypatch):
    monkeypatch.setenv("LESSON_PROFILE", "standard")
    slug = f"test-resume-{uuid.uuid4().hex[:8]}"
    opens = OPENS.format(slug=slug)
    kernel = start_kernel()
    run(kernel, opens)
    run(kernel, MAKES.format(rate=0.01))
    pid = int(kernel.run("process.pid").value)
    kernel.send(TRAINS.replace("PAUSE", "200"))
    wait_until_saved(slug)
    os.kill(pid, signal.SIGKILL)
    kernel.process.wait(timeout=TIMEOUT)

    kernel.restart()
    run(kernel, opens)
    said, _ = train(kernel, 0.02)
    assert "Small GAN starts afresh, since this run is another than the saved one: " in said
    assert "hyperparameters.rate (0.02, was 0.01)" in said
    said, resumed = train(kernel, 0.01)
    taken = re.search(rf"Small GAN goes on after step (\d+) of {STEPS}, from .*runs", said)
    assert taken and 0 < int(taken[1]) < STEPS, said
    said, unbroken = train(kernel, 0.01)
    assert said == ""
    assert resumed == unbroken
    run(kernel, "await lesson.end();")
    assert not (ROOT / "data" / "cache" / "runs" / slug).exists()
