import { arrow } from "./arrows";
import { drawing, type Drawing } from "./drawing";
import { group, INKS, part, px, text, type Part, type Place } from "./part";
import { mixed, THREE, tile, type Grid } from "./tiles";

const ONE: Grid = [
  "000000000",
  "000110000",
  "001110000",
  "000110000",
  "000110000",
  "000110000",
  "000110000",
  "001111000",
  "000000000",
].map((row) => Array.from(row, Number));

const CENTRE: Place = [170, 180];
const RADIUS = 122;
/** The two ends of the ways, as angles in degrees from the right, counted upwards. */
const ENDS = [78, -38] as const;

function onSphere(degrees: number, radius = RADIUS): Place {
  const angle = (degrees * Math.PI) / 180;
  return [CENTRE[0] + radius * Math.cos(angle), CENTRE[1] - radius * Math.sin(angle)];
}

const say = ([x, y]: Place): string => `${px(x)},${px(y)}`;

function dot([x, y]: Place, radius: number, color: string): Part {
  return part(`<circle cx="${px(x)}" cy="${px(y)}" r="${radius}" fill="${color}"/>`);
}

/** Latent vectors: all near the sphere, none in the middle. */
function cloud(): Part {
  const points = Array.from({ length: 60 }, (_, i) =>
    onSphere(i * 137.5, RADIUS + 9 * Math.sin(i * i)),
  );
  return group(points.map((point) => dot(point, 3, INKS.quiet)));
}

function ways(from: Place, to: Place): Part {
  const steps = Array.from({ length: 31 }, (_, i) => ENDS[0] + ((ENDS[1] - ENDS[0]) * i) / 30);
  const round = steps.map((degrees) => say(onSphere(degrees))).join(" ");
  const style = `fill="none" stroke="${INKS.mark}" stroke-width="3"`;
  return group([
    part(`<polyline points="${round}" ${style}/>`),
    part(`<polyline points="${say(from)} ${say(to)}" ${style} stroke-dasharray="7 4"/>`),
    dot(from, 6, INKS.fake),
    dot(to, 6, INKS.fake),
  ]);
}

/** The images along the straight way, each beside the point that it belongs to: one fades into the other. */
function images([x0, y0]: Place, [x1, y1]: Place): Part {
  const labels = ["G(z₀)", "", "half-way", "", "G(z₁)"];
  return group(
    labels.flatMap((label, i) => {
      const share = i / (labels.length - 1);
      const top = 14 + 66 * i;
      const point: Place = [x0 + (x1 - x0) * share + 10, y0 + (y1 - y0) * share];
      return [
        tile(mixed(THREE, ONE, share), { at: [430, top], cell: 6, ink: "fake" }),
        arrow([point, [422, top + 27]]),
        ...(label === "" ? [] : [text([494, top + 33], label, { anchor: "start" })]),
      ];
    }),
  );
}

/** Latent space: vectors near a sphere, two of them with their images, and the two ways from one to the other. */
export function latentSpace(): Drawing {
  const [from, to] = [onSphere(ENDS[0]), onSphere(ENDS[1])];
  const frame = {
    title: "Latent space",
    alt:
      "At the left, latent vectors as dots near a circle, which stands for a sphere; its inside is empty. Two of them, " +
      "z₀ and z₁, are joined by two ways: a dashed straight one through the inside, and a solid one round, along the sphere. " +
      "Arrows lead from five points of the straight way to their images at the right: a three at z₀, which fades step by step " +
      "into a one at z₁.",
    width: 580,
    height: 350,
  };
  return drawing(frame, [
    cloud(),
    ways(from, to),
    images(from, to),
    text([from[0] - 4, from[1] - 18], "z₀"),
    text([to[0] + 12, to[1] + 26], "z₁"),
    text([168, 170], "straight", { size: 15 }),
    text([330, 142], "round", { size: 15 }),
  ]);
}
