import { createHash } from "node:crypto";

/** A number in [0, 1) that each text has once and for all: which split an example belongs to, in which order examples come. */
export const lotOf = (text: string): number =>
  createHash("sha256").update(text).digest().readUInt32BE() / 2 ** 32;
