import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Answers, Arena } from "gan-exercises";
import { minimax, nonSaturating, ready, tf, trainableVariables, type Objective } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

type Train = Answers["11-1"];

const COUNTS = {
  real: "each step of D looks at new real samples",
  latent: "each step of each player has latent vectors of its own",
  tensors: "leaves no tensors behind",
};
const WEIGHTS = {
  D: "one step of each leaves D with the right weights",
  G: "one step of each leaves G with the right weights",
  both: "three steps with k = 2 leave both with the right weights",
};

const judge = ({ D }: Arena, samples: tf.Tensor): tf.Tensor => D.model.apply(samples) as tf.Tensor;
const generate = ({ G }: Arena, z: tf.Tensor): tf.Tensor => G.model.apply(z) as tf.Tensor;

function stepOfD(arena: Arena, real: tf.Tensor, z: tf.Tensor): void {
  const fake = generate(arena, z);
  const loss = (): tf.Scalar =>
    nonSaturating.discriminatorLoss(judge(arena, real), judge(arena, fake));
  arena.D.optimizer.applyGradients(tf.variableGrads(loss, trainableVariables(arena.D.model)).grads);
}

/** G's gradient; without a list of variables, everybody's. */
function gradientOfG(
  arena: Arena,
  { list = true, objective = nonSaturating }: { list?: boolean; objective?: Objective } = {},
): tf.NamedTensorMap {
  const z = arena.nextLatent();
  const loss = (): tf.Scalar => objective.generatorLoss(judge(arena, generate(arena, z)));
  return tf.variableGrads(loss, list ? trainableVariables(arena.G.model) : undefined).grads;
}

/** The loop, with k steps of D and then whatever G does. */
const loop =
  (stepOfG: (arena: Arena) => void): Train =>
  (arena, steps, k) =>
    tf.tidy(() => {
      for (let step = 0; step < steps; step++) {
        for (let i = 0; i < k; i++) stepOfD(arena, arena.nextReal(), arena.nextLatent());
        stepOfG(arena);
      }
    });

const rightG = (arena: Arena): void => arena.G.optimizer.applyGradients(gradientOfG(arena));

test("training loop: both steps in turn pass", () => passes("11-1", loop(rightG)));

test("training loop: a G's step that moves D too, has the other's optimizer or the saturating loss is told", async () => {
  const careless = loop((arena) =>
    arena.G.optimizer.applyGradients(gradientOfG(arena, { list: false })),
  );
  assert.deepEqual(await failedOf("11-1", careless), [WEIGHTS.D, WEIGHTS.both]);
  const borrowed = loop((arena) => arena.D.optimizer.applyGradients(gradientOfG(arena)));
  assert.deepEqual(await failedOf("11-1", borrowed), [WEIGHTS.G, WEIGHTS.both]);
  const saturating = loop((arena) =>
    arena.G.optimizer.applyGradients(gradientOfG(arena, { objective: minimax })),
  );
  assert.deepEqual(await failedOf("11-1", saturating), [WEIGHTS.G, WEIGHTS.both]);
});

test("training loop: both players at once, G first, and k forgotten are told", async () => {
  const simultaneous: Train = (arena, steps, k) =>
    tf.tidy(() => {
      for (let step = 0; step < steps; step++) {
        for (let i = 1; i < k; i++) stepOfD(arena, arena.nextReal(), arena.nextLatent());
        const ofG = gradientOfG(arena);
        stepOfD(arena, arena.nextReal(), arena.nextLatent());
        arena.G.optimizer.applyGradients(ofG);
      }
    });
  assert.deepEqual(await failedOf("11-1", simultaneous), [WEIGHTS.G, WEIGHTS.both]);
  const generatorFirst: Train = (arena, steps, k) =>
    tf.tidy(() => {
      for (let step = 0; step < steps; step++) {
        rightG(arena);
        for (let i = 0; i < k; i++) stepOfD(arena, arena.nextReal(), arena.nextLatent());
      }
    });
  assert.deepEqual(await failedOf("11-1", generatorFirst), [WEIGHTS.D, WEIGHTS.G, WEIGHTS.both]);
  const once: Train = (arena, steps) => loop(rightG)(arena, steps, 1);
  assert.deepEqual(await failedOf("11-1", once), [COUNTS.real, COUNTS.latent, WEIGHTS.both]);
});

test("training loop: one batch for all steps, latent vectors used twice, and a leak are told", async () => {
  const oneBatch: Train = (arena, steps, k) => {
    const [real, z] = [arena.nextReal(), arena.nextLatent()];
    const same = { ...arena, nextReal: () => real, nextLatent: () => z };
    loop(rightG)(same, steps, k);
    tf.dispose([real, z]);
  };
  assert.deepEqual(await failedOf("11-1", oneBatch), [COUNTS.real, COUNTS.latent]);
  const leaky: Train = (arena, steps, k) => {
    const kept = (): tf.Tensor => tf.keep(arena.nextReal());
    loop(rightG)({ ...arena, nextReal: kept }, steps, k);
  };
  assert.deepEqual(await failedOf("11-1", leaky), [COUNTS.tensors]);
});
