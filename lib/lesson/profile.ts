/** How much a lesson computes: for tests, for the learner, or at the paper's scale. */
export type Profile = "quick" | "standard" | "full";

/** All profiles, from the cheapest on. */
export const PROFILES: readonly Profile[] = ["quick", "standard", "full"];

/** One value for each profile. */
export type PerProfile<T> = Readonly<Record<Profile, T>>;

function isProfile(text: string): text is Profile {
  return (PROFILES as readonly string[]).includes(text);
}

/**
 * The profile to run: the environment's LESSON_PROFILE, else what the notebook asks for, else "standard".
 *
 * @throws Error when either is not one of the three.
 */
export function chooseProfile(asked?: string): Profile {
  const fromEnvironment = process.env["LESSON_PROFILE"];
  const chosen = fromEnvironment ?? asked ?? "standard";
  if (isProfile(chosen)) return chosen;
  const source =
    fromEnvironment === undefined
      ? "The option `profile`"
      : "The environment variable LESSON_PROFILE";
  throw new Error(`${source} must be one of ${PROFILES.join(", ")}; got "${chosen}".`);
}

/**
 * The seed of all random streams of a lesson: the environment's LESSON_SEED, else what the notebook asks for, else 1.
 *
 * @throws Error when it is not a whole number of at least 0.
 */
export function chooseSeed(asked = 1): number {
  const text = process.env["LESSON_SEED"] ?? String(asked);
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new Error(
    `The seed of a lesson (LESSON_SEED, or the option \`seed\`) must be a whole number of at least 0; got "${text}".`,
  );
}
