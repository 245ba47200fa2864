/** tf.js itself, on whichever backend `load.ts` found. Everything in gan-lib imports tf from here. */
import "./load";

export * from "@tensorflow/tfjs";
