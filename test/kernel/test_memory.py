"""A cell that makes and trains a game can run as often as one likes: games of earlier runs are freed."""
import os

# 50 shows it in full: GAN_RERUNS=50 .venv/bin/python -m pytest test/kernel/test_memory.py -s
RERUNS = int(os.environ.get("GAN_RERUNS", "8"))

CELL = """
const random = gan.createRandom(1);
const imageShape: [number, number, number] = [8, 8, 1];
const game: gan.Game = {
  generator: gan.mlpGenerator({ latentDim: 16, units: [512, 512], imageShape, random: random.split("generator") }),
  discriminator: gan.mlpDiscriminator({ units: [512, 512], imageShape, random: random.split("discriminator") }),
  generatorOptimizer: tf.train.adam(1e-3, 0.5),
  discriminatorOptimizer: tf.train.adam(1e-3, 0.5),
  objective: gan.nonSaturating,
  random: random.split("latent"),
};
function* batches(): Generator<gan.Batch> {
  for (;;) yield { images: random.uniform([16, ...imageShape], -1, 1) };
}
let last = 0;
for (const { step } of gan.trainSteps(game, batches(), { steps: 6 })) last = step;
const sample = game.generator.predict(gan.createRandom(2).normal([4, 16])) as any;
sample.shape
"""


def measured(kernel):
    # A turn of the event loop, in which what nobody can reach is freed.
    kernel.run("await new Promise((next) => setTimeout(next, 100));")
    return [float(part) for part in kernel.run("[tf.memory().numBytes, process.memoryUsage().rss].join()").value.strip("'").split(",")]


def test_reruns_of_a_training_cell_keep_no_game(kernel):
    assert kernel.run('import * as gan from "gan-lib";\nconst { tf } = gan;\nawait gan.ready();').status == "ok"
    sizes = []
    for _ in range(RERUNS):
        done = kernel.run(CELL)
        assert done.status == "ok", done.reply
        sizes.append(measured(kernel))
    (one, _), early, (last, rss) = sizes[0], sizes[min(4, len(sizes) - 1)], sizes[-1]
    print(f"\ntensors {one / 1e6:.1f} MB after 1 run, {last / 1e6:.1f} MB after {RERUNS}; process {early[1] / 1e6:.0f} MB after 5, {rss / 1e6:.0f} MB after {RERUNS}")
    # The game that the names hold, and at most the one before it.
    assert last <= 2.5 * one
