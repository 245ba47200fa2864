/** The checks of lesson 05's exercises. */
import { createRandom, type ExerciseCheck, gaussianRing, sampleMixture, tf } from "gan-lib";
import { expectNumber } from "./expect";

/** What gradient descent does on the parabola w^2. */
export type Fate = "creeps" | "arrives" | "swings" | "runs away";

const RATES = [0.05, 0.5, 0.9, 1.1] as const;

/** Gradient descent on w^2 from w = 1: where it stands after each of the first steps. */
function descent(rate: number): number[] {
  const path = [1];
  for (let step = 1; step <= 20; step++) path.push(path.at(-1)! - rate * 2 * path.at(-1)!);
  return path;
}

/** What a path does, judged by its second place and its last. */
function fateOf(path: readonly number[]): Fate {
  const [, second = NaN] = path;
  if (Math.abs(path.at(-1)!) > 1) return "runs away";
  if (Math.abs(second) < 1e-9) return "arrives";
  return second < 0 ? "swings" : "creeps";
}

/** Exercise 1: which learning rate does what. */
function checkPredictions(predictions: () => readonly Fate[]): ExerciseCheck[] {
  const predicted = predictions();
  return RATES.map((rate, i) => {
    const path = descent(rate);
    const came = path.slice(0, 4).map((w) => Number(w.toPrecision(3)));
    return {
      name: `the rate ${rate} does what you predicted`,
      pass: predicted[i] === fateOf(path),
      hint: `You predicted "${String(predicted[i])}"; it went ${came.join(", ")}, … and stood at ${Number(path.at(-1)!.toPrecision(3))} after 20 steps. By what is w multiplied in a step?`,
    };
  });
}

/** Points of the lesson's four clouds, with a label that is 1 further out to the side than up or down. */
function clouds(count: number, seed: number): { points: tf.Tensor2D; labels: tf.Tensor } {
  const mixture = gaussianRing({ modes: 4, radius: 1, sigma: 0.25 });
  const points = sampleMixture(mixture, count, createRandom(seed));
  const labels = tf.tidy(() => {
    const [x, y] = tf.split(tf.abs(points), 2, 1) as [tf.Tensor, tf.Tensor];
    return tf.cast(tf.greater(x, y), "float32");
  });
  return { points, labels };
}

/** The share of points that a fresh network tells rightly after two hundred steps of Adam. */
function learned(build: () => tf.LayersModel): number {
  const { points, labels } = clouds(256, 1);
  const model = build();
  const optimizer = tf.train.adam(0.02);
  const loss = (): tf.Scalar => {
    const logits = model.apply(points) as tf.Tensor;
    return tf.mean(tf.sub(tf.softplus(logits), tf.mul(labels, logits)));
  };
  for (let step = 0; step < 200; step++) tf.tidy(() => void optimizer.minimize(loss));
  const right = tf.tidy(() => {
    const says = tf.cast(tf.greater(model.predict(points) as tf.Tensor, 0), "float32");
    return tf.mean(tf.cast(tf.equal(says, labels), "float32")).dataSync()[0]!;
  });
  tf.dispose([points, labels]);
  optimizer.dispose();
  model.dispose();
  return right;
}

/** How far a network is from a straight line: the logits' second difference along a line, at its largest. */
function bendOf(model: tf.LayersModel): number {
  return tf.tidy(() => {
    const line = Array.from({ length: 41 }, (_, i) => [-2 + i / 10, 1.5 - i / 20]);
    const values = (model.predict(tf.tensor2d(line)) as tf.Tensor).dataSync();
    const bends = [...values].slice(2).map((v, i) => Math.abs(v - 2 * values[i + 1]! + values[i]!));
    return Math.max(...bends);
  });
}

/** The units of a model's dense layers, in their order. */
function unitsOf(model: tf.LayersModel): number[] {
  return model.layers
    .filter((layer) => layer.getClassName() === "Dense")
    .map((layer) => (layer.outputShape as (number | null)[]).at(-1)!);
}

/** What a network takes and gives, and its layers. */
function shapeChecks(model: tf.LayersModel): ExerciseCheck[] {
  const [input, output] = [model.inputs[0]!.shape.slice(1), model.outputs[0]!.shape.slice(1)];
  const units = unitsOf(model).join(", ");
  return [
    {
      name: "takes points, [N, 2], and gives one logit for each, [N, 1]",
      pass: input.join() === "2" && output.join() === "1",
      hint: `Yours takes [${["N", ...input].join(", ")}] and gives [${["N", ...output].join(", ")}].`,
    },
    {
      name: "has two hidden layers of 8 units, and one unit at the end",
      pass: units === "8, 8, 1",
      hint: `Its dense layers have ${units || "no"} units.`,
    },
  ];
}

/** Exercise 2: a network that can learn the four clouds. */
function checkNetwork(build: () => tf.LayersModel): ExerciseCheck[] {
  const model = build();
  const shapes = shapeChecks(model);
  if (shapes.some(({ pass }) => !pass)) return shapes;
  const bend: ExerciseCheck = {
    name: "can bend",
    pass: bendOf(model) > 1e-5,
    hint: "Along a straight line its logits lie on a straight line: the hidden layers lack an activation.",
  };
  model.dispose();
  if (!bend.pass) return [...shapes, bend];
  let best = 0; // of three beginnings at most: one may be unlucky
  for (let attempt = 0; attempt < 3 && best < 0.9; attempt++) best = Math.max(best, learned(build));
  return [
    ...shapes,
    bend,
    {
      name: "learns the four clouds: at least 90 % of the points",
      pass: best >= 0.9,
      hint: `After 200 steps yours tells ${Math.round(100 * best)} % rightly. The last layer has no activation, since a logit may be any number.`,
    },
  ];
}

/** Exercise 3: how many places a kernel has along one side. */
function checkOutputSize(
  outputSize: (size: number, kernel: number, how: { stride: number; padding: number }) => number,
): ExerciseCheck[] {
  const cases = [
    [28, 3, 1, 0, "without padding, the kernel's width less one is lost"],
    [28, 3, 1, 1, "a padding of 1 and a kernel of 3 keep the size"],
    [28, 4, 2, 1, "a stride of 2 halves the size"],
    [10, 3, 4, 0, "a last step that is too long is not taken"],
  ] as const;
  return cases.map(([size, kernel, stride, padding, name]) => {
    const real = tf.tidy(() => {
      const image = tf.pad(tf.zeros<tf.Rank.R4>([1, size, 1, 1]), [
        [0, 0],
        [padding, padding],
        [0, 0],
        [0, 0],
      ]);
      return tf.conv2d(image, tf.zeros<tf.Rank.R4>([kernel, 1, 1, 1]), stride, "valid").shape[1];
    });
    return expectNumber(
      name,
      outputSize(size, kernel, { stride, padding }),
      real,
      `tf.conv2d gives ${real} for a size of ${size}, a kernel of ${kernel}, stride ${stride} and padding ${padding}.`,
    );
  });
}

/** Lesson 05. */
export const lesson05 = {
  "05-1": checkPredictions,
  "05-2": checkNetwork,
  "05-3": checkOutputSize,
};
