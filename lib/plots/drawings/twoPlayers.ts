import { arrow } from "./arrows";
import { drawing, type Drawing } from "./drawing";
import { group, INKS, part, px, text, type Part, type Place } from "./part";

/** Places on a spiral or circle around a centre, by angle in degrees, clockwise from the right. */
function around(
  [x, y]: Place,
  [from, to]: readonly [number, number],
  radius: (angle: number) => number,
): Place[] {
  const PIECES = 24;
  return Array.from({ length: PIECES + 1 }, (_, index) => {
    const angle = from + ((to - from) * index) / PIECES;
    const turn = (angle * Math.PI) / 180;
    return [x + radius(angle) * Math.cos(turn), y + radius(angle) * Math.sin(turn)];
  });
}

const ring = ([x, y]: Place, radius: number): Part =>
  part(
    `<circle cx="${px(x)}" cy="${px(y)}" r="${radius}" fill="none" stroke="${INKS.quiet}" stroke-opacity="0.5"/>`,
  );

const dot = ([x, y]: Place): Part =>
  part(`<circle cx="${px(x)}" cy="${px(y)}" r="5" fill="${INKS.text}"/>`);

/** Level lines of a bowl, and the way of two weights to its lowest place. */
function alone(centre: Place): Part {
  const way = Array.from({ length: 12 }, (_, i): Place => {
    const [left, down] = [0.62 ** i, 0.8 ** i];
    return [centre[0] + 82 * left, centre[1] - 78 * down];
  });
  return group([
    ...[30, 60, 90, 115].map((radius) => ring(centre, radius)),
    dot(way[0]!),
    arrow([...way, [centre[0], centre[1] - 2]]),
  ]);
}

/** Four quarters of a round, and who moves in each. */
function together(centre: Place): Part {
  const quarter = (middle: number): Part =>
    arrow(around(centre, [middle - 36, middle + 36], () => 76));
  const [x, y] = centre;
  const say = (place: Place, lines: readonly [string, string]): Part =>
    group(lines.map((line, i) => text([place[0], place[1] + 19 * i], line, { size: 15 })));
  return group([
    dot(centre),
    ...[45, 135, 225, 315].map(quarter),
    say([x, y - 104], ["D says: larger is real.", "G goes right"]),
    say([x + 124, y - 8], ["D turns", "against it"]),
    say([x, y + 98], ["D says: smaller is real.", "G goes left"]),
    say([x - 124, y - 8], ["D turns", "against it"]),
  ]);
}

/** Why two networks that learn against each other need not come to rest: one goes downhill, two go round. */
export function twoPlayers(): Drawing {
  const frame = {
    title: "One network, and two",
    alt:
      "Left, one network: its weights walk down a bowl to the lowest place and stay. " +
      "Right, two players around the place where both would rest: D says that larger is real and G goes right; D turns against it; D says that smaller is real and G goes left; D turns against it; and so on, in a circle.",
    width: 640,
    height: 330,
  };
  return drawing(frame, [
    text([140, 36], "one network goes downhill", { bold: true }),
    alone([140, 184]),
    text([448, 36], "two players go round", { bold: true }),
    together([448, 184]),
  ]);
}
