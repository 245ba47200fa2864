import assert from "node:assert/strict";
import { before, test } from "node:test";
import { drawingPad, encodePng, ready, tf, type DrawingPadOptions } from "gan-lib";
import {
  captureComms,
  captureKernel,
  captureOutput,
  textOf,
  type Opened,
  type Published,
} from "./capture";

/** A drawing of 8 x 8 pixels: the left half black, the right half white. */
const START = tf.tidy(() =>
  tf.concat<tf.Tensor4D>([tf.fill([1, 8, 4, 3], -1), tf.ones([1, 8, 4, 3])], 2),
);

/** How dark a drawing is, in words. */
const inkOf = (drawing: tf.Tensor4D): string =>
  `${drawing.shape.join(" x ")}: ${(100 * (1 - (tf.tidy(() => tf.mean(drawing).dataSync()[0]!) + 1) / 2)).toFixed(0)} % ink`;

const OPTIONS: DrawingPadOptions = { label: "your drawing", start: START, draw: inkOf };

/** A page of 320 x 320 pixels whose rows above `black` are black, as the page sends it. */
function sent(black: number, width = 320, height = 320): string {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < black * width * 4; i++) if (i % 4 !== 3) rgba[i] = 0;
  return `data:image/png;base64,${encodePng({ width, height, rgba }).toString("base64")}`;
}

const draws = (line: Opened | undefined, picture: unknown): Promise<unknown> =>
  Promise.resolve(line?.onMessage({ method: "update", state: { picture }, buffer_paths: [] }));
const figures = (published: readonly Published[]): string[] => published.slice(1).map(textOf);

before(ready);

test("a pad shows the first drawing, and the figure is made anew of what is drawn", async (t) => {
  const published = captureKernel(t);
  const opened = captureComms(t);
  await drawingPad(OPTIONS);
  const { state } = opened[0]!.data;
  assert.equal(state["label"], "your drawing");
  assert.match(String(state["picture"]), /^data:image\/png;base64,/);
  assert.match(String(state["_esm"]), /toDataURL/);
  assert.match(textOf(published[0]), /^your drawing, 8 x 8 pixels: a page to draw on/);
  await draws(opened[0], sent(80));
  assert.deepEqual(figures(published), ["1 x 8 x 8 x 3: 50 % ink", "1 x 8 x 8 x 3: 25 % ink"]);
  const [, first, second] = published;
  assert.equal(first?.transient.display_id, second?.transient.display_id);
  assert.deepEqual([first?.update, second?.update], [false, true]);
});

test("the first drawing comes back from the page as it was", async (t) => {
  captureKernel(t);
  const opened = captureComms(t);
  const seen: number[][] = [];
  const draw = (drawing: tf.Tensor4D): string => {
    seen.push(Array.from(drawing.dataSync(), Math.round));
    return "figure";
  };
  await drawingPad({ ...OPTIONS, draw });
  await draws(opened[0], opened[0]?.data.state["picture"]);
  assert.equal(seen.length, 2);
  assert.deepEqual(seen[1], seen[0]);
});

test("without comms the first drawing's figure stands, below a text that says what it is", async (t) => {
  const print = captureOutput(t);
  await drawingPad(OPTIONS);
  assert.match(print(), /^your drawing, 8 x 8 pixels: .* JupyterLab.*\n1 x 8 x 8 x 3: 50 % ink\n$/);
});

test("what is no drawing is told in the figure's place, and the pad goes on", async (t) => {
  const published = captureKernel(t);
  const opened = captureComms(t);
  await drawingPad(OPTIONS);
  for (const wrong of [7, "data:image/png;base64,QUJD", sent(1).slice(0, 200), sent(1, 320, 160)])
    await draws(opened[0], wrong);
  await draws(opened[0], sent(160));
  const [, ...told] = figures(published);
  assert.match(told[0]!, /No figure for your drawing: Error: the page sent no PNG/);
  assert.match(told[1]!, /neither PNG nor JPEG/);
  assert.match(told[2]!, /broken|cut off|damaged/);
  assert.match(told[3]!, /320 x 160 pixels, and a drawing must be square, of 8 x 8 or more/);
  assert.equal(told[4], "1 x 8 x 8 x 3: 50 % ink");
});

test("a start of another shape or range is refused, and so is a draw that returns nothing", async (t) => {
  captureKernel(t);
  captureComms(t);
  const refused = (options: Partial<DrawingPadOptions>, message: RegExp): Promise<void> =>
    assert.rejects(drawingPad({ ...OPTIONS, ...options }), message);
  const shaped = (...shape: [number, number, number, number]): Partial<DrawingPadOptions> => ({
    start: tf.zeros(shape),
  });
  await refused(shaped(2, 8, 8, 3), /shape \[1, side, side, 3\], got \[2, 8, 8, 3\]/);
  await refused(shaped(1, 8, 6, 3), /got \[1, 8, 6, 3\]/);
  await refused(shaped(1, 8, 8, 1), /got \[1, 8, 8, 1\]/);
  await refused({ start: tf.fill([1, 8, 8, 3], 255) }, /must lie in \[-1, 1\]/);
  await refused({ draw: () => undefined }, /drawingPad: `draw` returned nothing/);
});

test("a drawing is disposed when its figure is made, also by a draw that fails", async (t) => {
  captureKernel(t);
  const opened = captureComms(t);
  let first = true;
  const draw = (drawing: tf.Tensor4D): string => {
    if (!first) throw new Error(inkOf(drawing));
    first = false;
    return "figure";
  };
  await drawingPad({ ...OPTIONS, draw });
  const count = tf.memory().numTensors;
  await draws(opened[0], sent(40));
  assert.equal(tf.memory().numTensors, count);
  assert.ok(!START.isDisposed);
});
