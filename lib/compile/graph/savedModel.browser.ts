/**
 * What stands for `savedModel.ts` in a browser, where no backend has graphs: see "browser" in package.json.
 *
 * @throws Error always; `compile` runs a step as it is before it comes to this.
 */
export function loadGraph(): never {
  throw new Error("compile: graphs need TensorFlow's native library, which no browser has.");
}
