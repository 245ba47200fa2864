import { arrow, arrowKey } from "./arrows";
import { box } from "./boxes";
import { drawing, type Drawing } from "./drawing";
import { text, type Part, type Place } from "./part";

const STEPS = ["now", "1 step on", "U steps on"];
const WIDTH = 104;
const TOP = 196;

const leftOf = (step: number): number => 130 + 155 * step;

/** The discriminator now and after the steps that it would take, each of which looks at the samples. */
function theSteps(): Part[] {
  return STEPS.flatMap((note, step) => {
    const left = leftOf(step);
    const boxed = box({
      at: [left, TOP],
      width: WIDTH,
      height: 60,
      label: "D",
      note,
      ink: "real",
    });
    if (step === STEPS.length - 1) return [boxed];
    const looks = lineUp(left + 34, [92, TOP - 4]);
    const answers = lineUp(left + 70, [TOP - 4, 116]);
    return [
      boxed,
      arrow(looks),
      arrow(answers, { carries: "gradients" }),
      arrow(across([left + WIDTH + 4, leftOf(step + 1) - 4], TOP + 20)),
      arrow(across([leftOf(step + 1) - 4, left + WIDTH + 4], TOP + 42), { carries: "gradients" }),
    ];
  });
}

const lineUp = (x: number, [from, to]: Place): Place[] => [
  [x, from],
  [x, to],
];
const across = ([from, to]: Place, y: number): Place[] => [
  [from, y],
  [to, y],
];

/** The unrolled GAN: the value after D's next steps, and the two ways back to the generator (arXiv 1611.02163, figure 1). */
export function unrolledGraph(): Drawing {
  const gradients = { carries: "gradients" } as const;
  const frame = {
    title: "The unrolled GAN",
    alt:
      "The generator's samples go into the value V of the game, and into each of the steps that the discriminator D would take: " +
      "now, one step on, U steps on. The last D goes into V. Gradients come back to the generator in two ways: " +
      "straight from V, the first term; and from V back through D's steps to the samples that those steps looked at, the second term.",
    width: 640,
    height: 362,
  };
  return drawing(frame, [
    box({ at: [14, 64], width: 116, height: 64, label: "generator", ink: "fake" }),
    box({ at: [516, 64], width: 108, height: 64, label: "value V" }),
    arrow(across([134, 512], 84), { label: "samples G(z)" }),
    arrow(across([512, 134], 112), gradients),
    text([268, 136], "first term", { size: 15 }),
    ...theSteps(),
    arrow([
      [548, 216],
      [560, 216],
      [560, 132],
    ]),
    arrow(
      [
        [592, 132],
        [592, 240],
        [548, 240],
      ],
      gradients,
    ),
    text([330, 290], "second term: how D would answer", { size: 15 }),
    arrowKey([190, 336]),
  ]);
}
