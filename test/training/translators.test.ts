/** pix2pix, CycleGAN, DiscoGAN and Gated-GAN: losses by hand, who moves, what is refused, and the graph beside the step as it is. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import {
  checkpointParts,
  createRandom,
  cycleGan,
  discoGan,
  gatedGan,
  leastSquares,
  loadCheckpoint,
  nonSaturating,
  pix2pix,
  ready,
  residualGenerator,
  saveCheckpoint,
  tf,
  trainSteps,
  type DiscoGame,
  type RandomStream,
  type Step,
  type UnpairedBatch,
} from "gan-lib";
import { weightsOf } from "./tinyGame";
import {
  cycleGame,
  discoGame,
  gatedGame,
  pairs,
  pix2pixGame,
  SHAPE,
  styled,
  STYLES,
  unpaired,
} from "./tinyTranslators";

before(ready);

const numberOf = (x: tf.Tensor): number => x.dataSync()[0] as number;
const networksOf = (game: object): tf.LayersModel[] =>
  Object.values(game).filter((field) => field instanceof tf.LayersModel);
const all = (game: object): number[] => networksOf(game).flatMap(weightsOf);
const apart = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

interface Play {
  readonly game: object;
  readonly step: Step<never>;
  readonly batches: Iterator<never>;
  /** What the batches are drawn from. */
  readonly data: RandomStream;
}

const playing = <B>(
  game: object,
  step: Step<B>,
  batchesOf: (data: RandomStream) => Iterator<B>,
): Play => {
  const data = createRandom(5);
  return { game, step, batches: batchesOf(data), data } as unknown as Play;
};

/** With plain descent: Adam makes steps of one size also of gradients that are rounding, and keeps moments by place. */
function descending(play: Play): Play {
  const own = { generatorOptimizer: tf.train.sgd(0.1), discriminatorOptimizer: tf.train.sgd(0.1) };
  Object.assign(play.game, own);
  return play;
}

const games: Record<string, () => Play> = {
  pix2pix: () => {
    const game = pix2pixGame();
    return playing(game, pix2pix(game), pairs);
  },
  CycleGAN: () => {
    const game = cycleGame();
    return playing(game, cycleGan(game), unpaired);
  },
  DiscoGAN: () => {
    const game = discoGame();
    return playing(game, discoGan(game), unpaired);
  },
  "Gated-GAN": () => {
    const game = gatedGame();
    return playing(game, gatedGan(game), styled);
  },
};

function run({ step, batches }: Play, steps: number, compile = true): Record<string, number>[] {
  return Array.from(trainSteps(step, batches, { steps, compile }), (now) => ({ ...now }));
}

for (const [name, make] of Object.entries(games)) {
  test(`${name} as a graph is the step as it is; every network moves, and nothing is left in memory`, () => {
    const [graph, plain] = [descending(make()), descending(make())];
    const start = all(graph.game);
    const numbers = run(graph, 6);
    const asItIs = run(plain, 6, false);
    for (const [i, wanted] of asItIs.entries())
      for (const [measure, value] of Object.entries(wanted))
        assert.ok(
          Math.abs(value - numbers[i]![measure]!) < 1e-3 * Math.max(1, Math.abs(value)),
          `${measure} at step ${i + 1}: ${numbers[i]![measure]} for ${value}`,
        );
    assert.ok(apart(all(graph.game), all(plain.game)) < 1e-3);
    for (const network of networksOf(graph.game)) {
      const before = start.splice(0, weightsOf(network).length);
      assert.notDeepEqual(weightsOf(network), before, network.name);
    }
    const { numTensors } = tf.memory();
    run(plain, 1, false);
    assert.equal(tf.memory().numTensors, numTensors);
  });

  test(`${name}: a network that is frozen midway stays as it is, and the others move`, () => {
    for (const compile of name === "pix2pix" ? [true, false] : [true]) {
      const play = descending(make());
      run(play, 4, compile);
      const [frozen, ...others] = networksOf(play.game);
      frozen!.trainable = false;
      const [before, ...othersBefore] = [frozen!, ...others].map(weightsOf);
      run(play, 4, compile);
      assert.deepEqual(weightsOf(frozen!), before);
      for (const [i, network] of others.entries())
        assert.notDeepEqual(weightsOf(network), othersBefore[i], network.name);
    }
  });
}

for (const [name, make] of Object.entries(games))
  test(`${name} goes on from a checkpoint of its parts: pools, dropout and all`, async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "gan-lib-translator-"));
    try {
      const [first, second] = [make(), make()];
      const partsOf = ({ game, data }: Play) => {
        const parts = checkpointParts(game);
        return { ...parts, streams: { ...parts.streams, data } };
      };
      run(first, 2);
      await saveCheckpoint(folder, partsOf(first), { step: 2 });
      await loadCheckpoint(folder, partsOf(second));
      assert.deepEqual(run(second, 2), run(first, 2));
      assert.deepEqual(all(second.game), all(first.game));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

test("a network that is frozen costs no gradients", async () => {
  const names = ["toA", "toB", "discriminatorA", "discriminatorB"] as const;
  const gradients = async (frozen: readonly (typeof names)[number][]): Promise<number> => {
    const game = discoGame();
    for (const name of frozen) game[name]!.trainable = false;
    const batch = unpaired().next().value as UnpairedBatch;
    const { kernels } = await tf.profile(() => tf.tidy(() => void discoGan(game).take([batch])));
    return kernels.filter(({ name }) => name === "Conv2DBackpropFilter").length;
  };
  const ofAll = await gradients([]);
  for (const name of names) {
    const fewer = await gradients([name]);
    assert.ok(fewer < ofAll, `${name}: ${fewer} of ${ofAll}`);
  }
  assert.equal(await gradients(names), 0);
});

test("pix2pix's losses are those of equation 4, and D's is halved in its gradient", () => {
  const game = {
    ...pix2pixGame(),
    generatorOptimizer: tf.train.sgd(0),
    discriminatorOptimizer: tf.train.sgd(1),
  };
  const batch = pairs().next().value as { source: tf.Tensor; target: tf.Tensor };
  const state = game.noise.state();
  const fake = game.generator.apply(batch.source, { training: true }) as tf.Tensor;
  game.noise.restore(state);
  const judge = (image: tf.Tensor): tf.Tensor =>
    game.discriminator.apply([batch.source, image], { training: true }) as tf.Tensor;
  const before = game.discriminator.trainableWeights.map((weight) => weight.read().clone());
  const loss = (): tf.Scalar => nonSaturating.discriminatorLoss(judge(batch.target), judge(fake));
  const variables = game.discriminator.trainableWeights.map(
    (weight) => weight.read() as tf.Variable,
  );
  const { value, grads } = tf.variableGrads(loss, variables);
  const measured = pix2pix(game).take([batch]) as Record<string, tf.Scalar>;
  const l1 = tf.mean(tf.abs(tf.sub(fake, batch.target)));
  assert.ok(Math.abs(numberOf(measured["reconstructionLoss"]!) - numberOf(l1)) < 1e-5);
  assert.ok(Math.abs(numberOf(measured["discriminatorLoss"]!) - numberOf(value)) < 1e-4);
  variables.forEach((variable, i) => {
    const moved = tf.sub(before[i]!, variable);
    const off = tf.max(tf.abs(tf.sub(moved, tf.mul(0.5, grads[variable.name]!))));
    assert.ok(numberOf(off) < 1e-4, variable.name);
  });
});

test("pix2pix without its game leaves the discriminator alone; without reconstruction nothing is measured of it", () => {
  const plain = { ...pix2pixGame(), weights: { adversarial: 0 } };
  const before = weightsOf(plain.discriminator);
  const [last] = [...trainSteps(pix2pix(plain), pairs(), { steps: 2 })].slice(-1);
  assert.deepEqual(Object.keys(last!), ["step", "reconstructionLoss"]);
  assert.deepEqual(weightsOf(plain.discriminator), before);
  const game = { ...pix2pixGame(), weights: { reconstruction: 0 } };
  const [other] = [...trainSteps(pix2pix(game), pairs(), { steps: 1 })];
  assert.deepEqual(Object.keys(other!), ["step", "generatorLoss", "discriminatorLoss"]);
});

/** What a step measures on a batch of which every network has a known constant: nothing moves. */
function measuredAtRest(
  game: ReturnType<typeof cycleGame>,
  make: () => Step<never>,
): Record<string, number> {
  Object.assign(game, {
    generatorOptimizer: tf.train.sgd(0),
    discriminatorOptimizer: tf.train.sgd(0),
  });
  const batch = unpaired().next().value as never;
  const measured = make().take([batch]) as Record<string, tf.Scalar>;
  return Object.fromEntries(Object.entries(measured).map(([name, loss]) => [name, numberOf(loss)]));
}

test("CycleGAN's and DiscoGAN's losses, by the networks themselves", () => {
  const game = { ...cycleGame(), poolA: undefined, poolB: undefined } as unknown as ReturnType<
    typeof cycleGame
  >;
  const { a, b } = unpaired().next().value as { a: tf.Tensor; b: tf.Tensor };
  const go = (model: tf.LayersModel, x: tf.Tensor): tf.Tensor =>
    model.apply(x, { training: true }) as tf.Tensor;
  const [fakeA, fakeB] = [go(game.toA, b), go(game.toB, a)];
  const l1 = (x: tf.Tensor, y: tf.Tensor): number => numberOf(tf.mean(tf.abs(tf.sub(x, y))));
  const l2 = (x: tf.Tensor, y: tf.Tensor): number => numberOf(tf.mean(tf.square(tf.sub(x, y))));
  const judged = (
    model: tf.LayersModel,
    real: tf.Tensor,
    fake: tf.Tensor,
    objective = leastSquares,
  ) => [
    numberOf(objective.generatorLoss(go(model, fake))),
    numberOf(objective.discriminatorLoss(go(model, real), go(model, fake))),
  ];
  const wanted = (objective: typeof leastSquares, distance: typeof l1) => ({
    generatorALoss: judged(game.discriminatorA, a, fakeA, objective)[0]!,
    generatorBLoss: judged(game.discriminatorB, b, fakeB, objective)[0]!,
    cycleALoss: distance(go(game.toA, fakeB), a),
    cycleBLoss: distance(go(game.toB, fakeA), b),
    discriminatorALoss: judged(game.discriminatorA, a, fakeA, objective)[1]!,
    discriminatorBLoss: judged(game.discriminatorB, b, fakeB, objective)[1]!,
  });
  const same = (got: Record<string, number>, expected: Record<string, number>): void => {
    assert.deepEqual(Object.keys(got).sort(), Object.keys(expected).sort());
    for (const [name, value] of Object.entries(expected))
      assert.ok(Math.abs(got[name]! - value) < 1e-4, `${name}: ${got[name]} for ${value}`);
  };
  same(
    measuredAtRest(game, () => cycleGan(game)),
    { ...wanted(leastSquares, l1), identityLoss: l1(go(game.toB, b), b) + l1(go(game.toA, a), a) },
  );
  const disco = { ...game, weights: {} };
  same(
    measuredAtRest(disco, () => discoGan(disco)),
    wanted(nonSaturating, l2),
  );
  const oneSided: DiscoGame = { ...game, weights: { reconstructionB: 0 } };
  Reflect.deleteProperty(oneSided, "discriminatorA");
  const { generatorBLoss, cycleALoss, discriminatorBLoss } = wanted(nonSaturating, l2);
  same(
    measuredAtRest(oneSided as never, () => discoGan(oneSided)),
    { generatorBLoss, cycleALoss, discriminatorBLoss },
  );
});

test("with closed gates the gated generator is an autoencoder, and half-open gates lie between", () => {
  const { generator } = gatedGame();
  const x = createRandom(9).uniform([1, ...SHAPE], -1, 1);
  const encoder = generator.layers.find((layer) => layer.getClassName() === "Add")!;
  const maps = tf.model({ inputs: generator.inputs, outputs: encoder.output });
  const at = (...gates: number[]): tf.Tensor =>
    maps.predict([x, tf.tensor2d([gates])]) as tf.Tensor;
  const between = tf.add(tf.mul(0.5, at(1, 0, 0)), tf.mul(0.5, at(0, 1, 0)));
  assert.ok(numberOf(tf.max(tf.abs(tf.sub(at(0.5, 0.5, 0), between)))) < 1e-4);
  assert.ok(numberOf(tf.max(tf.abs(tf.sub(at(1, 0, 0), at(0, 0, 0))))) > 1e-3);
});

test("batches that do not fit are refused by name, before anything moves", () => {
  const first = <B>(step: Step<B>, batch: object): unknown =>
    Array.from(trainSteps(step as Step, [batch][Symbol.iterator](), { steps: 1 }));
  const [wide, right] = [tf.zeros([4, 8, 9, 1]), tf.zeros([4, ...SHAPE])];
  const game = pix2pixGame();
  const before = weightsOf(game.generator);
  assert.throws(
    () => first(pix2pix(game), { source: wide, target: right }),
    /step 1: the batch's "source" must be \[4, 8, 8, 1\], got \[4, 8, 9, 1\]/,
  );
  assert.throws(
    () => first(pix2pix(game), { source: right, target: tf.zeros([3, ...SHAPE]) }),
    /"target" must be \[4, 8, 8, 1\], got \[3, 8, 8, 1\]/,
  );
  assert.throws(
    () => first(pix2pix(game), { source: right, target: tf.fill([4, ...SHAPE], 255) }),
    /"target": the batch has a pixel of 255; images are in \[-1, 1\]/,
  );
  assert.deepEqual(weightsOf(game.generator), before);
  assert.throws(
    () => first(cycleGan(cycleGame()), { a: right, b: wide }),
    /"b" must be \[4, 8, 8, 1\]/,
  );
  const labels = tf.tensor1d([0, 1, STYLES, 0], "int32");
  assert.throws(
    () => first(gatedGan(gatedGame()), { content: right, style: right, labels }),
    /labels must be whole numbers from 0 to 2, got 3/,
  );
});

test("networks that do not fit together are refused by name", () => {
  const toA = residualGenerator({
    imageShape: [8, 8, 1],
    outputChannels: 3,
    filters: 1,
    blocks: 0,
    random: createRandom(1),
  });
  assert.throws(
    () => cycleGan({ ...cycleGame(), toA }),
    /toA makes samples of 8 x 8 x 3 \("residualGenerator"\), and the others of that domain are 8 x 8 x 1/,
  );
});
