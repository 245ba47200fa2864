/** The check of lesson 11's first exercise: both players' steps, and the loop. */
import { createRandom, largestDifference, nonSaturating, tf, type ExerciseCheck } from "gan-lib";
import { expectCount } from "./expect";

/** A network, and the optimizer that moves its weights. */
export interface Player {
  readonly model: tf.LayersModel;
  readonly optimizer: tf.Optimizer;
}

/** What the loop of exercise 11-1 plays with. */
export interface Arena {
  /** The discriminator, [N, 2] -> logits [N, 1]. */
  readonly D: Player;
  /** The generator, [N, 3] -> [N, 2]. */
  readonly G: Player;
  /** Real samples, [N, 2]: new ones at each call. */
  readonly nextReal: () => tf.Tensor;
  /** Latent vectors, [N, 3]: new ones at each call. */
  readonly nextLatent: () => tf.Tensor;
}

/** `steps` times: k steps of D, then one of G. */
export type Train = (arena: Arena, steps: number, k: number) => void;

const BATCH = 8;

/** One hidden layer of four units between `inputs` and `outputs` numbers. */
function network(inputs: number, outputs: number, seed: number): tf.Sequential {
  const random = createRandom(seed);
  const dense = (units: number, more: object): tf.layers.Layer => {
    const kernelInitializer = tf.initializers.glorotUniform({ seed: random.seed() });
    return tf.layers.dense({ units, kernelInitializer, ...more });
  };
  return tf.sequential({
    layers: [
      dense(4, { inputShape: [inputs], activation: "softplus" }),
      dense(outputs, { activation: "linear" }),
    ],
  });
}

/**
 * An arena whose batches are always the same, so that the order of the calls decides nothing; how often they were asked
 * for is counted. The two rates differ: a step by the other's optimizer ends elsewhere.
 */
function arena(): Arena & { readonly asked: { real: number; latent: number } } {
  const asked = { real: 0, latent: 0 };
  const batch = (key: keyof typeof asked, width: number, mean: number) => (): tf.Tensor => {
    asked[key] += 1;
    return createRandom(width).normal([BATCH, width], mean);
  };
  return {
    asked,
    D: { model: network(2, 1, 1), optimizer: tf.train.sgd(0.4) },
    G: { model: network(3, 2, 2), optimizer: tf.train.sgd(0.2) },
    nextReal: batch("real", 2, 1.5),
    nextLatent: batch("latent", 3, 0),
  };
}

const weightsOf = ({ model }: Player): tf.Variable[] =>
  model.trainableWeights.map((weight) => weight.read() as tf.Variable);

/** Moves one player down its loss. */
function descend(player: Player, loss: () => tf.Scalar): void {
  player.optimizer.applyGradients(tf.variableGrads(loss, weightsOf(player)).grads);
}

/** What the exercise asks for. */
function play({ D, G, nextReal, nextLatent }: Arena, steps: number, k: number): void {
  const judge = (samples: tf.Tensor): tf.Tensor => D.model.apply(samples) as tf.Tensor;
  const generate = (z: tf.Tensor): tf.Tensor => G.model.apply(z) as tf.Tensor;
  const stepOfD = (real: tf.Tensor, fake: tf.Tensor): void =>
    descend(D, () => nonSaturating.discriminatorLoss(judge(real), judge(fake)));
  tf.tidy(() => {
    for (let step = 0; step < steps; step++) {
      for (let i = 0; i < k; i++) stepOfD(nextReal(), generate(nextLatent()));
      const z = nextLatent();
      descend(G, () => nonSaturating.generatorLoss(judge(generate(z))));
    }
  });
}

/** How far an answer's networks end from those of the loop as it should be. */
function distances(train: Train, steps: number, k: number): { D: number; G: number } {
  const [own, right] = [arena(), arena()];
  train(own, steps, k);
  play(right, steps, k);
  const apart = (which: "D" | "G"): number =>
    largestDifference(own[which].model, right[which].model);
  const found = { D: apart("D"), G: apart("G") };
  for (const { model } of [own.D, own.G, right.D, right.G]) model.dispose();
  return found;
}

const isSmall = (distance: number): boolean => distance < 1e-5;

/** Exercise 1: algorithm 1 of Goodfellow et al., arXiv 1406.2661, with k steps of D for one of G. */
export function checkTrainingLoop(train: Train): ExerciseCheck[] {
  const counted = arena();
  const before = tf.memory().numTensors;
  train(counted, 3, 2);
  const left = tf.memory().numTensors - before;
  for (const { model } of [counted.D, counted.G]) model.dispose();
  const [one, two] = [distances(train, 1, 1), distances(train, 3, 2)];
  return [
    expectCount(
      "each step of D looks at new real samples",
      counted.asked.real,
      6,
      "In three steps with k = 2 call nextReal() six times.",
    ),
    expectCount(
      "each step of each player has latent vectors of its own",
      counted.asked.latent,
      9,
      "In three steps with k = 2, D's step is taken six times and G's three times: call nextLatent() nine times.",
    ),
    {
      name: "one step of each leaves D with the right weights",
      pass: isSmall(one.D),
      hint: "D goes down gan.nonSaturating.discriminatorLoss, by its own variables and with its own optimizer; G's step must not move D: give tf.variableGrads the list of variables.",
    },
    {
      name: "one step of each leaves G with the right weights",
      pass: isSmall(one.G),
      hint: "G goes down gan.nonSaturating.generatorLoss of D(G(z)), by its own variables and with its own optimizer, after D has moved; D's step must not move G.",
    },
    {
      name: "three steps with k = 2 leave both with the right weights",
      pass: isSmall(two.D) && isSmall(two.G),
      hint: "Each step takes D's step k times, then G's once.",
    },
    expectCount(
      "leaves no tensors behind",
      Math.max(0, left),
      0,
      "Put the body of the loop into tf.tidy(() => { … }).",
    ),
  ];
}
