import { arrow } from "./arrows";
import { box } from "./boxes";
import { drawing, type Drawing } from "./drawing";
import { group, text, type Ink, type Part } from "./part";
import { mixed, noise, THREE, tile, type Grid } from "./tiles";

/** What a row of the drawing shows: what goes in, the layers, and what comes out. */
interface Row {
  readonly middle: number;
  readonly ink: Ink;
  readonly name: string;
  readonly input: { readonly picture: Grid; readonly label: string; readonly ink?: Ink };
  readonly layers: readonly { readonly units: number; readonly does: string }[];
}

const WIDTH = 66;
const FIRST = 116;
const NEXT = 100;

/** Where the row's layers end. */
const endOf = ({ layers }: Row): number => FIRST + NEXT * (layers.length - 1) + WIDTH;

/** A layer is the taller, the more units it has. */
const heightOf = (units: number): number => 26 + 2.6 * Math.sqrt(units);

function layersOf({ middle, layers, ink }: Row): Part[] {
  return layers.map(({ units, does }, index) => {
    const [x, height] = [FIRST + index * NEXT, heightOf(units)];
    const [first, second = ""] = does.split("; ");
    return group([
      arrow([
        [index === 0 ? 82 : x - NEXT + WIDTH + 3, middle],
        [x - 3, middle],
      ]),
      box({ at: [x, middle - height / 2], width: WIDTH, height, label: String(units), ink }),
      text([x + WIDTH / 2, middle + 76], first!, { size: 15 }),
      text([x + WIDTH / 2, middle + 95], second, { size: 15 }),
    ]);
  });
}

function row(all: Row): Part {
  const { middle, name, input } = all;
  return group([
    text([24, middle - 74], name, { anchor: "start", bold: true }),
    tile(input.picture, { at: [24, middle - 27], cell: 6, ink: input.ink ?? "quiet" }),
    text([51, middle + 50], input.label, { size: 15 }),
    ...layersOf(all),
  ]);
}

const LEAKY = "dense,; leaky ReLU";
const made: Grid = mixed(THREE, noise(9, 9), 0.3);

const generator: Row = {
  middle: 106,
  ink: "fake",
  name: "generator G: 1.5 million weights",
  input: { picture: noise(9, 9), label: "z: 100" },
  layers: [
    { units: 256, does: LEAKY },
    { units: 512, does: LEAKY },
    { units: 1024, does: LEAKY },
    { units: 784, does: "dense,; tanh" },
  ],
};

const discriminator: Row = {
  middle: 312,
  ink: "real",
  name: "discriminator D: 0.5 million weights",
  input: { picture: THREE, label: "28 × 28", ink: "real" },
  layers: [
    { units: 784, does: "flatten" },
    { units: 512, does: LEAKY },
    { units: 256, does: LEAKY },
    { units: 1, does: "dense:; the logit" },
  ],
};

/** The two perceptrons of lesson 11, layer by layer, with the number of values that each layer hands on. */
export function vanillaGan(): Drawing {
  const end = endOf(generator);
  const frame = {
    title: "The two networks",
    alt:
      "The generator turns 100 random numbers z into 784 pixels, 28 by 28, through dense layers of 256, 512 and 1024 units with leaky ReLUs and a last one with tanh; it has 1.5 million weights. " +
      "The discriminator flattens 28 by 28 pixels to 784 numbers and turns them into one logit through dense layers of 512 and 256 units with leaky ReLUs and a last one without; the sigmoid of the logit is D(x). It has 0.5 million weights.",
    width: 640,
    height: 424,
  };
  return drawing(frame, [
    row(generator),
    arrow([
      [end + 3, generator.middle],
      [545, generator.middle],
    ]),
    tile(made, { at: [549, generator.middle - 27], cell: 6, ink: "fake" }),
    text([576, generator.middle + 50], "28 × 28", { size: 15 }),
    row(discriminator),
    arrow(
      [
        [end + 3, discriminator.middle],
        [549, discriminator.middle],
      ],
      { label: "sigmoid" },
    ),
    text([580, discriminator.middle + 6], "D(x)"),
  ]);
}
