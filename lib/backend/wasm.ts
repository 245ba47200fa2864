/** What makes tf.js's WebAssembly backend fit to train dense networks. */
import type * as tfjs from "@tensorflow/tfjs";

interface Disposer {
  disposeData(dataId: object): boolean;
}

/**
 * Gives the wasm backend a matrix product that transposes first. Its own multiplies by the fast path only
 * untransposed matrices, and every gradient of a dense layer transposes one of the two: a training step of
 * an MLP takes several times as long that way.
 */
export function useFastTransposedProducts(tf: typeof tfjs): void {
  const product = tf.getKernel("BatchMatMul", "wasm");
  const transpose = tf.getKernel("Transpose", "wasm");
  tf.unregisterKernel("BatchMatMul", "wasm");
  tf.registerKernel({
    ...product,
    kernelFunc: ({ inputs, backend, attrs }) => {
      const made: tfjs.TensorInfo[] = [];
      const straighten = (matrix: tfjs.TensorInfo, transposed: unknown): tfjs.TensorInfo => {
        if (transposed !== true) return matrix;
        const rank = matrix.shape.length;
        const perm = [...Array(rank - 2).keys(), rank - 1, rank - 2];
        const result = transpose.kernelFunc({
          inputs: { x: matrix },
          backend,
          attrs: { perm },
        }) as tfjs.TensorInfo;
        made.push(result);
        return result;
      };
      const a = straighten(inputs["a"] as tfjs.TensorInfo, attrs?.["transposeA"]);
      const b = straighten(inputs["b"] as tfjs.TensorInfo, attrs?.["transposeB"]);
      const result = product.kernelFunc({
        inputs: { a, b },
        backend,
        attrs: { transposeA: false, transposeB: false },
      });
      for (const { dataId } of made) (backend as Disposer).disposeData(dataId);
      return result;
    },
  });
}
