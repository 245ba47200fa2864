import assert from "node:assert/strict";
import { test } from "node:test";
import { slider, type SliderOptions } from "gan-lib";
import {
  captureComms,
  captureKernel,
  captureOutput,
  textOf,
  type Opened,
  type Published,
} from "./capture";

const drawn = (value: number): string => `figure at ${value}`;
const move = (line: Opened | undefined, index: unknown): Promise<unknown> =>
  Promise.resolve(line?.onMessage({ method: "update", state: { index }, buffer_paths: [] }));
const figures = (published: readonly Published[]): string[] => published.slice(1).map(textOf);

test("a slider opens a widget, and what it draws is replaced where the hand goes", async (t) => {
  const published = captureKernel(t);
  const opened = captureComms(t);
  await slider({ label: "θ", from: -1, to: 1, step: 0.1, start: 0.3, draw: drawn });
  const [line] = opened;
  assert.equal(line?.target, "jupyter.widget");
  assert.deepEqual(line.metadata, { version: "2.1.0" });
  const { state } = line.data;
  assert.deepEqual([state["label"], state["index"]], ["θ", 13]);
  assert.equal((state["words"] as string[])[13], "0.3");
  assert.match(String(state["_esm"]), /export default/);
  assert.deepEqual(published[0]?.data, {
    "application/vnd.jupyter.widget-view+json": {
      version_major: 2,
      version_minor: 0,
      model_id: "comm 1",
    },
    "text/plain": "θ = 0.3, of −1 to 1: a slider in JupyterLab.",
  });
  await move(line, 20);
  assert.deepEqual(figures(published), ["figure at 0.3", "figure at 1"]);
  const [, first, second] = published;
  assert.equal(first?.transient.display_id, second?.transient.display_id);
  assert.deepEqual([first?.update, second?.update], [false, true]);
});

test("without comms the start value's figure stays, and the text says what moves it", async (t) => {
  const print = captureOutput(t);
  await slider({ label: "k", values: [1, 3, 10], start: 3, draw: drawn });
  assert.equal(print(), "k = 3, of 1 to 10: a slider in JupyterLab.\nfigure at 3\n");
});

test("of the places that come while it draws only the last is drawn", async (t) => {
  const published = captureKernel(t);
  const opened = captureComms(t);
  const waiting: (() => void)[] = [];
  let slow = false;
  const draw = async (value: number): Promise<string> => {
    if (slow) await new Promise<void>((go) => waiting.push(go));
    return drawn(value);
  };
  await slider({ label: "k", values: [1, 2, 3, 4], start: 1, draw });
  slow = true;
  const first = move(opened[0], 1);
  await move(opened[0], 2);
  await move(opened[0], 3);
  slow = false;
  waiting[0]?.();
  await first;
  assert.deepEqual(figures(published), ["figure at 1", "figure at 2", "figure at 4"]);
});

test("a page that is loaded again gets the state as it is now", async (t) => {
  captureKernel(t);
  const opened = captureComms(t);
  await slider({ label: "k", values: [1, 2], start: 1, draw: drawn });
  await move(opened[0], 1);
  opened[0]?.onMessage({ method: "request_state" });
  const [answer] = (opened[0]?.sent ?? []) as { method: string; state: { index: number } }[];
  assert.deepEqual([answer?.method, answer?.state.index], ["update", 1]);
});

test("a cell that is run again ends its slider of before, another cell's stays", async (t) => {
  captureKernel(t);
  const opened = captureComms(t);
  const options: SliderOptions = { label: "k", values: [1, 2], start: 1, draw: drawn };
  await slider(options);
  await slider({ ...options, label: "l" });
  await slider(options);
  assert.deepEqual(
    opened.map(({ closed }) => closed),
    [true, false, false],
  );
});

test("an error for the first value fails the cell; for a later one it stands in the figure's place", async (t) => {
  const published = captureKernel(t);
  const opened = captureComms(t);
  const draw = (value: number): string => {
    if (value > 2) throw new Error("no <such> k");
    return drawn(value);
  };
  await assert.rejects(slider({ label: "k", values: [3], start: 3, draw }), /no <such> k/);
  await slider({ label: "k", values: [1, 2, 3], start: 1, draw });
  await move(opened[1], 2);
  await move(opened[1], 1);
  const last = published.slice(-2);
  assert.equal(textOf(last[0]), "No figure for k = 3: Error: no <such> k");
  assert.match(String(last[0]?.data["text/html"]), /no &lt;such&gt; k/);
  assert.equal(textOf(last[1]), "figure at 2");
});

test("places and starts that make no sense are refused", async (t) => {
  captureKernel(t);
  const with_ = (places: object): Promise<void> =>
    slider({ label: "k", start: 0, draw: drawn, ...places } as SliderOptions);
  const cases: readonly (readonly [object, RegExp])[] = [
    [{ from: 1, to: 0, step: 1 }, /from < to and a step above 0, got from 1 to 0 by 1/],
    [{ from: 0, to: 1, step: 0 }, /by 0/],
    [{ from: 0, to: 1, step: 1e-6 }, /1000001 places, at most 1000/],
    [{ values: [] }, /number of values must be a whole number of at least 1, got 0/],
    [{ values: [0, NaN] }, /finite numbers, got NaN/],
    [{ values: [1, 2] }, /start must be one of the slider's values 1, 2; got 0/],
    [{ values: [0], draw: () => undefined }, /`draw` returned nothing/],
  ];
  for (const [places, message] of cases) await assert.rejects(with_(places), message);
});
