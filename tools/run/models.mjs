/**
 * Trains, once, the networks that several lessons ask for: a lesson that had to train them or to wait for another would
 * cost more than it declares.
 */
import { createRequire } from "node:module";
import { inRoot } from "../setup/paths.mjs";

/** @type {typeof import("gan-lib")} */
const gan = createRequire(inRoot("package.json"))("gan-lib");

const classifier = await gan.digitClassifier("mnist");
console.log(classifier.name);
classifier.dispose();

for (const name of gan.detectedGenerators) {
  const generator = await gan.detectedGenerator(name);
  console.log(generator.name);
  generator.dispose();
}
