import * as tf from "../backend/tf";

/** Pixels before and after, or one number for both. */
export type Padding = number | readonly [before: number, after: number];

/**
 * Images whose borders mirror them without the edge itself ("reflect": c b | a b c | b a), the padding of CycleGAN and of
 * fast style transfer (Zhu et al., arXiv 1703.10593, appendix 7.2). Right at every order; `tf.mirrorPad` has a wrong
 * derivative.
 *
 * @param x [N, height, width, channels].
 * @param rows Above and below; each from 0 to height - 1.
 * @param columns To the left and to the right; each from 0 to width - 1.
 * @returns [N, above + height + below, left + width + right, channels]; the caller disposes it.
 * @throws RangeError when a padding is no whole number or wider than what can be mirrored.
 */
export function reflectPad(x: tf.Tensor4D, rows: Padding, columns: Padding = rows): tf.Tensor4D {
  return mirrored("reflectPad", x, [rows, columns], 1);
}

/**
 * Images whose borders mirror them with the edge itself ("symmetric": b a | a b c | c b). Right at every order;
 * `tf.mirrorPad` has a wrong derivative.
 *
 * @param x [N, height, width, channels].
 * @param rows Above and below; each from 0 to height.
 * @param columns To the left and to the right; each from 0 to width.
 * @returns [N, above + height + below, left + width + right, channels]; the caller disposes it.
 * @throws RangeError when a padding is no whole number or wider than what can be mirrored.
 */
export function symmetricPad(x: tf.Tensor4D, rows: Padding, columns: Padding = rows): tf.Tensor4D {
  return mirrored("symmetricPad", x, [rows, columns], 0);
}

/** @param edge 1 where the edge is not repeated. */
function mirrored(
  name: string,
  x: tf.Tensor4D,
  paddings: readonly [Padding, Padding],
  edge: 0 | 1,
): tf.Tensor4D {
  if (x.rank !== 4)
    throw new Error(
      `${name}: images [N, height, width, channels] are wanted, got [${x.shape.join(", ")}].`,
    );
  return tf.tidy(() =>
    paddings.reduce((padded, padding, i) => {
      const [before, after] = typeof padding === "number" ? [padding, padding] : padding;
      const axis = i + 1;
      const length = x.shape[axis]!;
      for (const amount of [before, after])
        if (!Number.isInteger(amount) || amount < 0 || amount > length - edge)
          throw new RangeError(
            `${name}: a side of ${length} pixels takes 0 to ${length - edge} more, got ${amount}.`,
          );
      const part = (begin: number, size: number): tf.Tensor4D =>
        tf.reverse(slice(padded, axis, begin, size), axis);
      const sides = [part(edge, before), padded, part(length - edge - after, after)];
      return tf.concat(
        sides.filter((side) => side.shape[axis]! > 0),
        axis,
      );
    }, x.clone()),
  );
}

function slice(x: tf.Tensor4D, axis: number, begin: number, size: number): tf.Tensor4D {
  const begins = x.shape.map((_, i) => (i === axis ? begin : 0));
  const sizes = x.shape.map((length, i) => (i === axis ? size : length));
  return tf.slice(x, begins, sizes);
}
