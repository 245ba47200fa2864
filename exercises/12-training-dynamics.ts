/** The checks of lesson 12's exercises. */
import type { ExerciseCheck } from "gan-lib";
import { close, expectNumber, expectWord } from "./expect";

/** A matrix of two rows and two columns, row by row. */
export type Matrix2 = readonly [readonly [number, number], readonly [number, number]];

/**
 * Exercise 1: the Jacobian at the origin of the Dirac-GAN's alternating update (Mescheder et al., arXiv 1801.04406,
 * section 2), for a learning rate and a weight of the penalty; the discriminator moves first.
 */
function checkAlternatingJacobian(
  jacobian: (rate: number, gamma: number) => Matrix2,
): ExerciseCheck[] {
  const [ofTheta, ofPsi] = jacobian(0.4, 0.5);
  const [[a, b], [c, d]] = jacobian(0.4, 0);
  return [
    {
      name: "ψ' is right",
      pass: close(ofPsi[0], -0.2) && close(ofPsi[1], 0.8),
      hint: `D moves first: ψ' = ψ + η (-θ / 2 - γ ψ). At η = 0.4 and γ = 0.5 your second row is [${ofPsi.join(", ")}].`,
    },
    {
      name: "θ' answers to the new ψ",
      pass: close(ofTheta[0], 0.96) && close(ofTheta[1], 0.16),
      hint: `θ' = θ + η ψ' / 2, with ψ' from the second row. At η = 0.4 and γ = 0.5 your first row is [${ofTheta.join(", ")}].`,
    },
    expectNumber(
      "without the penalty the determinant is 1",
      a * d - b * c,
      1,
      "Areas in the plane are neither stretched nor shrunk by an update of one coordinate, then of the other.",
    ),
    expectNumber(
      "without the penalty the trace is 2 - η²/4",
      a + d,
      1.96,
      "The sum of the diagonal.",
    ),
  ];
}

/** Where a run near the equilibrium goes: away from it, around it, or to it. */
export type Course = "out" | "around" | "in";

/** The runs of exercise 2: which update, and the weight γ of the penalty, at the rate η = 0.4. */
export interface Courses {
  readonly "simultaneous, γ = 0.05": Course;
  readonly "simultaneous, γ = 0.1": Course;
  readonly "simultaneous, γ = 0.3": Course;
  readonly "alternating, γ = 0": Course;
  readonly "alternating, γ = 0.05": Course;
  readonly "simultaneous, γ = 6": Course;
}

/** Exercise 2: which of six runs diverge, circle and converge (Mescheder et al., arXiv 1801.04406, section 2). */
function checkCourses(predict: () => Courses): ExerciseCheck[] {
  const predicted = predict();
  const expectCourse = (run: keyof Courses, course: Course, why: string): ExerciseCheck =>
    expectWord(`${run} goes ${course}`, predicted[run], course, why);
  const det = "det = 1 - ηγ + η²/4";
  return [
    expectCourse("simultaneous, γ = 0.05", "out", `${det} = 1.02 is above 1: too little friction.`),
    expectCourse("simultaneous, γ = 0.1", "around", `${det} is exactly 1 where γ = η/4.`),
    expectCourse("simultaneous, γ = 0.3", "in", `${det} = 0.92 is below 1.`),
    expectCourse("alternating, γ = 0", "around", "Without the penalty det = 1 (exercise 1)."),
    expectCourse("alternating, γ = 0.05", "in", "det = 1 - ηγ = 0.98: here any friction will do."),
    expectCourse(
      "simultaneous, γ = 6",
      "out",
      "ηγ = 2.4: D's own step takes ψ to about -1.4 ψ. The eigenvalues are real, and one is below -1: friction that overshoots.",
    ),
  ];
}

/** Exercise 3: the running averages of a list, beginning at 0 and corrected for that. */
function checkRunningAverages(
  runningAverages: (values: readonly number[], beta: number) => number[],
): ExerciseCheck[] {
  const averages = runningAverages([4, 8, 2], 0.5);
  const constant = runningAverages([3, 3, 3, 3], 0.9);
  const name = "gives one average for each value";
  if (averages.length !== 3)
    return [
      {
        name,
        pass: false,
        hint: `Three values must give three averages, yours gives ${averages.length}.`,
      },
    ];
  return [
    { name, pass: true, hint: "" },
    {
      name: "the average of equal values is that value, from the first on",
      pass: constant.length === 4 && constant.every((value) => close(value, 3)),
      hint: `Divide m by 1 - β^t, where t counts from 1. Of four threes yours makes ${constant.join(", ")}.`,
    },
    expectNumber(
      "the first average is the first value",
      averages[0]!,
      4,
      "m = (1 - β) x, divided by 1 - β.",
    ),
    expectNumber(
      "the second one weighs the newer value more",
      averages[1]!,
      20 / 3,
      "With β = 1/2 it is (4/4 + 8/2) / (1 - 1/4).",
    ),
    expectNumber(
      "the third one corrects m, and goes on from m itself",
      averages[2]!,
      3.5 / 0.875,
      "Keep m apart from what you return: the next m comes from the uncorrected one.",
    ),
    {
      name: "β = 0 remembers nothing",
      pass: runningAverages([1, 5], 0).every((value, i) => close(value, [1, 5][i]!)),
      hint: "Then each average is the value itself.",
    },
  ];
}

/** Lesson 12. */
export const lesson12 = {
  "12-1": checkAlternatingJacobian,
  "12-2": checkCourses,
  "12-3": checkRunningAverages,
};
