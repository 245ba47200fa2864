/** The Fréchet distance between two sets of features, each seen as a Gaussian. */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type * as tf from "../backend/tf";
import { readPair, type CheckedRows, type Rows } from "./rows";

interface Gaussian {
  readonly mean: Float64Array; // [d]
  readonly covariance: Matrix; // [d, d]
}

/**
 * The squared Fréchet (2-Wasserstein) distance between Gaussians fitted to two sets of features:
 * |mA - mB|^2 + tr(A + B - 2 (A^1/2 B A^1/2)^1/2) (Dowson and Landau, 1982; Heusel et al., arXiv 1706.08500, equation 6).
 *
 * It is "FID" only in the features of the Inception network; in other features it must be named after them. Means and
 * unbiased covariances are in float64. The estimate is biased upwards, more so with fewer samples, so compare only
 * distances from equally many samples. With fewer samples than dimensions the covariances are singular: the distance
 * is still defined and finite, but says little. Where all samples of a set are equal, as constant images give, its Gaussian is a point.
 *
 * @param featuresA [N, d], N >= 2. Not disposed.
 * @param featuresB [M, d], M >= 2. Not disposed.
 * @returns The distance, at least 0, in squared units of the features.
 * @throws Error when a set has fewer than two samples, d differs, or a feature is not finite.
 */
export function frechetDistance(
  featuresA: tf.Tensor2D | Rows,
  featuresB: tf.Tensor2D | Rows,
): number {
  const [a, b] = readPair("frechetDistance", { featuresA, featuresB });
  const gaussianA = fitGaussian(a, "featuresA");
  const gaussianB = fitGaussian(b, "featuresB");
  const meanTerm = gaussianA.mean.reduce(
    (sum, value, i) => sum + (value - (gaussianB.mean[i] as number)) ** 2,
    0,
  );
  const traceTerm =
    gaussianA.covariance.trace() +
    gaussianB.covariance.trace() -
    2 * traceOfRootProduct(gaussianA.covariance, gaussianB.covariance);
  // The trace term is a difference of numbers that cancel for equal sets; rounding may leave it just below zero.
  return Math.max(0, meanTerm + traceTerm);
}

function fitGaussian({ data, shape: [samples, dimensions] }: CheckedRows, what: string): Gaussian {
  if (samples < 2) {
    throw new Error(
      `frechetDistance: ${what} has ${samples} sample; a covariance needs at least 2.`,
    );
  }
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < data.length; i++)
    mean[i % dimensions] = (mean[i % dimensions] as number) + (data[i] as number) / samples;
  const sums = new Float64Array(dimensions * dimensions);
  const centred = new Float64Array(dimensions);
  for (let n = 0; n < samples; n++) {
    for (let i = 0; i < dimensions; i++)
      centred[i] = (data[n * dimensions + i] as number) - (mean[i] as number);
    addOuterProduct(sums, centred);
  }
  const lower = Matrix.from1DArray(dimensions, dimensions, sums).div(samples - 1);
  const covariance = Matrix.add(lower, lower.transpose()).sub(Matrix.diag(lower.diag()));
  return { mean, covariance };
}

/** The lower triangle of sums += v v^T, which is symmetric. Written by hand because it is all of the cost. */
function addOuterProduct(sums: Float64Array, v: Float64Array): void {
  const size = v.length;
  for (let i = 0; i < size; i++) {
    const left = v[i] as number;
    for (let j = 0, at = i * size; j <= i; j++, at++)
      sums[at] = (sums[at] as number) + left * (v[j] as number);
  }
}

/** tr((A^1/2 B A^1/2)^1/2): the product is symmetric, so its eigenvalues are real and at least 0. */
function traceOfRootProduct(a: Matrix, b: Matrix): number {
  const rootA = squareRoot(a);
  const product = rootA.mmul(b).mmul(rootA);
  return eigen(product).realEigenvalues.reduce(
    (sum, value) => sum + Math.sqrt(Math.max(0, value)),
    0,
  );
}

/** The symmetric square root of a symmetric positive semidefinite matrix. */
function squareRoot(matrix: Matrix): Matrix {
  const { eigenvectorMatrix, realEigenvalues } = eigen(matrix);
  const roots = realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)));
  return eigenvectorMatrix.clone().mulRowVector(roots).mmul(eigenvectorMatrix.transpose());
}

/** Rounding makes a product slightly asymmetric; the mean with its transpose is symmetric to the bit. */
function eigen(matrix: Matrix): EigenvalueDecomposition {
  return new EigenvalueDecomposition(Matrix.add(matrix, matrix.transpose()).mul(0.5), {
    assumeSymmetric: true,
  });
}
