import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

/** Products on WebAssembly with each operand transposed or not, and the product itself, as JSON. */
const PRODUCTS = `
  const { createRandom, ready, tf } = require("gan-lib");
  (async () => {
    await ready();
    const a = createRandom(1).normal([2, 3, 5]);
    const b = createRandom(2).normal([2, 5, 4]);
    const [ta, tb] = [tf.transpose(a, [0, 2, 1]), tf.transpose(b, [0, 2, 1])];
    const before = tf.memory();
    const products = [[a, b, false, false], [ta, b, true, false], [a, tb, false, true], [ta, tb, true, true]]
      .map((operands) => tf.tidy(() => Array.from(tf.matMul(...operands).dataSync())));
    const gradient = Array.from(tf.grad((x) => tf.sum(tf.square(tf.matMul(x, b))))(a).dataSync());
    console.log(JSON.stringify({ products, gradient, leaked: tf.memory().numDataBuffers - before.numDataBuffers }));
  })();`;

function productsOn(backend: string): { products: number[][]; gradient: number[]; leaked: number } {
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", PRODUCTS], {
    encoding: "utf8",
    env: { ...process.env, GAN_BACKEND: backend },
  });
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout) as ReturnType<typeof productsOn>;
}

const close = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => Math.abs(value - (b[i] as number)) < 1e-4);

test("matrix products and their gradients on WebAssembly are those of the native backend, transposed or not", () => {
  const [wasm, native] = [productsOn("wasm"), productsOn("")];
  for (const product of wasm.products)
    assert.ok(close(product, native.products[0] as number[]), String(product));
  assert.ok(close(wasm.gradient, native.gradient));
});

test("the transposed copies are freed", () => {
  assert.equal(productsOn("wasm").leaked, productsOn("").leaked);
});
