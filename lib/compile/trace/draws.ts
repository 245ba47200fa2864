/** Where random streams meet the compiler: what a step draws is drawn anew, and fed, at every call of its graph. */
import type * as tf from "../../backend/tf";
import { withUndo } from "../../backend/undo";

/** A source of random numbers that can be put back to where it stood. */
export interface Rewindable {
  state(): unknown;
  restore(state: never): void;
}

/** One draw of a step. */
export interface Draw {
  readonly source: Rewindable;
  /** What is drawn, with shape and range: equal texts mean equal draws. */
  readonly description: string;
  /** Draws the next tensor. */
  readonly take: () => tf.Tensor;
}

/** What listens to draws while a step is traced. */
export interface DrawListener {
  drawn(draw: Draw, tensor: tf.Tensor): void;
  refuse(reason: string): void;
}

let listener: DrawListener | undefined;

/** Runs `body` with a listener to all draws in it. */
export function listenToDraws<Result>(to: DrawListener, body: () => Result): Result {
  const before = listener;
  listener = to;
  return withUndo(() => {
    listener = before;
  }, body);
}

/** Takes a draw, and tells the trace that is running of it, if one is. */
export function drawTensor(
  source: Rewindable,
  description: string,
  take: () => tf.Tensor,
): tf.Tensor {
  const tensor = take();
  listener?.drawn({ source, description, take }, tensor);
  return tensor;
}

/**
 * To be called before a random number is handed to JavaScript.
 *
 * @throws Error inside of a traced step, whose graph would hold the number fixed.
 */
export function refuseNumbersInTrace(method: string): void {
  listener?.refuse(
    `draws a plain number (${method}), which the graph would hold fixed; draw a tensor (random.uniform, random.normal), ` +
      "or draw the number outside and pass it as an argument",
  );
}
