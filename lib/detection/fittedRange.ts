/** The range of images that a detector was fitted to: what lies far outside was not seen in training. */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Where the features of the images lay, in plain JSON. */
export interface FittedRange {
  readonly means: readonly number[];
  /** The matrix [d, d], by rows, that makes the features' spread equal in all directions: float32 in base64. */
  readonly whitening: string;
  /** The largest distance that counts as seen. */
  readonly limit: number;
}

/**
 * Added to the variance in every direction, where each feature's own is 1: what hardly varied is not a sharp edge. Of 0.03 to 3,
 * tried on the project's own detector, 0.3 and more told the most photographs from emoji.
 */
const LEAST_VARIANCE = 0.3;
/** A feature that varies by less is rounding. */
const LEAST_DEVIATION = 1e-3;
/** The share of images like those of the fit that count as seen. */
const SEEN = 0.95;

/** A matrix's values as float32 in base64. */
function packed(matrix: Matrix): string {
  const bytes = new Uint8Array(Float32Array.from(matrix.to1DArray()).buffer);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function unpacked(text: string, columns: number): Matrix {
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  return Matrix.from1DArray(columns, columns, Array.from(new Float32Array(bytes.buffer)));
}

/** The squared length of each row. */
function lengths(rows: Matrix): number[] {
  return rows.to2DArray().map((row) => row.reduce((sum, x) => sum + x * x, 0));
}

/**
 * The distance of each row as if it had not been in the fit (Sherman and Morrison, 1950), from its distance h where it was: in
 * units in which all rows' scatter has the sum of squares 1.
 */
function leftOut(h: number, count: number): number {
  const grown = count / (count - 1); // a row is that much farther from the mean of the others
  return (grown ** 2 * h) / (1 - grown * h);
}

/**
 * The range of rows of features: Mahalanobis' distance from their mean, and the distance within which 95 of 100 of them lie,
 * each measured as if it had not been there. So of further images of the same kind about 1 in 20 counts as not seen
 * (Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005: a conformal prediction).
 *
 * @param rows [N, d], N >= 2.
 */
export function fitRange(rows: Matrix): FittedRange {
  const count = rows.rows;
  const means = rows.mean("column");
  const deviations = rows
    .standardDeviation("column", { mean: means, unbiased: false })
    .map((deviation) => Math.max(deviation, LEAST_DEVIATION));
  const standard = rows.clone().subRowVector(means).divRowVector(deviations);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    standard.transpose().mmul(standard),
    { assumeSymmetric: true },
  );
  const scales = realEigenvalues.map(
    (value) => 1 / Math.sqrt(Math.max(0, value) + LEAST_VARIANCE * count),
  );
  const axes = eigenvectorMatrix.mulRowVector(scales);
  const apart = lengths(standard.mmul(axes))
    .map((h) => leftOut(h, count))
    .sort((a, b) => a - b);
  const place = Math.min(count, Math.ceil((count + 1) * SEEN)) - 1;
  const whitening = axes.divColumnVector(deviations);
  return { means, whitening: packed(whitening), limit: apart[place]! };
}

/** Whether each row of features lies within a range. */
export function withinRange({ means, whitening, limit }: FittedRange, rows: Matrix): boolean[] {
  const centred = rows.clone().subRowVector([...means]);
  return lengths(centred.mmul(unpacked(whitening, means.length))).map((h) => h <= limit);
}
