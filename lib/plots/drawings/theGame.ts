import { arrow, arrowKey } from "./arrows";
import { box } from "./boxes";
import { drawing, type Drawing } from "./drawing";
import { text } from "./part";
import { mixed, noise, THREE, tile } from "./tiles";

/** The game of two networks: who gets what, and where the gradients go (arXiv 1406.2661). */
export function theGame(): Drawing {
  const fake = mixed(THREE, noise(9, 9), 0.45);
  const gradients = { carries: "gradients" } as const;
  const frame = {
    title: "The game",
    alt:
      "Noise z goes into the generator G, the forger, which makes a sample G(z). " +
      "The discriminator D, the expert, gets real data x or the sample, and says: real or generated? " +
      "Two gradients come back: that of D's loss into D, and that of G's loss through D and the sample into G.",
    width: 640,
    height: 350,
  };
  return drawing(frame, [
    text([330, 32], "real data x"),
    tile(THREE, { at: [303, 44], cell: 6, ink: "real" }),
    tile(noise(9, 9), { at: [24, 206], cell: 6 }),
    text([51, 282], "noise z"),
    box({
      at: [122, 193],
      width: 124,
      height: 80,
      label: "generator G",
      note: "the forger",
      ink: "fake",
    }),
    tile(fake, { at: [303, 206], cell: 6, ink: "fake" }),
    text([330, 282], "sample G(z)"),
    box({
      at: [440, 110],
      width: 160,
      height: 84,
      label: "discriminator D",
      note: "the expert",
      ink: "real",
    }),
    box({ at: [432, 20], width: 176, height: 40, label: "real or generated?" }),
    ...theArrows(gradients),
    text([520, 246], "G's gradient comes", { size: 15 }),
    text([520, 266], "back through D", { size: 15 }),
    arrowKey([190, 324]),
  ]);
}

/** Forward, and the way of the two losses' gradients. */
function theArrows(gradients: { readonly carries: "gradients" }) {
  return [
    arrow([
      [81, 225],
      [118, 225],
    ]),
    arrow([
      [250, 225],
      [299, 225],
    ]),
    arrow([
      [361, 74],
      [436, 126],
    ]),
    arrow([
      [361, 224],
      [436, 172],
    ]),
    arrow([
      [490, 106],
      [490, 64],
    ]),
    arrow(
      [
        [540, 64],
        [540, 106],
      ],
      { ...gradients, label: "D learns", side: "right" },
    ),
    arrow(
      [
        [436, 190],
        [361, 243],
      ],
      gradients,
    ),
    arrow(
      [
        [299, 245],
        [250, 245],
      ],
      gradients,
    ),
  ];
}
