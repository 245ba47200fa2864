/** A round of "real or fake?": a person's answers, scored. */
import type { IntervalEstimate } from "../metrics/intervals";
import { shareInterval } from "../metrics/intervals";

/** What {@link scoreRealOrFake} counts. */
export interface RealOrFakeScore extends IntervalEstimate {
  /** How many answers are right. */
  readonly right: number;
  readonly pictures: number;
  /** How many real pictures were called fake, and fake ones real. */
  readonly realCalledFake: number;
  readonly fakeCalledReal: number;
}

/**
 * Scores answers to "real or fake?": the share of right ones with Wilson's interval of 95 %. One half is guessing.
 *
 * @param answers A letter a picture, "r" for real and "f" for fake, in either case; spaces are passed over: "rffr frrf".
 * @param isReal The truth, for each picture.
 * @throws Error when there is another letter, or not one for each picture.
 */
export function scoreRealOrFake(answers: string, isReal: readonly boolean[]): RealOrFakeScore {
  const letters = Array.from(answers.toLowerCase().replace(/\s/g, ""));
  const other = letters.find((letter) => letter !== "r" && letter !== "f");
  if (other !== undefined)
    throw new Error(`scoreRealOrFake: answer with "r" for real and "f" for fake, got "${other}".`);
  if (letters.length !== isReal.length) {
    throw new Error(
      `scoreRealOrFake: there are ${isReal.length} pictures, got ${letters.length} answers. Write one letter for each, row by row.`,
    );
  }
  const realCalledFake = letters.filter((letter, i) => isReal[i] === true && letter === "f").length;
  const fakeCalledReal = letters.filter(
    (letter, i) => isReal[i] === false && letter === "r",
  ).length;
  const right = letters.length - realCalledFake - fakeCalledReal;
  return {
    right,
    pictures: letters.length,
    realCalledFake,
    fakeCalledReal,
    ...shareInterval(right, letters.length),
  };
}
