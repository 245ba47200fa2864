import { arrow } from "./arrows";
import { box, maps } from "./boxes";
import { drawing, type Drawing } from "./drawing";
import { group, text, type Ink, type Part, type Place } from "./part";
import { THREE, tile } from "./tiles";

/** A picture of 81 pixels with its shape below; the place is its upper left corner. */
function picture([x, y]: Place, ink: Ink): Part {
  return group([tile(THREE, { at: [x, y], cell: 9, ink }), text([x + 40, y + 101], "28 × 28 × 1")]);
}

function across(from: number, to: number, y: number, label: string): Part {
  return arrow(
    [
      [from, y],
      [to, y],
    ],
    { label },
  );
}

function generator(top: number): Part {
  const y = top + 76;
  return group([
    text([20, top + 22], "Generator: doubles twice", { anchor: "start", bold: true }),
    box({ at: [20, y - 28], width: 84, height: 56, label: "z", note: "100", ink: "fake" }),
    across(110, 160, y, "dense"),
    maps({ at: [166, y - 5], side: 34, count: 6, label: "7 × 7 × 128", ink: "fake" }),
    across(232, 288, y, "× 2"),
    maps({ at: [296, y - 18], side: 50, count: 4, label: "14 × 14 × 64", ink: "fake" }),
    across(368, 424, y, "× 2"),
    picture([432, y - 40], "fake"),
  ]);
}

function discriminator(top: number): Part {
  const y = top + 76;
  return group([
    text([20, top + 22], "Discriminator: halves twice", { anchor: "start", bold: true }),
    picture([20, y - 40], "real"),
    across(108, 164, y, "÷ 2"),
    maps({ at: [172, y - 18], side: 50, count: 4, label: "14 × 14 × 64", ink: "real" }),
    across(244, 300, y, "÷ 2"),
    maps({ at: [308, y - 5], side: 34, count: 6, label: "7 × 7 × 128", ink: "real" }),
    across(374, 424, y, "dense"),
    box({ at: [430, y - 28], width: 84, height: 56, label: "logit", note: "1", ink: "real" }),
  ]);
}

/** The generator and the discriminator of DCGAN for images of 28 x 28 (arXiv 1511.06434, figure 1), with 64 filters. */
export function dcganNetworks(): Drawing {
  const frame = {
    title: "DCGAN's two networks",
    alt:
      "Above, the generator: 100 numbers z go through a dense layer to 7 × 7 pixels of 128 channels, are doubled to " +
      "14 × 14 of 64 channels, and doubled again to an image of 28 × 28 pixels and one channel. Below, the discriminator " +
      "goes the same way back: the image is halved to 14 × 14 × 64, then to 7 × 7 × 128, and a dense layer gives one logit.",
    width: 540,
    height: 360,
  };
  return drawing(frame, [generator(8), discriminator(184)]);
}
