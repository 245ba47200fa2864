/** For every exercise a right answer that is not the one a teacher would write. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, test } from "node:test";
import { ids, type Course, type Courses } from "gan-exercises";
import {
  createRandom,
  nonSaturating,
  ready,
  shareInterval,
  softmaxCrossEntropy,
  tf,
  trainableVariables,
} from "gan-lib";
import { passes } from "./answers";
import { row, sum, type Row } from "./table";

before(ready);

const logSigmoid = (x: tf.Tensor): tf.Tensor => tf.mean(tf.logSigmoid(x));
const named = (logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor =>
  softmaxCrossEntropy(tf.oneHot(labels, 10, 1, 0, "float32"), logits);

/** The answer to exercise 12-2 by arithmetic: the larger eigenvalue of the update's Jacobian at the rate 0.4. */
function coursesByEigenvalues(): Courses {
  const course = (trace: number, det: number): Course => {
    const root = trace ** 2 / 4 - det;
    const size = root < 0 ? Math.sqrt(det) : Math.abs(trace / 2) + Math.sqrt(root);
    if (Math.abs(size - 1) < 1e-9) return "around";
    return size > 1 ? "out" : "in";
  };
  const simultaneous = (gamma: number): Course => course(2 - 0.4 * gamma, 1 - 0.4 * gamma + 0.04);
  const alternating = (gamma: number): Course => course(2 - 0.4 * gamma - 0.04, 1 - 0.4 * gamma);
  return {
    "simultaneous, γ = 0.05": simultaneous(0.05),
    "simultaneous, γ = 0.1": simultaneous(0.1),
    "simultaneous, γ = 0.3": simultaneous(0.3),
    "alternating, γ = 0": alternating(0),
    "alternating, γ = 0.05": alternating(0.05),
    "simultaneous, γ = 6": simultaneous(6),
  };
}

const tensors: readonly Row[] = [
  row("00-1", "shift first, then divide", (bytes) => tf.div(tf.sub(bytes, 127.5), 127.5)),
  row("00-2", "an object that is filled", (names, values) => {
    const groups = new Map<string, number[]>();
    names.forEach((name, i) => groups.set(name, [...(groups.get(name) ?? []), values[i]!]));
    return Object.fromEntries([...groups].map(([name, all]) => [name, sum(all) / all.length]));
  }),
  row("00-3", "directions of a normal distribution", (random, n, radius) => {
    const points = random.normal([n, 2]);
    return tf.mul(radius, tf.div(points, tf.norm(points, 2, 1, true)));
  }),
  row("05-2", "tanh, and the layers added one by one", () => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ inputShape: [2], units: 8, activation: "tanh" }));
    model.add(tf.layers.dense({ units: 8, activation: "tanh" }));
    model.add(tf.layers.dense({ units: 1 }));
    return model;
  }),
  row("10-3", "two layers, their weights set afterwards", (mean) => {
    const model = tf.sequential();
    model.add(tf.layers.dense({ inputShape: [1], units: 2 }));
    model.add(tf.layers.dense({ units: 1 }));
    const [first, bias] = [tf.tensor2d([[1, -1]]), tf.tensor1d([0, mean])];
    const second = tf.tensor2d([[-mean / 2], [mean / 2]]);
    model.setWeights([first, bias, second, tf.tensor1d([0])]);
    return model;
  }),
  row("11-4", "log-sigmoids, the label factored out", (real, fake, smooth) =>
    tf.neg(
      tf.addN([
        tf.mul(smooth, logSigmoid(real)),
        tf.mul(1 - smooth, logSigmoid(tf.neg(real))),
        logSigmoid(tf.neg(fake)),
      ]),
    ),
  ),
  row(
    "11-1",
    "minimize with a list, all latent vectors drawn first",
    ({ D, G, nextReal, nextLatent }, steps, k) => {
      const logits = (x: tf.Tensor): tf.Tensor => D.model.apply(x) as tf.Tensor;
      const [ofD, ofG] = [D, G].map(({ model }) => trainableVariables(model));
      for (let left = steps * (k + 1); left > 0; left--)
        tf.tidy(() => {
          const fake = (z: tf.Tensor): tf.Tensor => G.model.apply(z) as tf.Tensor;
          const z = nextLatent();
          if (left % (k + 1) === 1) {
            const loss = (): tf.Scalar => nonSaturating.generatorLoss(logits(fake(z)));
            return void G.optimizer.minimize(loss, false, ofG);
          }
          const [real, made] = [nextReal(), fake(z)];
          const loss = (): tf.Scalar => nonSaturating.discriminatorLoss(logits(real), logits(made));
          return void D.optimizer.minimize(loss, false, ofD);
        });
    },
  ),
  row("11-2", "just enough", () => ({ fakeProbability: 0.8, digits: "fewer" })),
  row("23-1", "the angle from half its tangent", (from, to, t) => {
    const [a, b] = [tf.div(from, tf.norm(from)), tf.div(to, tf.norm(to))];
    const [near, far] = [tf.norm(tf.sub(a, b)), tf.norm(tf.add(a, b))];
    const angle = tf.mul(2, tf.atan2(near, far));
    const weight = (share: number): tf.Tensor =>
      tf.div(tf.sin(tf.mul(share, angle)), tf.sin(angle));
    return tf.add(tf.mul(weight(1 - t), from), tf.mul(weight(t), to));
  }),
  row("20-2", "tf.moments and a power of -1/2", (x, scale, shift, epsilon) => {
    const { mean, variance } = tf.moments(x, 0);
    const factor = tf.mul(scale, tf.pow(tf.add(variance, epsilon), -0.5));
    return tf.add(tf.mul(x, factor), tf.sub(shift, tf.mul(mean, factor)));
  }),
  row("21-2", "log-sigmoids of all three", (right, wrong, fake) =>
    tf.neg(
      tf.add(
        logSigmoid(right),
        tf.div(tf.add(logSigmoid(tf.neg(wrong)), logSigmoid(tf.neg(fake))), 2),
      ),
    ),
  ),
  row("21-3", "log-sigmoids, ten classes by number", {
    discriminator: (real, fake, labels) =>
      tf.addN([
        tf.neg(logSigmoid(real.source)),
        tf.neg(logSigmoid(tf.neg(fake.source))),
        named(real.classes, labels),
        named(fake.classes, labels),
      ]),
    generator: (fake, labels) => tf.sub(named(fake.classes, labels), logSigmoid(fake.source)),
  }),
  row("31-1", "a mask in place of ReLU", (norms, weight) =>
    tf.mul(
      weight,
      tf.mean(tf.mul(tf.cast(tf.greater(norms, 1), "float32"), tf.square(tf.sub(norms, 1)))),
    ),
  ),
  row("31-2", "one sum over everything, divided by the batch", (critic, real, weight) => {
    const slope = tf.grad((x: tf.Tensor) => tf.sum(critic(x)))(real);
    return tf.div(tf.mul(weight / 2, tf.sum(tf.square(slope))), real.shape[0]);
  }),
  row("31-3", "power iteration on the square, from a random start", (matrix, iterations) => {
    const square = tf.matMul(matrix, matrix, true);
    let v: tf.Tensor = createRandom(4).normal([square.shape[0], 1]);
    for (let i = 0; i < iterations; i++) {
      v = tf.matMul(square, v);
      v = tf.div(v, tf.norm(v));
    }
    return tf.norm(tf.matMul(matrix, v)).dataSync()[0]!;
  }),
  row("41-5", "neighbours in the batch, and both sets through one call", (judge, real, fake, m) => {
    const packs = tf.reshape(tf.concat([real, fake]), [-1, 2 * m]);
    const [ofReal, ofFake] = tf.split(judge(packs), 2) as [tf.Tensor, tf.Tensor];
    return {
      discriminator: tf.add(tf.mean(tf.softplus(tf.neg(ofReal))), tf.mean(tf.softplus(ofFake))),
      generator: tf.neg(tf.mean(tf.logSigmoid(ofFake))),
    };
  }),
  row("91-5", "a change that is kept apart from the images", (logits, images, epsilon, steps) => {
    let change = tf.zerosLike(images);
    for (let step = 0; step < steps; step++) {
      const slope = tf.grad((d: tf.Tensor) => tf.mean(logits(tf.add(images, d))))(change);
      const next = tf.add(change, tf.mul((2 * epsilon) / steps, tf.sign(slope)));
      const inRange = tf.clipByValue(
        tf.add(images, tf.clipByValue(next, -epsilon, epsilon)),
        -1,
        1,
      );
      change = tf.sub(inRange, images);
    }
    return tf.add(images, change);
  }),
  row(
    "31-4",
    "the share of the real sample, and a root kept from 0",
    (critic, real, fake, random, weight) => {
      const share = random.uniform([real.shape[0], ...real.shape.slice(1).map(() => 1)]);
      const points = tf.add(tf.mul(share, real), tf.mul(tf.sub(1, share), fake));
      const gradient = tf.grad((x: tf.Tensor) => tf.mul(points.shape[0], tf.mean(critic(x))))(
        points,
      );
      const axes = real.shape.slice(1).map((_, i) => i + 1);
      const lengths = tf.sqrt(tf.maximum(tf.sum(tf.square(gradient), axes), 1e-12));
      const penalty = tf.mean(tf.square(tf.sub(1, lengths)));
      const gap = tf.mean(tf.sub(critic(fake), critic(real)));
      return tf.add(tf.mul(penalty, weight), gap);
    },
  ),
];

const numbers: readonly Row[] = [
  row("00-4", "in another order", () => ({
    'its split("a") and split("b")': "different",
    'its split("a"), twice': "same",
    "a stream of seed 8": "different",
    "the same stream, once more": "different",
    "a second stream of seed 7": "same",
  })),
  row("05-1", "from the factor of a step", () =>
    [0.9, 0, -0.8, -1.2].map((factor) => {
      if (Math.abs(factor) > 1) return "runs away";
      if (factor === 0) return "arrives";
      return factor > 0 ? "creeps" : "swings";
    }),
  ),
  row("05-3", "counting the places", (size, kernel, { stride, padding }) => {
    let places = 0;
    for (let left = -padding; left + kernel <= size + padding; left += stride) places++;
    return places;
  }),
  row(
    "10-1",
    "one over one plus the odds",
    (p, q, share) => 1 / (1 + ((1 - share) * q) / (share * p)),
  ),
  row("10-2", "entropies: of the mean, less the mean of both", (p, q) => {
    const entropy = (all: readonly number[]): number =>
      -sum(all.map((x) => (x === 0 ? 0 : x * Math.log(x))));
    return entropy(p.map((x, i) => (x + q[i]!) / 2)) - (entropy(p) + entropy(q)) / 2;
  }),
  row("11-3", "the corrections moved to the rate", (state, gradient, t, constants) => {
    const { rate, beta1, beta2, epsilon } = constants;
    const m = state.m + (1 - beta1) * (gradient - state.m);
    const v = state.v + (1 - beta2) * (gradient ** 2 - state.v);
    const root = Math.sqrt(1 - beta2 ** t);
    const weight =
      state.weight - ((rate * root) / (1 - beta1 ** t)) * (m / (Math.sqrt(v) + epsilon * root));
    return { weight, m, v };
  }),
  row("12-1", "a product of two updates", (h, gamma) => [
    [1 - (h / 2) ** 2, (h / 2) * (1 - h * gamma)],
    [-h / 2, 1 - h * gamma],
  ]),
  row("12-2", "computed from trace and determinant", coursesByEigenvalues),
  row("12-3", "weights summed anew for each entry", (values, beta) =>
    values.map((_, t) => {
      const weights = values.slice(0, t + 1).map((_value, i) => beta ** (t - i));
      return sum(weights.map((weight, i) => weight * values[i]!)) / sum(weights);
    }),
  ),
  row("20-1", "by the remainder of the division", () => {
    const of = (size: number, stride: number) => (size % stride === 0 ? "even" : "uneven");
    return {
      "size 4, stride 2": of(4, 2),
      "size 3, stride 2": of(3, 2),
      "size 6, stride 2": of(6, 2),
      "size 4, stride 3": of(4, 3),
      "size 6, stride 3": of(6, 3),
      "size 5, stride 1": of(5, 1),
    };
  }),
  row("20-3", "by the functional API, with activations inside of layers", (filters, random) => {
    const weights = () => ({
      kernelInitializer: tf.initializers.truncatedNormal({ stddev: 0.022, seed: random.seed() }),
    });
    const up = (count: number, activation: "linear" | "tanh") =>
      tf.layers.conv2dTranspose({
        filters: count,
        kernelSize: 4,
        strides: 2,
        padding: "same",
        activation,
        ...weights(),
      });
    const hidden = (x: tf.SymbolicTensor): tf.SymbolicTensor =>
      tf.layers
        .activation({ activation: "relu" })
        .apply(tf.layers.batchNormalization().apply(x)) as tf.SymbolicTensor;
    const z = tf.input({ shape: [100] });
    const first = tf.layers.dense({ units: 128 * filters, ...weights() }).apply(z);
    const small = tf.layers.reshape({ targetShape: [4, 4, 8 * filters] }).apply(first);
    const grown = [4, 2, 1].reduce(
      (x, times) => hidden(up(times * filters, "linear").apply(x) as tf.SymbolicTensor),
      hidden(small as tf.SymbolicTensor),
    );
    return tf.model({ inputs: z, outputs: up(3, "tanh").apply(grown) as tf.SymbolicTensor });
  }),
  row("21-1", "by a formula", () => {
    const right = (share: number): number => 100 - 90 * share;
    return {
      "none replaced": right(0),
      "half replaced": right(0.5),
      "all replaced": right(1),
    };
  }),
  row("21-4", "a table of TensorFlow.js, and dense layers", () => {
    const [z, labels] = [tf.input({ shape: [100] }), tf.input({ shape: [1], dtype: "int32" })];
    const table = tf.layers.embedding({ inputDim: 10, outputDim: 100, inputLength: 1 });
    const code = tf.layers.flatten().apply(table.apply(labels));
    const product = tf.layers.multiply().apply([code as tf.SymbolicTensor, z]);
    const network = tf.sequential({
      layers: [
        tf.layers.dense({ units: 784, inputShape: [100], activation: "tanh" }),
        tf.layers.reshape({ targetShape: [28, 28, 1] }),
      ],
    });
    const outputs = network.apply(product) as tf.SymbolicTensor;
    return tf.model({ inputs: [z, labels], outputs });
  }),
  row("23-2", "in another order", () => ({
    mirrored: "missed",
    "moved by one pixel": "missed",
    "a fifth darker": "found",
    "a little noise": "found",
  })),
  row("23-3", "gradients by hand, from a random start", (generator, images, steps) => {
    const errorOf = (z: tf.Tensor): tf.Scalar =>
      tf.sum(tf.square(tf.sub(generator.apply(z) as tf.Tensor, images)));
    let z: tf.Tensor = createRandom(3).normal([images.shape[0], generator.inputs[0]!.shape[1]!]);
    for (let step = 0; step < steps; step++) z = tf.sub(z, tf.mul(0.3, tf.grad(errorOf)(z)));
    return z;
  }),
  row("30-1", "differences of cumulative sums", (a, b, width) => {
    const upTo = (all: readonly number[], i: number): number => sum(all.slice(0, i + 1));
    return width * sum(a.map((_, i) => Math.abs(upTo(a, i) - upTo(b, i))));
  }),
  row("30-2", "a sum of logarithms", (widths, limit) =>
    Math.exp(sum(widths.slice(1).map((m, i) => Math.log(limit) + Math.log(m * widths[i]!) / 2))),
  ),
  row("30-3", "a power of -1/2, clipped by hand", ({ weight, v }, gradient, constants) => {
    const { rate, decay, epsilon, limit } = constants;
    const next = v + (1 - decay) * (gradient ** 2 - v);
    const moved = weight - rate * gradient * (next + epsilon) ** -0.5;
    return { weight: Math.abs(moved) > limit ? Math.sign(moved) * limit : moved, v: next };
  }),
  row("30-4", "one count over all steps", ({ draw, criticStep, generatorStep }, steps, nCritic) => {
    const estimates = [];
    for (let turn = 1; turn <= steps * nCritic; turn++) {
      const batch = draw();
      const loss = criticStep(batch.real, batch.fake);
      if (turn % nCritic > 0) continue;
      generatorStep();
      estimates.push(0 - loss);
    }
    return estimates;
  }),
  row("40-1", "log K less the entropy", (counts) => {
    const total = sum(counts);
    const terms = counts.map((n) => (n === 0 ? 0 : (n / total) * Math.log(n / total)));
    return Math.log(counts.length) + sum(terms);
  }),
  row("40-2", "draw by draw", (modes, samples) => {
    let covered = 0;
    for (let i = 0; i < samples; i++) covered += (modes - covered) / modes;
    return covered;
  }),
  row("40-3", "sorted as numbers, the second", (points) =>
    points.map(
      ([x, y]) => points.map(([u, v]) => Math.hypot(x - u, y - v)).sort((a, b) => a - b)[1]!,
    ),
  ),
  row("41-1", "counted up", (lost, accuracy) => {
    let pack = 1;
    while (1 - (1 - lost) ** pack < 2 * accuracy - 1) pack++;
    return pack;
  }),
  row("41-2", "a product of exponentials", (places) =>
    places.map((a) =>
      sum(
        places.map((b) => a.reduce((product, x, k) => product * Math.exp(-Math.abs(x - b[k]!)), 1)),
      ),
    ),
  ),
  row("41-3", "in closed form", (g, d, c, steps, rate) => {
    const kept = (1 - rate * c) ** steps;
    const answer = g / c + (d - g / c) * kept;
    return answer + ((g - c * answer) * (1 - kept)) / c;
  }),
  row("42-1", "the normal equations", (sizes, distances) => {
    const x = sizes.map((n) => 1 / n);
    const [n, sx, sy] = [x.length, sum(x), sum(distances)];
    const [sxx, sxy] = [sum(x.map((a) => a * a)), sum(x.map((a, i) => a * distances[i]!))];
    return (sy * sxx - sx * sxy) / (n * sxx - sx * sx);
  }),
  row("42-2", "all distances sorted", (real, fake) => {
    const all = [
      ...real.map((at) => ({ at, real: true })),
      ...fake.map((at) => ({ at, real: false })),
    ];
    const yes = all.filter((one) => {
      const others = all.filter((other) => other !== one);
      const gap = (other: { at: readonly number[] }): number =>
        Math.hypot(...one.at.map((x, k) => x - other.at[k]!));
      return others.sort((a, b) => gap(a) - gap(b))[0]!.real === one.real;
    });
    return yes.length / all.length;
  }),
  row("42-3", "counted down", (share) => {
    let n = 2000;
    while (n > 0 && shareInterval(Math.round(share * n), n).low > 0.5) n--;
    return n + 1;
  }),
  row("90-1", "the square of a sum of waves", (power) => {
    const twice = [...power, ...power];
    const wave = (k: number): number => 2 + 2 * Math.cos((Math.PI * k) / power.length);
    return { zeros: twice, repeated: twice.map((value, k) => wave(k) * value) };
  }),
  row("90-2", "ranks", (real, fake) => {
    const below = (a: number): number =>
      real.filter((r) => r < a).length + real.filter((r) => r === a).length / 2;
    return sum(fake.map(below)) / (real.length * fake.length);
  }),
  row("90-3", "odds", (hits, alarms, share) => {
    const odds = ((1 - share) * alarms) / (share * hits);
    return 1 / (1 + odds);
  }),
  row(
    "91-1",
    "squares and roots",
    (weights, bias, image) =>
      Math.sqrt((bias + sum(weights.map((w, i) => w * image[i]!))) ** 2) /
      sum(weights.map((w) => Math.max(w, -w))),
  ),
  row("91-2", "borders between the scores", (scores, labels) => {
    const right = (border: number): number =>
      scores.filter((score, i) => score >= border === (labels[i] === 1)).length;
    const sorted = [...scores].sort((a, b) => a - b);
    const middles = sorted.map((score, i) => (score + (sorted[i - 1] ?? score - 1)) / 2);
    return [...middles, 9].reduce((best, b) => (right(b) > right(best) ? b : best));
  }),
  row("91-3", "by decibels", (real, generated, t) =>
    generated.map((power, i) => 10 ** ((t * 10 * Math.log10(real[i]! / power)) / 20)),
  ),
  row("92-1", "the sizes at the end", ({ width, height, rgba }) =>
    createHash("sha256").update(Buffer.from(rgba)).update(`${height},${width}`).digest("hex"),
  ),
  row("92-2", "a table of Pascal's triangle", (bits, limit) => {
    let line = [1];
    for (let n = 0; n < bits; n++) line = [...line, 0].map((x, k) => (x + (line[k - 1] ?? 0)) / 2);
    return Array.from({ length: bits + 2 }, (_, k) => k).find(
      (k) => sum(line.slice(k)) <= limit * (1 + 1e-9),
    )!;
  }),
  row("92-3", "all pairs of groups", (groups) =>
    Math.max(
      ...groups.flatMap((a) =>
        groups.flatMap((b) => [
          Math.abs(a.falsePositives / a.real - b.falsePositives / b.real),
          Math.abs(a.falseNegatives / a.generated - b.falseNegatives / b.generated),
        ]),
      ),
    ),
  ),
  row("41-4", "a little above chance", () => ({ single: 0.52, packed: 0.55 })),
  row("42-5", "the share of rows with a hit in one table of distances", (real, fake, k) => {
    const squared = (a: readonly number[], b: readonly number[]): number =>
      sum(a.map((x, i) => (x - b[i]!) ** 2));
    const hits = (points: typeof real, centres: typeof real): number =>
      points.filter((point) =>
        centres.some((centre, i) => {
          const closer = centres.filter(
            (other, j) => j !== i && squared(centre, other) < squared(centre, point),
          );
          return closer.length < k;
        }),
      ).length / points.length;
    return { precision: hits(fake, real), recall: hits(real, fake) };
  }),
  row("42-4", "in another order", () => ({
    recall: "sees",
    precision: "fooled",
    frechet: "sees",
    score: "fooled",
  })),
  row("90-4", "less sure of both", () => ({ test: 0.8, control: 0.55 })),
  row("91-4", "almost nothing", () => ({ areaLost: -0.001 })),
  row("92-4", "not quite", () => ({ negative: 0.02, mirrored: 0.45, halfContrast: 0.99 })),
];

const rows = [...tensors, ...numbers];

for (const { id, what, run } of rows)
  test(`${id} accepts ${what}`, async () => {
    await run(passes);
  });

test("every exercise has an unusual right answer", () =>
  assert.deepEqual(rows.map(({ id }) => id).sort(), ids));
