/** Every remedy starts from the same generator, and changes of the game what it says. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  createRandom,
  experimentPlan,
  ready,
  ringRemedies,
  ringRemedy,
  trainSteps,
  type Batch,
  type RingRemedy,
  type RingRun,
} from "gan-lib";
import { weightsOf } from "../training/tinyGame";

before(ready);

const start = (remedy: RingRemedy): RingRun => ringRemedy(remedy, { random: createRandom(1) });
function* batches(): Generator<Batch> {
  for (;;) yield { images: createRandom(2).normal([8, 2]) };
}
const layersOf = (remedy: RingRemedy): string[] =>
  start(remedy).game.discriminator.layers.map((layer) => layer.getClassName());

test("all generators begin alike", () => {
  const [plain, ...others] = ringRemedies.map((remedy) => weightsOf(start(remedy).game.generator));
  for (const other of others) assert.deepEqual(other, plain);
});

test("only the minibatch remedies add a layer, and only packing widens the input", () => {
  const usual = layersOf("none");
  for (const remedy of ringRemedies) {
    const added = layersOf(remedy).filter((name) => name.startsWith("GanMinibatch"));
    const wanted =
      {
        "minibatch discrimination": ["GanMinibatchDiscrimination"],
        "minibatch deviation": ["GanMinibatchStandardDeviation"],
      }[remedy as string] ?? [];
    assert.deepEqual(added, wanted, remedy);
    assert.equal(layersOf(remedy).length, usual.length + wanted.length);
    assert.deepEqual(
      start(remedy).game.discriminator.inputs[0]!.shape,
      [null, remedy === "packing" ? 4 : 2],
      remedy,
    );
  }
});

test("each step moves both players, but the gradient penalty's generator at every fifth only", () => {
  for (const remedy of ringRemedies) {
    const { game, steps } = start(remedy);
    const all = (): number[][] => [game.generator, game.discriminator].map(weightsOf);
    let before = all();
    const moved: boolean[][] = [];
    for (const { step } of trainSteps(steps, batches(), { steps: 5 })) {
      assert.equal(step, moved.length + 1);
      const now = all();
      moved.push(now.map((weights, i) => String(weights) !== String(before[i])));
      before = now;
    }
    assert.deepEqual(
      moved,
      [1, 2, 3, 4, 5].map((step) => [remedy !== "gradient penalty" || step === 5, true]),
      remedy,
    );
  }
});

test("the unrolled generator's first step is another than the plain one's", () => {
  const [unrolled, plain] = (["unrolled", "none"] as const).map((remedy) => {
    const { game, steps } = start(remedy);
    Array.from(trainSteps(steps, batches(), { steps: 1 }));
    return weightsOf(game.generator);
  });
  assert.notDeepEqual(unrolled, plain);
});

test("a cell measures the generator, and the same seed gives the same figures", async () => {
  const run = async (): Promise<Record<string, number>> => {
    const told: number[] = [];
    const onProgress = async (step: number): Promise<void> => void told.push(step);
    const figures = await experimentPlan("mode-collapse-remedies").run({
      settings: { remedy: "packing" },
      seed: 3,
      steps: 60,
      folder: "",
      onProgress,
    });
    assert.equal(told.length, 60);
    return figures;
  };
  const figures = await run();
  assert.deepEqual(Object.keys(figures), ["modes", "highQuality", "reverseKl"]);
  assert.ok(figures["modes"]! >= 0 && figures["modes"]! <= 8 && figures["highQuality"]! <= 100);
  assert.deepEqual(await run(), figures);
});
