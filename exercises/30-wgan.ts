/** The checks of lesson 30's exercises. */
import { tf, type ExerciseCheck } from "gan-lib";
import { expectNumber } from "./expect";

/** Exercise 1: the earth mover's distance of two histograms over the same bins. */
function checkBinnedDistance(
  distance: (a: readonly number[], b: readonly number[], width: number) => number,
): ExerciseCheck[] {
  const carry = "Keep a sum of a - b from left to right; its size is what crosses each border.";
  return [
    expectNumber(
      "a histogram has no distance from itself",
      distance([0.2, 0.3, 0.5], [0.2, 0.3, 0.5], 1),
      0,
      "Nothing needs to be carried.",
    ),
    expectNumber("all the earth goes to the next bin", distance([1, 0, 0], [0, 1, 0], 1), 1, carry),
    expectNumber(
      "two bins further is twice the work",
      distance([1, 0, 0], [0, 0, 1], 1),
      2,
      "Comparing bin by bin gives the same for near and far. " + carry,
    ),
    expectNumber(
      "ways that go left count as well",
      distance([0, 0.5, 0.5], [0.5, 0.5, 0], 1),
      1,
      "Take the size of what crosses each border, not its sign.",
    ),
    expectNumber(
      "what goes left does not pay for what goes right",
      distance([0, 1, 0], [0.5, 0, 0.5], 1),
      1,
      "Add the sizes border by border; the size of the total would be 0 here.",
    ),
    expectNumber(
      "the way is measured in widths",
      distance([1, 0, 0], [0, 0, 1], 0.25),
      0.5,
      "Each border is one width of way.",
    ),
  ];
}

/** Exercise 2: the bound c sqrt(n m), layer by layer, of a clipped critic's Lipschitz constant. */
function checkSteepnessBound(
  bound: (widths: readonly number[], limit: number) => number,
): ExerciseCheck[] {
  return [
    expectNumber(
      "one weight is as steep as the limit",
      bound([1, 1], 0.5),
      0.5,
      "c sqrt(1 x 1) = c.",
    ),
    expectNumber("a layer from 4 to 9 units", bound([4, 9], 0.5), 3, "0.5 sqrt(4 x 9) = 3."),
    expectNumber(
      "layers multiply",
      bound([4, 9, 4], 0.5),
      9,
      "3 for the first layer, times 0.5 sqrt(9 x 4) for the second.",
    ),
    expectNumber(
      "the limit counts once a layer",
      bound([2, 64, 64, 1], 0.01) * 1e4,
      0.01 ** 3 * Math.sqrt(2) * 64 * 64 * 1e4,
      "Three layers, so c to the third power.",
    ),
  ];
}

/** RMSProp's memory of one weight, and the weight. */
export interface RmspropState {
  readonly weight: number;
  /** The running mean of the squared gradient. */
  readonly v: number;
}

/** RMSProp's constants, and the bound of clipping, as the exercise gives them. */
export interface RmspropConstants {
  readonly rate: number;
  readonly decay: number;
  readonly epsilon: number;
  readonly limit: number;
}

/** Exercise 3: one step of RMSProp and the clip after it (Arjovsky et al., arXiv 1701.07875, algorithm 1). */
function checkClippedRmsprop(
  step: (state: RmspropState, gradient: number, constants: RmspropConstants) => RmspropState,
): ExerciseCheck[] {
  const constants = { rate: 0.1, decay: 0.9, epsilon: 1e-10, limit: 0.5 };
  const first = step({ weight: 0, v: 0 }, 2, constants);
  const second = step(first, -1, constants);
  const over = step({ weight: 0.4, v: 1 }, -2, constants);
  const under = step({ weight: -0.4, v: 1 }, 2, constants);
  const v2 = 0.9 * 0.4 + 0.1;
  return [
    expectNumber(
      "v is the running mean of the squared gradient",
      first.v,
      0.4,
      "v = decay v + (1 - decay) g^2.",
    ),
    expectNumber(
      "the weight goes against the gradient",
      first.weight,
      (-0.1 * 2) / Math.sqrt(0.4),
      "Divide the gradient by the root of the new v.",
    ),
    expectNumber("v remembers", second.v, v2, "The old v counts with the share decay."),
    expectNumber(
      "the second step has no memory of the direction",
      second.weight,
      first.weight + 0.1 / Math.sqrt(v2),
      "There is no running mean of the gradient here, unlike in Adam.",
    ),
    expectNumber("the weight stops at the upper bound", over.weight, 0.5, "Clip after the step."),
    expectNumber("and at the lower one", under.weight, -0.5, "The bounds are -c and c."),
    expectNumber(
      "epsilon is added to v, under the root",
      step({ weight: 0, v: 0 }, 2, { ...constants, epsilon: 0.6 }).weight,
      -0.2,
      "Divide by sqrt(v + epsilon). With v = 0.4 and epsilon = 0.6 the root is 1.",
    ),
  ];
}

/** What algorithm 1 needs of its two players, for a loop that trains them. */
export interface WganPlayers {
  /** A fresh batch of real samples, and one of generated samples. */
  readonly draw: () => { readonly real: tf.Tensor; readonly fake: tf.Tensor };
  /** One step of the critic; gives its loss, which is minus the estimate of the distance. */
  readonly criticStep: (real: tf.Tensor, fake: tf.Tensor) => number;
  /** One step of the generator. */
  readonly generatorStep: () => void;
}

type WganLoop = (players: WganPlayers, steps: number, nCritic: number) => readonly number[];

/** The turns that a loop takes, c for the critic's and g for the generator's; which draw each step got; what it gave. */
function turnsOf(loop: WganLoop, steps: number, nCritic: number) {
  const drawn: { readonly real: tf.Tensor; readonly fake: tf.Tensor }[] = [];
  const used: string[] = [];
  let turns = "";
  const draw = (): { real: tf.Tensor; fake: tf.Tensor } => {
    const pair = { real: tf.scalar(0), fake: tf.scalar(1) };
    drawn.push(pair);
    return pair;
  };
  const criticStep = (real: tf.Tensor, fake: tf.Tensor): number => {
    const place = drawn.findIndex((pair) => pair.real === real && pair.fake === fake);
    used.push(place < 0 ? "none" : String(place + 1));
    turns += "c";
    return -(used.length ** 2);
  };
  const generatorStep = (): void => void (turns += "g");
  const estimates = [...loop({ draw, criticStep, generatorStep }, steps, nCritic)];
  drawn.forEach((pair) => tf.dispose(pair));
  return { turns, used, estimates };
}

/** Exercise 4: the loop of algorithm 1 (Arjovsky et al., arXiv 1701.07875). */
function checkWganLoop(loop: WganLoop): ExerciseCheck[] {
  const { turns, used, estimates } = turnsOf(loop, 3, 2);
  const single = turnsOf(loop, 2, 1);
  const distinct = new Set(used).size === used.length && !used.includes("none");
  return [
    {
      name: "the critic steps nCritic times, then the generator once",
      pass: turns === "ccgccgccg",
      hint: `For 3 steps and nCritic = 2 the turns are ccgccgccg. Yours: ${turns || "none"}.`,
    },
    {
      name: "nCritic is what the caller says",
      pass: single.turns === "cgcg",
      hint: `For 2 steps and nCritic = 1 the turns are cgcg. Yours: ${single.turns || "none"}.`,
    },
    {
      name: "every step of the critic gets the two batches of a fresh draw",
      pass: used.length > 0 && distinct,
      hint: `Call draw() before each of the critic's steps, and hand over its real batch first. Yours took the draws: ${used.join(", ")}.`,
    },
    {
      name: "the estimates are minus the last losses",
      pass: estimates.join() === "4,16,36",
      hint: `The losses here were -1, -4, -9, -16, -25, -36, so the estimates are 4, 16, 36. Yours gives ${estimates.join(", ") || "nothing"}.`,
    },
  ];
}

/** Lesson 30. */
export const lesson30 = {
  "30-1": checkBinnedDistance,
  "30-2": checkSteepnessBound,
  "30-3": checkClippedRmsprop,
  "30-4": checkWganLoop,
};
