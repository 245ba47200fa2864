/** The gan-lib that is measured: this project's, or for the contender `before` that of the checkout in GAN_BENCH_BEFORE. */
import { createRequire } from "node:module";
import path from "node:path";

const [, , contender] = process.argv;
const other = path.join(process.env.GAN_BENCH_BEFORE ?? "", "lib", "dist", "index.js");

/** @type {typeof import("gan-lib")} */
export const gan = createRequire(import.meta.url)(contender === "before" ? other : "gan-lib");
