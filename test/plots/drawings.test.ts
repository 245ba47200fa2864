import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { createCanvas } from "canvas";
import { drawings, type Drawing } from "gan-lib";
import { arrow } from "gan-lib/dist/plots/drawings/arrows";
import { axes } from "gan-lib/dist/plots/drawings/axes";
import { drawing } from "gan-lib/dist/plots/drawings/drawing";
import { text } from "gan-lib/dist/plots/drawings/part";
import { grid, tile } from "gan-lib/dist/plots/drawings/tiles";
import { renderSvg } from "gan-lib/dist/plots/render";
import { toMimeBundle } from "gan-lib/mime";

/** The width of a phone's page, and the least size of letters on it, in pixels. */
const PHONE = 360;
const LEAST_LETTERS = 8.4;

interface Rectangle {
  readonly words: string;
  readonly size: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  assert.ok(found !== undefined, `${name} in ${tag}`);
  return found;
}

const context = createCanvas(1, 1).getContext("2d");

/** Where each text of a drawing lies; the font is the widest of those that a reader may have. */
function textsOf({ svg }: Pick<Drawing, "svg">): Rectangle[] {
  return [...svg.matchAll(/(<text [^>]*>)([^<]*)<\/text>/g)].map(([, tag = "", words = ""]) => {
    const size = Number(attribute(tag, "font-size"));
    context.font = `${tag.includes('"bold"') ? "bold " : ""}${size}px DejaVu Sans`;
    const { width } = context.measureText(words.replace(/&\w+;/g, "&"));
    const x = Number(attribute(tag, "x"));
    const y = Number(attribute(tag, "y"));
    const before = { start: 0, middle: width / 2, end: width }[attribute(tag, "text-anchor")] ?? 0;
    const left = x - before;
    return { words, size, left, right: left + width, top: y - 0.75 * size, bottom: y + 0.2 * size };
  });
}

/** What is wrong with the texts of a drawing. */
function faultsOf(drawn: Drawing): string[] {
  const texts = textsOf(drawn);
  const outside = texts.filter(
    ({ left, right, top, bottom }) =>
      left < 4 || top < 4 || right > drawn.width - 4 || bottom > drawn.height - 4,
  );
  const pairs = texts.flatMap((one, index) =>
    texts.slice(index + 1).map((other) => [one, other] as const),
  );
  const overlapping = pairs.filter(
    ([one, other]) =>
      one.left < other.right &&
      other.left < one.right &&
      one.top < other.bottom &&
      other.top < one.bottom,
  );
  const shrunk = Math.min(1, PHONE / drawn.width);
  return [
    ...outside.map(({ words }) => `"${words}" leaves the drawing`),
    ...overlapping.map(([one, other]) => `"${one.words}" lies on "${other.words}"`),
    ...texts
      .filter(({ size }) => size * shrunk < LEAST_LETTERS)
      .map(({ words }) => `"${words}" is too small on a phone`),
  ];
}

const sample = (parts: Parameters<typeof drawing>[1]): Drawing =>
  drawing({ title: "a < b", alt: 'says "a" & b', width: 200, height: 100 }, parts);

for (const [name, draw] of Object.entries(drawings)) {
  test(`${name} is whole, says what it shows, and its texts lie inside and apart`, async () => {
    const drawn = draw();
    assert.deepEqual(faultsOf(drawn), []);
    assert.ok(drawn.alt.length > 80, `"${drawn.alt}" tells too little`);
    const png = await renderSvg(drawn.svg);
    assert.deepEqual(
      [png.readUInt32BE(16), png.readUInt32BE(20)],
      [2 * drawn.width, 2 * drawn.height],
    );
    const folder = path.join("build", "drawings");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${name}.png`), png);
  });
}

test("texts that leave the drawing, lie on one another or are too small are found", () => {
  const faulty = drawing({ title: "t", alt: "a", width: 900, height: 100 }, [
    text([5, 50], "outside"),
    text([300, 50], "one", { size: 30 }),
    text([310, 55], "other", { size: 30 }),
  ]);
  assert.deepEqual(faultsOf(faulty), [
    '"outside" leaves the drawing',
    '"one" lies on "other"',
    '"outside" is too small on a phone',
  ]);
});

test("a notebook shows an image that shrinks with the page, its PNG and its text, all escaped", async () => {
  const drawn = sample([text([100, 50], "1 < 2 & 3")]);
  const { data, metadata } = await toMimeBundle(drawn);
  const html = String(data["text/html"]);
  assert.match(html, /^<img .*alt="says &quot;a&quot; &amp; b".* style="max-width: 100%/);
  const source = /src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html)?.[1] ?? "";
  const svg = Buffer.from(source, "base64").toString();
  assert.equal(svg, drawn.svg);
  assert.match(svg, /role="img" aria-label="says &quot;a&quot; &amp; b"/);
  assert.match(svg, /<title>a &lt; b<\/title>/);
  assert.match(svg, />1 &lt; 2 &amp; 3<\/text>/);
  assert.match(String(data["image/png"]), /^iVBOR/);
  assert.equal(data["text/plain"], drawn.alt);
  assert.deepEqual(metadata["image/png"], { alt: drawn.alt });
  await assert.rejects(renderSvg(svg.replace("</title>", "")), /Opening and ending tag mismatch/);
});

test("values go on solid arrows, gradients on dashed ones, also around a corner", () => {
  const solid = arrow([
    [0, 0],
    [100, 0],
  ]);
  assert.match(solid, /points="0,0 90,0"/);
  assert.match(solid, /polygon points="100,0 90,5 90,-5"/);
  assert.doesNotMatch(solid, /dasharray/);
  const dashed = arrow(
    [
      [0, 0],
      [0, 50],
      [30, 50],
    ],
    { carries: "gradients", label: "back", side: "left" },
  );
  assert.match(dashed, /points="0,0 0,50 20,50".*stroke-dasharray/);
  assert.match(dashed, /<text x="-9" y="30" .*text-anchor="end"/);
});

test("axes place points and curves in their plane", () => {
  const plane = axes({
    at: [10, 20],
    width: 100,
    height: 50,
    xDomain: [-1, 1],
    yDomain: [0, 10],
    xTitle: "x",
  });
  assert.deepEqual(plane.at(0, 10), [60, 20]);
  assert.match(
    plane.curve((x) => 5 + 5 * x, { ink: "real" }),
    /points="10,70 .* 110,20"/,
  );
  assert.match(plane.dots([[1, 0]], { ink: "fake" }), /cx="110" cy="70"/);
  assert.match(plane.part, /points="10,20 10,70 110,70"/);
});

test("what makes no picture is refused", () => {
  const unnamed = { title: "t", alt: " ", width: 10, height: 10 };
  assert.throws(() => drawing(unnamed, []), /needs a title and an alternative text/);
  assert.throws(() => arrow([[1, 1]]), /at least two places/);
  const place = { at: [0, 0], cell: 5 } as const;
  assert.throws(() => tile([[1, 0], [1]], place), /rows of one length/);
  assert.throws(() => grid([], place), /at least one cell/);
});
