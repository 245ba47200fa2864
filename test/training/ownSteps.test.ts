/** A VAE and a pair of generators as steps of their own: they train, compile, are saved and shown by what is there for all. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import {
  createRandom,
  exp,
  liveTraining,
  loadCheckpoint,
  ready,
  saveCheckpoint,
  tf,
  trainableVariables,
  trainSteps,
  type Checkpointable,
  type Measures,
  type RandomStream,
  type Step,
} from "gan-lib";
import { traceableBackend } from "gan-lib/dist/compile/native";
import { captureKernel, textOf } from "../lesson/capture";
import { weightsOf } from "./tinyGame";

before(ready);

const dense = (units: number, inputs: number, random: RandomStream): tf.LayersModel =>
  tf.sequential({
    layers: [
      tf.layers.dense({
        units,
        inputShape: [inputs],
        kernelInitializer: tf.initializers.glorotNormal({ seed: random.seed() }),
      }),
    ],
  });

/** A step with all that it depends on. */
interface Own<B, M extends Measures> {
  readonly step: Step<B, M>;
  readonly parts: Checkpointable;
  readonly batches: () => Iterator<B>;
}

/** A variational autoencoder (Kingma and Welling, arXiv 1312.6114, equation 10) of points. */
function vae(): Own<tf.Tensor, { reconstructionLoss: tf.Scalar; kl: tf.Scalar }> {
  const random = createRandom(1);
  const [encoder, decoder] = [dense(4, 3, random), dense(3, 2, random)];
  const adam = tf.train.adam(0.01);
  const take = ([x]: readonly tf.Tensor[]) => {
    const terms: [tf.Scalar, tf.Scalar][] = [];
    const loss = (): tf.Scalar => {
      const [mean, logVariance] = tf.split(encoder.apply(x!) as tf.Tensor, 2, 1) as [
        tf.Tensor,
        tf.Tensor,
      ];
      const z = tf.add(mean, tf.mul(exp(tf.mul(logVariance, 0.5)), random.normal(mean.shape)));
      const reconstruction = tf.mean<tf.Scalar>(
        tf.squaredDifference(decoder.apply(z) as tf.Tensor, x!),
      );
      const inner = tf.sub(tf.add(tf.square(mean), exp(logVariance)), tf.add(logVariance, 1));
      const kl = tf.mul<tf.Scalar>(0.5, tf.mean(tf.sum(inner, 1)));
      terms.push([tf.keep(reconstruction), tf.keep(kl)]);
      return tf.add(reconstruction, tf.mul(0.1, kl));
    };
    adam.minimize(loss, false, [encoder, decoder].flatMap(trainableVariables));
    const [reconstructionLoss, kl] = terms[0]!.map((term) => tf.tidy(() => term.clone())) as [
      tf.Scalar,
      tf.Scalar,
    ];
    tf.dispose(terms);
    return { reconstructionLoss, kl };
  };
  const data = createRandom(2);
  return {
    step: { batches: 1, take },
    parts: { models: { encoder, decoder }, optimizers: { adam }, streams: { random, data } },
    batches: () => ({ next: () => ({ value: data.normal([8, 3], 1, 0.3) }) }),
  };
}

interface Pair {
  readonly a: tf.Tensor;
  readonly b: tf.Tensor;
}

/** Two generators, there and back again, and two discriminators (Zhu et al., arXiv 1703.10593, equations 1 to 3). */
function cycle(): Own<Pair, Record<"generatorALoss" | "generatorBLoss" | "cycleLoss", tf.Scalar>> {
  const random = createRandom(3);
  const [toB, toA] = [dense(2, 2, random), dense(2, 2, random)];
  const [judgeA, judgeB] = [dense(1, 2, random), dense(1, 2, random)];
  const [ofPlayers, ofJudges] = [tf.train.adam(0.01, 0.5), tf.train.adam(0.01, 0.5)];
  const run = (model: tf.LayersModel, x: tf.Tensor): tf.Tensor => model.apply(x) as tf.Tensor;
  const off = (x: tf.Tensor, wanted: number): tf.Scalar => tf.mean(tf.square(tf.sub(x, wanted)));
  const take = ([batch]: readonly Pair[]) => {
    const { a, b } = batch!;
    const measured = (): Record<"generatorALoss" | "generatorBLoss" | "cycleLoss", tf.Scalar> => ({
      generatorALoss: off(run(judgeA, run(toA, b)), 1),
      generatorBLoss: off(run(judgeB, run(toB, a)), 1),
      cycleLoss: tf.add(
        tf.mean(tf.abs(tf.sub(run(toA, run(toB, a)), a))),
        tf.mean(tf.abs(tf.sub(run(toB, run(toA, b)), b))),
      ),
    });
    const before = measured();
    ofPlayers.minimize(
      () => tf.addN(Object.values(measured())),
      false,
      [toA, toB].flatMap(trainableVariables),
    );
    const judged = (judge: tf.LayersModel, real: tf.Tensor, fake: tf.Tensor): tf.Scalar =>
      tf.add(off(run(judge, real), 1), off(run(judge, fake), 0));
    ofJudges.minimize(
      () => tf.add(judged(judgeA, a, run(toA, b)), judged(judgeB, b, run(toB, a))),
      false,
      [judgeA, judgeB].flatMap(trainableVariables),
    );
    return before;
  };
  const data = createRandom(4);
  const next = () => ({ value: { a: data.normal([8, 2], 1), b: data.normal([8, 2], -1) } });
  return {
    step: { batches: 1, take, labels: { generatorALoss: "G to A", generatorBLoss: "G to B" } },
    parts: {
      models: { toA, toB, judgeA, judgeB },
      optimizers: { ofPlayers, ofJudges },
      streams: { data },
    },
    batches: () => ({ next }),
  };
}

const graphs = (): number => traceableBackend().binding.getNumOfSavedModels();
const weights = ({ models }: Checkpointable): number[] => Object.values(models).flatMap(weightsOf);

/** Asserts for a step that all which is there for steps works for it, and returns its last numbers. */
function proves<B, M extends Measures>(name: string, make: () => Own<B, M>, falls: string): void {
  test(`${name} trains, as a graph too`, () => {
    const [compiled, plain] = [make(), make()];
    const before = graphs();
    const numbers: Record<string, number>[] = [];
    for (const now of trainSteps(compiled.step, compiled.batches(), { steps: 150 })) {
      numbers.push({ ...now });
      if (now.step > 5) assert.equal(graphs(), before + 1);
    }
    assert.equal(graphs(), before);
    const asItIs = [...trainSteps(plain.step, plain.batches(), { steps: 150, compile: false })].map(
      (now): Record<string, number> => ({ ...now }),
    );
    for (const [i, wanted] of asItIs.entries())
      for (const [key, value] of Object.entries(wanted))
        assert.ok(Math.abs(value - numbers[i]![key]!) < 1e-3, `${key} at step ${i + 1}`);
    assert.ok(numbers.at(-1)![falls]! < 0.7 * numbers[0]![falls]!, JSON.stringify(numbers.at(-1)));
  });

  test(`${name} goes on from a checkpoint`, async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "gan-lib-own-"));
    try {
      const [first, second] = [make(), make()];
      Array.from(trainSteps(first.step, first.batches(), { steps: 6 }));
      await saveCheckpoint(folder, first.parts, { step: 6 });
      const { step: startAt } = await loadCheckpoint(folder, second.parts);
      const [here, there] = [first, second].map(({ step, batches }) =>
        Array.from(trainSteps(step, batches(), { steps: 6, startAt }), (now) => ({ ...now })),
      );
      assert.deepEqual(there, here);
      assert.deepEqual(weights(second.parts), weights(first.parts));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

proves("a VAE's step", vae, "reconstructionLoss");
proves("a step of two generators", cycle, "cycleLoss");

test("the live view draws what steps measure, by its kind, and names it as the step does", async (t) => {
  const shown = async <B, M extends Measures>(own: Own<B, M>): Promise<string[]> => {
    const published = captureKernel(t);
    const live = liveTraining({ steps: 3 });
    for (const step of trainSteps(own.step, own.batches(), { steps: 3 })) await live.update(step);
    await live.end();
    const lines = published.flatMap((message) => textOf(message).split("\n"));
    const charts = lines.filter((line) => line.startsWith("Line chart"));
    return [...new Set(charts.map((line) => line.split(" over ")[0]!))];
  };
  assert.deepEqual(await shown(vae()), ["Line chart of reconstruction loss", "Line chart of kl"]);
  assert.deepEqual(await shown(cycle()), ["Line chart of G to A, G to B and cycle loss"]);
});
