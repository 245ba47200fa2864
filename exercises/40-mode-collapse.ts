/** The checks of lesson 40's exercises. */
import type { ExerciseCheck } from "gan-lib";
import { close, expectNumber } from "./expect";

/** Exercise 1: the divergence of counted modes from equal shares, in nats. */
function checkReverseKl(reverseKl: (counts: number[]) => number): ExerciseCheck[] {
  return [
    expectNumber(
      "equal counts have 0",
      reverseKl([5, 5, 5, 5]),
      0,
      "Each share is 1/K, so each logarithm is that of 1.",
    ),
    expectNumber(
      "one mode of eight has log 8",
      reverseKl([0, 0, 9, 0, 0, 0, 0, 0]),
      Math.log(8),
      "K is how many modes there are, not how many are covered; an empty mode adds nothing (0 log 0 is 0).",
    ),
    expectNumber(
      "unequal counts are weighed by their shares",
      reverseKl([3, 1]),
      0.75 * Math.log(1.5) + 0.25 * Math.log(0.5),
      "q log(K q), with the natural logarithm, summed over the modes: the first factor is the share, not 1/K.",
    ),
    expectNumber(
      "only shares matter",
      reverseKl([30, 10]),
      reverseKl([3, 1]),
      "Divide the counts by their sum.",
    ),
  ];
}

/** Exercise 2: how many of K equally likely modes N independent samples cover on average. */
function checkExpectedModes(
  expectedModes: (modes: number, samples: number) => number,
): ExerciseCheck[] {
  return [
    expectNumber(
      "one sample covers one mode",
      expectedModes(10, 1),
      1,
      "One draw misses a mode with probability 1 - 1/K.",
    ),
    expectNumber(
      "two samples of two modes",
      expectedModes(2, 2),
      1.5,
      "The four equally likely draws cover 1, 2, 2 and 1 modes.",
    ),
    {
      name: "1,000 samples of 1,000 modes cover about 632",
      pass: close(expectedModes(1000, 1000), 632.30457, 1e-3),
      hint: `N draws miss a mode with probability (1 - 1/K) to the power of N. Yours gives ${expectedModes(1000, 1000)}.`,
    },
    {
      name: "many samples cover all",
      pass: close(expectedModes(8, 2500), 8),
      hint: `With 2,500 draws hardly one of 8 modes is missed. Yours gives ${expectedModes(8, 2500)}.`,
    },
  ];
}

/** Exercise 3: the distance of each point to the nearest other point. */
function checkNearestDistances(
  nearestDistances: (points: [number, number][]) => number[],
): ExerciseCheck[] {
  const distances = nearestDistances([
    [0, 0],
    [3, 4],
    [0, 1],
  ]);
  const copies = nearestDistances([
    [2, 2],
    [5, 5],
    [2, 2],
  ]);
  const apart = nearestDistances([
    [0, 0],
    [9, 0],
    [-10, 0],
  ]);
  const name = "gives one distance for each point";
  if (distances.length !== 3)
    return [
      {
        name,
        pass: false,
        hint: `Three points must give three distances, yours gives ${distances.length}.`,
      },
    ];
  return [
    { name, pass: true, hint: "" },
    expectNumber(
      "the point itself is no neighbour",
      distances[0]!,
      1,
      "Leave out j = i: each point is at distance 0 of itself.",
    ),
    expectNumber(
      "distances are Euclidean",
      distances[1]!,
      Math.hypot(3, 3),
      "The root of the sum of both squared differences; Math.hypot has it.",
    ),
    {
      name: "the nearest is found among numbers, not among texts",
      pass: close(apart[0]!, 9) && close(apart[2]!, 10),
      hint: `sort() without a comparison sorts texts, and "10" comes before "9". Yours gives ${apart.join(", ")}.`,
    },
    {
      name: "a copy is at distance 0, and another point is not",
      pass: close(copies[0]!, 0) && close(copies[2]!, 0) && close(copies[1]!, Math.hypot(3, 3)),
      hint: `Leave out the point by its place in the list, not by its coordinates: a copy is a neighbour. Yours gives ${copies.join(", ")}.`,
    },
  ];
}

/** Lesson 40. */
export const lesson40 = {
  "40-1": checkReverseKl,
  "40-2": checkExpectedModes,
  "40-3": checkNearestDistances,
};
