/** The score that is Inception's where the classifier is Inception. */
import type * as tf from "../backend/tf";
import { readDistributions } from "./distributions";
import type { Rows } from "./rows";

/**
 * exp E[KL(p(y|x) || p(y))] (Salimans et al., arXiv 1606.03498, section 4): high where each sample is surely of a class and
 * the classes are equally frequent. It never sees the real data, nor anything within a class.
 *
 * It is the "Inception score" only for the Inception network; otherwise it must be named after its classifier.
 *
 * @param probabilities p(y|x), [N, K], each row a distribution over K classes. Not disposed.
 * @returns From 1 (all samples alike to the classifier) to K.
 * @throws Error when a row is not a distribution.
 */
export function classifierScore(probabilities: tf.Tensor2D | Rows): number {
  const {
    data,
    shape: [samples, classes],
  } = readDistributions("classifierScore", probabilities);
  const marginal = new Float64Array(classes);
  data.forEach((p, i) => (marginal[i % classes] = (marginal[i % classes] as number) + p / samples));
  const divergence = data.reduce(
    (sum, p, i) => sum + (p > 0 ? p * Math.log(p / (marginal[i % classes] as number)) : 0),
    0,
  );
  return Math.exp(divergence / samples);
}
