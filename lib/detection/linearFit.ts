/** Two ways to find weights that tell two classes apart: logistic and ridge regression. */
import { EigenvalueDecomposition, Matrix, solve } from "ml-matrix";

/** logit = weights · features + bias; positive speaks for the class 1. */
export interface LinearWeights {
  readonly weights: readonly number[];
  readonly bias: number;
}

/** Rows of features, and the class 0 or 1 of each. */
export interface LabelledRows {
  readonly rows: Matrix;
  readonly labels: readonly number[];
}

/** The logistic function. */
function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

const MOST_STEPS = 50;
const TOLERANCE = 1e-9;

/**
 * Logistic regression by Newton's method: the weights and bias that minimise the sum of cross-entropies plus
 * `penalty` / 2 times the squared weights (not the bias).
 *
 * @param penalty Above 0, so that there is a minimum where a plane separates the classes. Default 1.
 */
export function fitLogistic({ rows, labels }: LabelledRows, penalty = 1): LinearWeights {
  const columns = rows.columns + 1;
  const inputs = rows.clone().addColumn(rows.columns, Matrix.ones(rows.rows, 1));
  const ridge = Matrix.diag(
    Array.from({ length: columns }, (_, i) => (i < rows.columns ? penalty : TOLERANCE)),
  );
  let solution = Matrix.zeros(columns, 1);
  for (let step = 0; step < MOST_STEPS; step++) {
    const shares = inputs.mmul(solution).to1DArray().map(logistic);
    const gradient = inputs
      .transpose()
      .mmul(Matrix.columnVector(shares.map((share, i) => share - labels[i]!)))
      .add(ridge.mmul(solution));
    const curvature = inputs.clone().mulColumnVector(shares.map((share) => share * (1 - share)));
    const move = solve(inputs.transpose().mmul(curvature).add(ridge), gradient);
    solution = Matrix.sub(solution, move);
    if (move.norm() < TOLERANCE * (1 + solution.norm())) break;
  }
  const weights = solution.to1DArray();
  return { weights: weights.slice(0, -1), bias: weights[columns - 1]! };
}

/** Penalties that ridge regression chooses from, for each image: from hardly any to very strong. */
const PENALTIES = [1e-4, 1e-3, 1e-2, 1e-1, 1, 10];

/**
 * Ridge regression of -1 and 1 on rows with mean 0, for the penalty with the least squared error of predictions for rows that are
 * left out one by one (Golub, Heath and Wahba, Technometrics 21, 1979; no fit is repeated for it). A value is no probability, so
 * the logistic curve through those predictions makes it one (Platt, 1999).
 */
export function fitRidge({ rows, labels }: LabelledRows): LinearWeights {
  const targets = labels.map((label) => 2 * label - 1);
  const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    rows.transpose().mmul(rows),
    { assumeSymmetric: true },
  );
  const turned = rows.mmul(eigenvectorMatrix); // in the axes of the eigenvectors each weight has its own equation
  const products = turned
    .transpose()
    .mmul(Matrix.columnVector(targets.map((target) => target - mean)))
    .to1DArray();
  const candidates = PENALTIES.map((penalty) => {
    const inverse = realEigenvalues.map(
      (value) => 1 / (Math.max(0, value) + penalty * targets.length),
    );
    const solution = products.map((product, i) => product * inverse[i]!);
    const fitted = turned.mmul(Matrix.columnVector(solution)).to1DArray();
    const leverage = turned
      .to2DArray()
      .map((row) => row.reduce((sum, x, i) => sum + x * x * inverse[i]!, 1 / targets.length));
    const leftOut = targets.map(
      (target, i) => target - (target - mean - fitted[i]!) / (1 - leverage[i]!),
    );
    const error = leftOut.reduce((sum, value, i) => sum + (value - targets[i]!) ** 2, 0);
    return { solution, leftOut, error };
  });
  const best = candidates.reduce((least, one) => (one.error < least.error ? one : least));
  const curve = fitLogistic({ rows: Matrix.columnVector(best.leftOut), labels }, 1e-3);
  const scale = curve.weights[0]!;
  const weights = eigenvectorMatrix.mmul(Matrix.columnVector(best.solution)).to1DArray();
  return { weights: weights.map((weight) => scale * weight), bias: scale * mean + curve.bias };
}
