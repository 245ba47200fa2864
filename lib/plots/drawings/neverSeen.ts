import { axes } from "./axes";
import { drawing, type Drawing } from "./drawing";
import { group, INKS, part, px, text, type Part, type Place } from "./part";

const bell =
  (middle: number, width: number) =>
  (x: number): number =>
    Math.exp(-(((x - middle) / width) ** 2) / 2);

/** A dashed upright line. */
function upright([x, from]: Place, to: number): Part {
  return part(
    `<line x1="${px(x)}" y1="${px(from)}" x2="${px(x)}" y2="${px(to)}" stroke="${INKS.mark}" stroke-width="3" stroke-dasharray="7 4"/>`,
  );
}

/** The scores of a generator that the detector never saw: in order still, and on the wrong side of the border. */
export function neverSeen(): Drawing {
  const plane = axes({
    at: [30, 40],
    width: 580,
    height: 190,
    xDomain: [0, 10],
    yDomain: [0, 1.5],
    xTitle: "score: more generated →",
  });
  const [border] = plane.at(6.6, 0);
  const named = (x: number, words: string, note: string): Part =>
    group([
      text([plane.at(x, 0)[0], 62], words),
      text([plane.at(x, 0)[0], 82], note, { size: 15 }),
    ]);
  const frame = {
    title: "What a detector never saw",
    alt:
      "Three humps along the axis of a detector's score. Left: real images. Right: images of the generator that it learned from, " +
      "beyond the border at one half. Between them: another generator, which it never saw. Most of its images score higher than real ones, " +
      "so the order survives; yet all lie left of the border, and are called real.",
    width: 640,
    height: 272,
  };
  return drawing(frame, [
    plane.part,
    plane.curve(bell(1.9, 0.75), { ink: "real" }),
    plane.curve(bell(4.2, 0.75), { ink: "fake", dashed: true }),
    plane.curve(bell(8.5, 0.6), { ink: "fake" }),
    named(1.6, "real", "images"),
    named(4.4, "another generator", "never seen"),
    named(8.7, "its generator", "learned from"),
    upright([border, 92], 230),
    text([border, 82], "border 0.5", { size: 15 }),
  ]);
}
