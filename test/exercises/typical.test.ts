/** For every exercise a wrong answer that somebody has given or will give, and the check that tells it. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, test } from "node:test";
import { ids, type Answers, type ExerciseId } from "gan-exercises";
import {
  conditionalGenerator,
  nonSaturating,
  pack,
  ready,
  shareInterval,
  softmaxCrossEntropy,
  tf,
} from "gan-lib";
import { failedOf } from "./answers";
import { row, sum, type Row } from "./table";

before(ready);

interface Wrong extends Row {
  /** The checks that fail, and no others. */
  readonly failing: readonly string[];
}

const wrong = <Id extends ExerciseId>(
  id: Id,
  what: string,
  failing: readonly string[],
  answer: Answers[Id],
): Wrong => ({ ...row(id, what, answer), failing });

const meanSoftplus = (x: tf.Tensor): tf.Tensor => tf.mean(tf.softplus(x));
const logOfSigmoid = (x: tf.Tensor): tf.Tensor => tf.mean(tf.log(tf.sigmoid(x)));
const named = (logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor =>
  softmaxCrossEntropy(tf.oneHot(labels, 10, 1, 0, "float32"), logits);
const SURE = "stays finite for a discriminator that is sure, and wrong";

/** Spherical interpolation with an angle of its own. */
const slerpBy =
  (angleOf: (from: tf.Tensor1D, to: tf.Tensor1D) => tf.Tensor): Answers["23-1"] =>
  (from, to, t) => {
    const angle = angleOf(from, to);
    const weight = (share: number): tf.Tensor =>
      tf.div(tf.sin(tf.mul(share, angle)), tf.sin(angle));
    return tf.add(tf.mul(weight(1 - t), from), tf.mul(weight(t), to));
  };

/** Power iteration from a start of one's own. */
const powerFrom =
  (start: (rows: number) => tf.Tensor): Answers["31-3"] =>
  (matrix, iterations) => {
    const unit = (x: tf.Tensor): tf.Tensor => tf.div(x, tf.norm(x));
    let [u, v] = [start(matrix.shape[0]), tf.zeros([matrix.shape[1], 1])];
    for (let i = 0; i < iterations; i++) {
      v = unit(tf.matMul(matrix, u, true));
      u = unit(tf.matMul(matrix, v));
    }
    return tf.sum(tf.mul(u, tf.matMul(matrix, v))).dataSync()[0]!;
  };
const ROTATED = "does not miss a direction at a right angle to its start";
const NULLED = "does not start where the matrix gives 0";

const tensors: readonly Wrong[] = [
  wrong(
    "00-1",
    "[0, 1] shifted by a half",
    ["black, 0, becomes -1", "white, 255, becomes 1"],
    (bytes) => tf.sub(tf.div(bytes, 255), 0.5),
  ),
  wrong(
    "00-2",
    "the last value of a name",
    ["three values of one name give their mean"],
    (names, values) => Object.fromEntries(names.map((name, i) => [name, values[i]!])),
  ),
  wrong(
    "00-3",
    "points of a square, normalised",
    ["all directions are equally likely"],
    (random, n, radius) => {
      const points = random.uniform([n, 2], -1, 1);
      return tf.mul(radius, tf.div(points, tf.norm(points, 2, 1, true)));
    },
  ),
  wrong(
    "05-2",
    "a unit for each of two labels",
    [
      "takes points, [N, 2], and gives one logit for each, [N, 1]",
      "has two hidden layers of 8 units, and one unit at the end",
    ],
    () =>
      tf.sequential({
        layers: [
          tf.layers.dense({ inputShape: [2], units: 8, activation: "relu" }),
          tf.layers.dense({ units: 8, activation: "relu" }),
          tf.layers.dense({ units: 2 }),
        ],
      }),
  ),
  wrong(
    "10-3",
    "untrained random weights",
    [
      "is 0 half-way between both means, where both densities agree",
      "is log p_data / p_g to the left of that",
      "and to the right, for a generator on the other side",
    ],
    () => {
      const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
      return tf.sequential({
        layers: [tf.layers.dense({ inputShape: [1], units: 1, kernelInitializer })],
      });
    },
  ),
  wrong("11-4", "logarithms of sigmoids", [SURE], (real, fake, smooth) =>
    tf.neg(
      tf.addN([
        tf.mul(smooth, logOfSigmoid(real)),
        smooth < 1 ? tf.mul(1 - smooth, logOfSigmoid(tf.neg(real))) : tf.scalar(0),
        logOfSigmoid(tf.neg(fake)),
      ]),
    ),
  ),
  wrong(
    "11-1",
    "minimize without a list",
    [
      "one step of each leaves D with the right weights",
      "three steps with k = 2 leave both with the right weights",
    ],
    ({ D, G, nextReal, nextLatent }, steps, k) =>
      tf.tidy(() => {
        const logits = (x: tf.Tensor): tf.Tensor => D.model.apply(x) as tf.Tensor;
        const fakes = (): tf.Tensor => G.model.apply(nextLatent()) as tf.Tensor;
        for (let step = 0; step < steps; step++) {
          for (let i = 0; i < k; i++) {
            const [real, fake] = [nextReal(), fakes()];
            D.optimizer.minimize(() => nonSaturating.discriminatorLoss(logits(real), logits(fake)));
          }
          G.optimizer.minimize(() => nonSaturating.generatorLoss(logits(fakes())));
        }
      }),
  ),
  wrong(
    "11-2",
    "theory's one half",
    ["D(G(z)) comes near 1", "G makes fewer of the digits"],
    () => ({ fakeProbability: 0.5, digits: "as many" }),
  ),
  wrong(
    "23-1",
    "the raw inner product",
    ["the angle is measured: here it is 45 degrees", "the angle may be larger than 90 degrees"],
    slerpBy((a, b) => tf.acos(tf.sum(tf.mul(a, b)))),
  ),
  wrong(
    "23-1",
    "always 90 degrees",
    ["the angle is measured: here it is 45 degrees", "the angle may be larger than 90 degrees"],
    slerpBy(() => tf.scalar(Math.PI / 2)),
  ),
  wrong(
    "20-2",
    "one mean for all channels",
    [
      "each channel has the mean 0 over the batch",
      "the variance is the mean of squares, divided by N and not N - 1",
      "every channel has its own variance",
      "scales, then shifts",
      "epsilon is added to the variance, under the root",
    ],
    (x, scale, shift, epsilon) => {
      const variance = tf.moments(x, 0).variance;
      return tf.add(
        tf.mul(scale, tf.div(tf.sub(x, tf.mean(x)), tf.sqrt(tf.add(variance, epsilon)))),
        shift,
      );
    },
  ),
  wrong("21-2", "logarithms of sigmoids", [SURE], (right, other, fake) =>
    tf.neg(
      tf.add(
        logOfSigmoid(right),
        tf.div(tf.add(logOfSigmoid(tf.neg(other)), logOfSigmoid(tf.neg(fake))), 2),
      ),
    ),
  ),
  wrong(
    "21-3",
    "one-hot of two classes turned, the source term of G saturating",
    ["G: without knowledge it is log 2 + log 10", "G: wants to be taken for real"],
    {
      discriminator: (real, fake, labels) =>
        tf.addN([
          meanSoftplus(tf.neg(real.source)),
          meanSoftplus(fake.source),
          named(real.classes, labels),
          named(fake.classes, labels),
        ]),
      generator: (fake, labels) => tf.sub(named(fake.classes, labels), meanSoftplus(fake.source)),
    },
  ),
  wrong(
    "31-1",
    "the sign kept in place of the cut",
    ["leaves norms of at most 1 alone", "is a mean over the batch"],
    (norms, weight) =>
      tf.mul(weight, tf.mean(tf.mul(tf.sign(tf.sub(norms, 1)), tf.square(tf.sub(norms, 1))))),
  ),
  wrong("31-2", "one penalty a sample", ["is one number"], (critic, real, weight) =>
    tf.mul(weight / 2, tf.sum(tf.square(tf.grad((x: tf.Tensor) => tf.sum(critic(x)))(real)), 1)),
  ),
  wrong(
    "31-3",
    "a start of ones",
    [ROTATED, NULLED],
    powerFrom((rows) => tf.ones([rows, 1])),
  ),
  wrong(
    "31-3",
    "the first unit vector",
    ["is the longest axis of a diagonal matrix"],
    powerFrom((rows) => tf.reshape(tf.oneHot([0], rows, 1, 0, "float32"), [rows, 1])),
  ),
  wrong(
    "41-5",
    "a generator that is given minus the discriminator's loss",
    ["the generator's loss is over its packs"],
    (judge, real, fake, m) => {
      const [ofReal, ofFake] = [judge(pack(real, m)), judge(pack(fake, m))];
      const discriminator = nonSaturating.discriminatorLoss(ofReal, ofFake);
      return { discriminator, generator: tf.neg(discriminator) };
    },
  ),
  wrong(
    "91-5",
    "the gradient itself in place of its sign",
    [
      "no pixel moves by more than epsilon, nor out of [-1, 1]",
      "every step asks for the gradient anew",
    ],
    (logits, images, epsilon, steps) => {
      const slope = tf.grad((x: tf.Tensor) => tf.sum(logits(x)));
      let framed = images;
      for (let step = 0; step < steps; step++)
        framed = tf.clipByValue(tf.add(framed, tf.mul(epsilon / steps, slope(framed))), -1, 1);
      return framed;
    },
  ),
  wrong(
    "31-4",
    "the penalty at the real samples",
    ["one uniform share for each pair"],
    (critic, real, fake, _, weight) => {
      const gradient = tf.grad((x: tf.Tensor) => tf.sum(critic(x)))(real);
      const squares = tf.sum(tf.square(tf.reshape(gradient, [real.shape[0], -1])), 1);
      const excess = tf.square(tf.sub(tf.sqrt(tf.add(squares, 1e-12)), 1));
      const gap = tf.sub(tf.mean(critic(fake)), tf.mean(critic(real)));
      return tf.add(gap, tf.mul(weight, tf.mean(excess)));
    },
  ),
];

const adam =
  (divide: (m: number, v: number, epsilon: number) => number): Answers["11-3"] =>
  (state, gradient, t, { rate, beta1, beta2, epsilon }) => {
    const m = beta1 * state.m + (1 - beta1) * gradient;
    const v = beta2 * state.v + (1 - beta2) * gradient ** 2;
    const step = divide(m / (1 - beta1 ** t), v / (1 - beta2 ** t), epsilon);
    return { weight: state.weight - rate * step, m, v };
  };

const rmsprop =
  (divisor: (v: number, epsilon: number) => number): Answers["30-3"] =>
  ({ weight, v }, gradient, { rate, decay, epsilon, limit }) => {
    const next = decay * v + (1 - decay) * gradient ** 2;
    const moved = weight - (rate * gradient) / divisor(next, epsilon);
    return { weight: Math.max(-limit, Math.min(limit, moved)), v: next };
  };

const numbers: readonly Wrong[] = [
  wrong(
    "05-1",
    "the longer the step, the sooner it arrives",
    [
      "the rate 0.5 does what you predicted",
      "the rate 0.9 does what you predicted",
      "the rate 1.1 does what you predicted",
    ],
    () => ["creeps", "creeps", "creeps", "arrives"],
  ),
  wrong(
    "05-3",
    "without the place where the kernel starts",
    [
      "without padding, the kernel's width less one is lost",
      "a padding of 1 and a kernel of 3 keep the size",
      "a stride of 2 halves the size",
      "a last step that is too long is not taken",
    ],
    (size, kernel, { stride, padding }) => Math.floor((size + 2 * padding - kernel) / stride),
  ),
  wrong(
    "10-1",
    "one share for both",
    [
      "where the densities agree, it is the share itself",
      "it weighs both densities with their shares",
    ],
    (p, q, share) => (share * p) / (share * (p + q)),
  ),
  wrong(
    "10-2",
    "no halves",
    ["is log 2 for distributions without a common outcome", "has the right value in between"],
    (p, q) =>
      sum(
        p.flatMap((x, i) =>
          [x, q[i]!].map((y) => (y > 0 ? y * Math.log((2 * y) / (x + q[i]!)) : 0)),
        ),
      ),
  ),
  wrong(
    "11-3",
    "epsilon under the root",
    ["epsilon is added to the root, not under it"],
    adam((m, v, epsilon) => m / Math.sqrt(v + epsilon)),
  ),
  wrong("12-1", "transposed", ["ψ' is right", "θ' answers to the new ψ"], (h, gamma) => [
    [1 - (h / 2) ** 2, -h / 2],
    [(h / 2) * (1 - h * gamma), 1 - h * gamma],
  ]),
  wrong(
    "12-2",
    "the more friction the better",
    ["alternating, γ = 0.05 goes in", "simultaneous, γ = 6 goes out"],
    () => ({
      "simultaneous, γ = 0.05": "out",
      "simultaneous, γ = 0.1": "around",
      "simultaneous, γ = 0.3": "in",
      "alternating, γ = 0": "around",
      "alternating, γ = 0.05": "around",
      "simultaneous, γ = 6": "in",
    }),
  ),
  wrong(
    "12-3",
    "t counted from 0",
    [
      "the average of equal values is that value, from the first on",
      "the first average is the first value",
      "the second one weighs the newer value more",
      "the third one corrects m, and goes on from m itself",
      "β = 0 remembers nothing",
    ],
    (values, beta) => {
      let m = 0;
      return values.map((value, t) => (m = beta * m + (1 - beta) * value) / (1 - beta ** t));
    },
  ),
  wrong("20-1", "even sizes alone", ["size 4, stride 3: uneven", "size 5, stride 1: even"], () => ({
    "size 4, stride 2": "even",
    "size 3, stride 2": "uneven",
    "size 6, stride 2": "even",
    "size 4, stride 3": "even",
    "size 6, stride 3": "even",
    "size 5, stride 1": "uneven",
  })),
  wrong("20-3", "tf.js's own initial weights", ["starts with small weights"], (filters) => {
    const up = (count: number): tf.layers.Layer =>
      tf.layers.conv2dTranspose({ filters: count, kernelSize: 5, strides: 2, padding: "same" });
    const hidden = () => [tf.layers.batchNormalization(), tf.layers.reLU()];
    return tf.sequential({
      layers: [
        tf.layers.dense({ units: 128 * filters, inputShape: [100] }),
        tf.layers.reshape({ targetShape: [4, 4, 8 * filters] }),
        ...hidden(),
        ...[4, 2, 1].flatMap((times) => [up(times * filters), ...hidden()]),
        up(3),
        tf.layers.activation({ activation: "tanh" }),
      ],
    });
  }),
  wrong("00-4", "a split that goes on where it was", ['its split("a"), twice: same'], () => ({
    "a second stream of seed 7": "same",
    "the same stream, once more": "different",
    "a stream of seed 8": "different",
    'its split("a"), twice': "different",
    'its split("a") and split("b")': "different",
  })),
  wrong(
    "21-1",
    "no label right by accident",
    ["half replaced: 55 %", "all replaced: 10 %"],
    () => ({ "none replaced": 100, "half replaced": 50, "all replaced": 0 }),
  ),
  wrong(
    "21-4",
    "the vector appended, as in the lesson",
    ["learns a vector of 100 numbers for each of the ten classes"],
    (filters, random) => conditionalGenerator({ filters, random }),
  ),
  wrong("23-2", "every copy found", ["moved by one pixel: missed", "mirrored: missed"], () => ({
    "a little noise": "found",
    "a fifth darker": "found",
    "moved by one pixel": "found",
    mirrored: "found",
  })),
  wrong(
    "23-3",
    "the generator trained too",
    ["leaves the generator as it is"],
    (generator, images, steps) => {
      const z = tf.variable(tf.zeros([images.shape[0], 2]));
      const adam = tf.train.adam(0.05);
      for (let step = 0; step < steps; step++)
        adam.minimize(() => tf.losses.meanSquaredError(images, generator.apply(z) as tf.Tensor));
      return z;
    },
  ),
  wrong(
    "30-1",
    "half the bins' differences",
    [
      "two bins further is twice the work",
      "ways that go left count as well",
      "the way is measured in widths",
    ],
    (a, b, width) => (width * sum(a.map((share, i) => Math.abs(share - b[i]!)))) / 2,
  ),
  wrong(
    "30-2",
    "without the last layer",
    [
      "one weight is as steep as the limit",
      "a layer from 4 to 9 units",
      "layers multiply",
      "the limit counts once a layer",
    ],
    (widths, limit) =>
      widths.slice(1, -1).reduce((bound, m, i) => bound * limit * Math.sqrt(m * widths[i]!), 1),
  ),
  wrong(
    "30-3",
    "epsilon beside the root",
    ["epsilon is added to v, under the root"],
    rmsprop((v, epsilon) => Math.sqrt(v) + epsilon),
  ),
  wrong(
    "30-3",
    "no epsilon",
    ["epsilon is added to v, under the root"],
    rmsprop((v) => Math.sqrt(v)),
  ),
  wrong(
    "30-4",
    "the mean over the critic's steps",
    ["the estimates are minus the last losses"],
    ({ draw, criticStep, generatorStep }, steps, nCritic) =>
      Array.from({ length: steps }, () => {
        const losses = Array.from({ length: nCritic }, () => {
          const { real, fake } = draw();
          return criticStep(real, fake);
        });
        generatorStep();
        return -sum(losses) / nCritic;
      }),
  ),
  wrong(
    "30-4",
    "a step of the generator after each of the critic's",
    [
      "the critic steps nCritic times, then the generator once",
      "the estimates are minus the last losses",
    ],
    ({ draw, criticStep, generatorStep }, steps, nCritic) =>
      Array.from({ length: steps * nCritic }, () => {
        const { real, fake } = draw();
        const loss = criticStep(real, fake);
        generatorStep();
        return -loss;
      }),
  ),
  wrong(
    "40-1",
    "bits",
    ["one mode of eight has log 8", "unequal counts are weighed by their shares"],
    (counts) =>
      sum(
        counts.map((n) =>
          n === 0 ? 0 : (n / sum(counts)) * Math.log2((counts.length * n) / sum(counts)),
        ),
      ),
  ),
  wrong(
    "40-2",
    "missed ones in place of covered",
    [
      "one sample covers one mode",
      "two samples of two modes",
      "1,000 samples of 1,000 modes cover about 632",
      "many samples cover all",
    ],
    (modes, samples) => modes * (1 - 1 / modes) ** samples,
  ),
  wrong(
    "40-3",
    "sorted as texts",
    ["the nearest is found among numbers, not among texts"],
    (points) =>
      points.map(([x, y], i) => {
        const others = points.filter((_, j) => j !== i).map(([u, v]) => Math.hypot(x - u, y - v));
        return Number(others.map(String).sort()[0]);
      }),
  ),
  wrong(
    "41-1",
    "rounded up without a guard",
    ["a quarter lost, accuracy 0.7890625: exactly 3"],
    (lost, accuracy) => Math.ceil(Math.log(2 - 2 * accuracy) / Math.log(1 - lost)),
  ),
  wrong(
    "41-2",
    "without itself",
    [
      "a sample on its own has 1",
      "n equal samples have n each",
      "the distance is the sum of absolute differences",
    ],
    (places) =>
      places.map((a, i) =>
        sum(
          places
            .filter((_, j) => j !== i)
            .map((b) => Math.exp(-sum(a.map((x, k) => Math.abs(x - b[k]!))))),
        ),
      ),
  ),
  wrong(
    "41-3",
    "the first term alone",
    ["one step: both terms", "two steps: the first step's answer moves on", "c counts"],
    (g, d, c, steps, rate) => {
      for (let k = 0; k < steps; k++) d += rate * (g - c * d);
      return d;
    },
  ),
  wrong(
    "42-1",
    "a line in n",
    [
      "finds where a line in 1 / n begins",
      "the order of the sizes does not matter",
      "scattered distances: the least squares decide",
    ],
    (sizes, distances) => {
      const [mx, my] = [sum(sizes) / sizes.length, sum(distances) / sizes.length];
      const slope =
        sum(sizes.map((x, i) => (x - mx) * (distances[i]! - my))) /
        sum(sizes.map((x) => (x - mx) ** 2));
      return my - slope * mx;
    },
  ),
  wrong(
    "42-2",
    "the mean of both sets' shares",
    ["every sample has one vote, also where one set is larger"],
    (real, fake) => {
      const yes = (own: typeof real, other: typeof real): number => {
        const gap = (a: readonly number[], b: readonly number[]): number =>
          Math.hypot(...a.map((x, k) => x - b[k]!));
        const nearest = (a: readonly number[], set: typeof real): number =>
          Math.min(...set.filter((b) => b !== a).map((b) => gap(a, b)));
        return own.filter((a) => nearest(a, own) < nearest(a, other)).length / own.length;
      };
      return (yes(real, fake) + yes(fake, real)) / 2;
    },
  ),
  wrong(
    "42-3",
    "the first number that will do",
    [
      "a judge who is right in 90 %",
      "a judge who is right in 75 %",
      "a judge who is right in 60 %",
    ],
    (share) => {
      let n = 1;
      while (shareInterval(Math.round(share * n), n).low <= 0.5) n++;
      return n;
    },
  ),
  wrong("90-1", "the cosine unsquared", ["repeated samples damp its second copy"], (power) => {
    const twice = [...power, ...power];
    return {
      zeros: twice,
      repeated: twice.map((x, k) => 4 * Math.cos((Math.PI * k) / twice.length) * x),
    };
  }),
  wrong(
    "90-2",
    "ties not counted",
    ["a tie is half", "a constant score is chance"],
    (real, fake) =>
      sum(fake.map((f) => real.filter((r) => f > r).length)) / (real.length * fake.length),
  ),
  wrong(
    "90-3",
    "the base rate forgotten",
    [
      "one generated image in a thousand: the same detector is nearly always wrong",
      "a coin says nothing: the share stays",
    ],
    (hits, alarms) => hits / (hits + alarms),
  ),
  wrong(
    "91-1",
    "the largest weight alone",
    [
      "many pixels share the work",
      "a pixel of negative weight helps as well",
      "an image that is called real has a distance too",
    ],
    (weights, bias, image) =>
      Math.abs(bias + sum(weights.map((w, i) => w * image[i]!))) /
      Math.max(...weights.map(Math.abs)),
  ),
  wrong(
    "91-2",
    "between both means",
    ["where the order is reversed, a constant answer is best"],
    (scores, labels) => {
      const of = (label: number): number[] => scores.filter((_, i) => labels[i] === label);
      return (sum(of(0)) / of(0).length + sum(of(1)) / of(1).length) / 2;
    },
  ),
  wrong(
    "91-3",
    "half the way to the factor",
    ["t = 1/2 is half the way in decibels"],
    (real, generated, t) => generated.map((power, i) => 1 + t * (Math.sqrt(real[i]! / power) - 1)),
  ),
  wrong("92-1", "without the sizes", ["tells 6 x 4 from 4 x 6"], ({ rgba }) =>
    createHash("sha256").update(new Uint8Array(rgba)).digest("hex"),
  ),
  wrong("92-2", "exactly so many matches", ["many bits"], (bits, limit) => {
    const chance = (k: number): number =>
      Array.from({ length: k }, (_, i) => (bits - i) / (k - i)).reduce((a, b) => a * b, 2 ** -bits);
    for (let k = limit === 1 ? 0 : Math.ceil(bits / 2); k <= bits; k++)
      if (chance(k) <= limit) return k;
    return bits + 1;
  }),
  wrong("92-3", "both gaps added", ["does not let them cancel out"], (groups) => {
    const spread = (rates: number[]): number => Math.max(...rates) - Math.min(...rates);
    return (
      spread(groups.map((g) => g.falsePositives / g.real)) +
      spread(groups.map((g) => g.falseNegatives / g.generated))
    );
  }),
  wrong(
    "41-4",
    "what a perfect discriminator would reach",
    ["on single points it guesses", "on packs it guesses as well"],
    () => ({ single: 0.74, packed: 0.9 }),
  ),
  wrong(
    "42-5",
    "balls around the other set's points",
    [
      "precision: generated points in the real region",
      "recall: real points in the generated region",
      "the k-th neighbour is another point",
      "the border belongs to the ball",
      "distances are straight lines",
      "copies have balls of radius 0",
    ],
    (real, fake, k) => {
      const nearest = fake.map((g) =>
        Math.min(...real.map((r) => Math.hypot(r[0]! - g[0]!, r[1]! - g[1]!))),
      );
      return { precision: nearest.filter((d) => d <= k / 10).length / fake.length, recall: 0 };
    },
  ),
  wrong(
    "42-4",
    "copies taken for new images",
    ["the frechet sees it", "the recall sees it"],
    () => ({ score: "fooled", frechet: "fooled", precision: "fooled", recall: "fooled" }),
  ),
  wrong("90-4", "a control that is trusted to warn", ["the control stays at chance"], () => ({
    test: 0.99,
    control: 0.99,
  })),
  wrong("91-4", "a fortieth of what 16 levels take", ["it takes nothing"], () => ({
    areaLost: 0.84 / 40,
  })),
  wrong("92-4", "a negative taken for noise", ["in the negative every bit is wrong"], () => ({
    negative: 0.5,
    mirrored: 0.5,
    halfContrast: 1,
  })),
];

const rows = [...tensors, ...numbers];

for (const { id, what, failing, run } of rows)
  test(`${id} tells ${what}`, async () => assert.deepEqual(await run(failedOf), failing));

test("every exercise has a typical wrong answer", () =>
  assert.deepEqual([...new Set(rows.map(({ id }) => id))].sort(), ids));
