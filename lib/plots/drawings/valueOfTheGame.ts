import { arrow } from "./arrows";
import { box } from "./boxes";
import { drawing, type Drawing } from "./drawing";
import { group, text, type Part } from "./part";

const gradients = { carries: "gradients" } as const;

/** Who gets what: the players and the two terms. */
function players(): Part {
  return group([
    box({ at: [16, 40], width: 104, height: 56, label: "data", note: "real ones" }),
    box({ at: [16, 170], width: 104, height: 56, label: "noise z" }),
    box({ at: [156, 170], width: 100, height: 56, label: "G", note: "the forger", ink: "fake" }),
    box({ at: [322, 40], width: 100, height: 186, label: "D", note: "the expert", ink: "real" }),
    box({ at: [456, 40], width: 170, height: 56, label: "log D(x)" }),
    box({ at: [456, 170], width: 170, height: 56, label: "log(1 − D(G(z)))" }),
    text([541, 124], "+"),
    text([541, 150], "on average: V", { bold: true }),
  ]);
}

function forward(): Part {
  const across = (y: number, from: number, to: number, label?: string): Part =>
    arrow(
      [
        [from, y],
        [to, y],
      ],
      label === undefined ? {} : { label },
    );
  return group([
    across(68, 124, 318, "x"),
    across(198, 124, 152),
    across(198, 260, 318, "G(z)"),
    across(68, 426, 452),
    across(198, 426, 452),
  ]);
}

function backward(): Part {
  return group([
    arrow(
      [
        [510, 230],
        [510, 268],
        [372, 268],
        [372, 230],
      ],
      { ...gradients, label: "D: make V large", side: "below" },
    ),
    arrow(
      [
        [580, 230],
        [580, 314],
        [206, 314],
        [206, 230],
      ],
      { ...gradients, label: "G: make V small", side: "below" },
    ),
  ]);
}

/** Equation 1 of arXiv 1406.2661: which player sees what, the two terms, and who pulls which way. */
export function valueOfTheGame(): Drawing {
  const frame = {
    title: "The value of the game",
    alt:
      "A real sample x from the data goes into the discriminator D, which gives log D(x). Noise z goes into the generator G, " +
      "whose sample G(z) goes into the same D, which gives log(1 - D(G(z))). The sum of both, on average, is the value V. " +
      "Two gradients come back: D is moved to make V large, G to make V small.",
    width: 640,
    height: 352,
  };
  return drawing(frame, [players(), forward(), backward()]);
}
