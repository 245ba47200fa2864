/** The kernel distance between two sets of features; in Inception's features, KID. */
import { Matrix } from "ml-matrix";
import type * as tf from "../backend/tf";
import { createRandom } from "../ops/random";
import { meanWithError } from "./intervals";
import { readPair, type CheckedRows, type Rows } from "./rows";

/** What {@link kernelDistance} measures. */
export interface KernelDistance {
  /** The mean of the blocks' estimates. Unbiased, so it may be below 0 where the sets hardly differ. */
  readonly value: number;
  /** Its standard error, from the spread of the blocks' estimates; NaN for a single block. */
  readonly standardError: number;
  /** How many blocks there were. */
  readonly blocks: number;
}

/** What {@link kernelDistance} takes besides the features. */
export interface KernelDistanceOptions {
  /** Samples a block, at least 2; default 1,000, or as many as the smaller set has. */
  readonly blockSize?: number;
  /** Shuffles both sets before they are cut into blocks. Default 1. */
  readonly seed?: number;
}

/**
 * The squared maximum mean discrepancy with the kernel (x·y / d + 1)^3 (Bińkowski et al., arXiv 1801.01401, section 4),
 * estimated without bias on disjoint blocks of both sets. Unlike the Fréchet distance its expectation does not depend on
 * the number of samples, and its error is known.
 *
 * It is "KID" only in the features of the Inception network; in other features it must be named after them.
 *
 * @param featuresA [N, d], N >= 2. Not disposed.
 * @param featuresB [M, d], M >= 2. Not disposed.
 * @throws Error when d differs or a feature is not finite; RangeError when no block of that size can be cut.
 */
export function kernelDistance(
  featuresA: tf.Tensor2D | Rows,
  featuresB: tf.Tensor2D | Rows,
  { blockSize, seed = 1 }: KernelDistanceOptions = {},
): KernelDistance {
  const [a, b] = readPair("kernelDistance", { featuresA, featuresB });
  const smaller = Math.min(a.shape[0], b.shape[0]);
  const size = blockSize ?? Math.min(1000, smaller);
  if (!Number.isInteger(size) || size < 2 || size > smaller) {
    throw new RangeError(
      `kernelDistance: blocks must have from 2 samples to ${smaller}, the size of the smaller set, got ${size}. ` +
        "Give more samples or another blockSize.",
    );
  }
  const random = createRandom(seed);
  const [orderA, orderB] = [random.shuffledIndices(a.shape[0]), random.shuffledIndices(b.shape[0])];
  const blocks = Math.floor(smaller / size);
  const estimates = Array.from({ length: blocks }, (_, i) => {
    const [from, to] = [i * size, (i + 1) * size];
    return unbiasedSquaredMmd(
      rowsAt(a, orderA.subarray(from, to)),
      rowsAt(b, orderB.subarray(from, to)),
    );
  });
  const { mean, standardError } = meanWithError(estimates);
  return { value: mean, standardError, blocks };
}

function rowsAt({ data, shape: [, dimensions] }: CheckedRows, order: Uint32Array): Matrix {
  return new Matrix(
    Array.from(order, (i) => Array.from(data.subarray(i * dimensions, (i + 1) * dimensions))),
  );
}

/** Gretton et al., JMLR 13 (2012), equation 3: no sample is compared with itself. */
function unbiasedSquaredMmd(a: Matrix, b: Matrix): number {
  const n = a.rows;
  const kernelSum = (x: Matrix, y: Matrix): number => kernel(x, y).sum();
  const withoutDiagonal = (x: Matrix): number => {
    const values = kernel(x, x);
    return (values.sum() - values.trace()) / (n * (n - 1));
  };
  return withoutDiagonal(a) + withoutDiagonal(b) - (2 * kernelSum(a, b)) / (n * n);
}

function kernel(x: Matrix, y: Matrix): Matrix {
  return x.mmul(y.transpose()).div(x.columns).add(1).pow(3);
}
