/** What a run looks like from a few figures of it, and what to try. */

/** Modes or classes that samples cover: what `mixtureCoverage`, `stackedCoverage` and `classCoverage` return. */
type Coverage = { readonly covered: number } & (
  { readonly modes: number } | { readonly classes: number }
);

/** Figures of a running game; whichever there are. `probeGame` measures the last three. */
export interface RunFigures {
  /** Of how many modes or classes the samples cover how many. */
  readonly coverage?: Coverage;
  /** `relativeDiversity` of real and generated samples: about 1 where these differ from one another as real ones do. */
  readonly diversity?: number;
  /** `relativeDiversity` with the neighbour half of the set away: whether the samples as a whole reach as far as the data. */
  readonly spread?: number;
  /** The share of the samples that look real, such as `highQuality` of `mixtureCoverage`, in [0, 1]. */
  readonly quality?: number;
  /** The shares of real and of generated samples that the discriminator judges rightly, in [0, 1]; leave it out for a critic. */
  readonly accuracy?: { readonly real: number; readonly fake: number };
  readonly gradientNorms?: { readonly generator: number; readonly discriminator: number };
  readonly losses?: { readonly generator: number; readonly discriminator: number };
}

export type Verdict =
  | "divergence"
  | "saturated discriminator"
  | "mode collapse"
  | "unlike the data"
  | "missing modes"
  | "healthy";

/** What {@link diagnose} finds. */
export interface Diagnosis {
  readonly verdict: Verdict;
  /** The figures that say so, in words; of a healthy run, all. */
  readonly evidence: readonly string[];
  /** What to try. */
  readonly advice: readonly string[];
  /** All of it as lines for a person. */
  readonly text: string;
}

/**
 * Where a figure becomes a sign. In runs of small networks on a ring of Gaussians (test/metrics/diagnose.test.ts) healthy and
 * sick ones lie at least a factor of two from these on either side; on other data look at the figures as well as at the verdict.
 */
export const diagnosisLimits = {
  /** A longer gradient has exploded. */
  explodedNorm: 1000,
  /** A discriminator that judges at least this share of both real and generated samples rightly is sure … */
  sureAccuracy: 0.99,
  /** … and the generator learns nothing from it once its gradient is shorter than this. */
  vanishedNorm: 0.01,
  /** Samples with less diversity are copies of a few. */
  copies: 0.1,
  /** Samples with less spread lie in one part of the data. */
  onePart: 0.35,
  /** A smaller share of good samples is no generator yet. */
  quality: 0.5,
  /** A discriminator that judges at least this share of both real and generated samples rightly tells them apart. */
  toldApart: 0.95,
  /** No more than this share of the modes is a collapse. */
  collapsedShare: 0.5,
  /** Below this share some modes are missing. */
  completeShare: 0.95,
} as const;

const say = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(2))) : String(value);
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

function shareOf(coverage: Coverage): { share: number; said: string } {
  const all = "modes" in coverage ? coverage.modes : coverage.classes;
  return {
    share: coverage.covered / all,
    said: `${coverage.covered} of ${all} ${"modes" in coverage ? "modes" : "classes"} are covered`,
  };
}

/** Each figure in words, or nothing where it was not measured. */
const SAID = {
  losses: ({ losses: l }: RunFigures) =>
    l &&
    `the losses are ${say(l.generator)} (generator) and ${say(l.discriminator)} (discriminator)`,
  norms: ({ gradientNorms: n }: RunFigures) =>
    n &&
    `the gradients have the lengths ${say(n.generator)} (generator) and ${say(n.discriminator)} (discriminator)`,
  accuracy: ({ accuracy: a }: RunFigures) =>
    a &&
    `the discriminator knows ${percent(a.real)} of the real and ${percent(a.fake)} of the generated samples`,
  coverage: ({ coverage: c }: RunFigures) => c && shareOf(c).said,
  diversity: ({ diversity: d }: RunFigures) =>
    d !== undefined && `neighbours are ${say(d)} times as far apart as real ones`,
  spread: ({ spread: s }: RunFigures) =>
    s !== undefined && `the samples reach ${say(s)} times as far as real ones`,
  quality: ({ quality: q }: RunFigures) =>
    q !== undefined && `${percent(q)} of the samples look real`,
};

interface Sign {
  readonly verdict: Verdict;
  readonly figures: readonly (keyof typeof SAID)[];
  /** Whether the figures show it; a figure that is no number shows divergence, and nothing else. */
  readonly shows: (figures: RunFigures) => boolean;
}

const both = (
  pair: { generator: number; discriminator: number } | undefined,
  test: (value: number) => boolean,
): boolean => pair === undefined || (test(pair.generator) && test(pair.discriminator));
const LIMITS = diagnosisLimits;

/** In this order: a game that diverged may also have collapsed, but its samples say nothing of why. */
const SIGNS: readonly Sign[] = [
  {
    verdict: "divergence",
    figures: ["losses"],
    shows: ({ losses }) => !both(losses, Number.isFinite),
  },
  {
    verdict: "divergence",
    figures: ["norms"],
    shows: ({ gradientNorms }) => !both(gradientNorms, (norm) => norm <= LIMITS.explodedNorm),
  },
  {
    verdict: "saturated discriminator",
    figures: ["accuracy", "norms"],
    shows: ({ accuracy: a, gradientNorms: n }) =>
      a !== undefined &&
      n !== undefined &&
      Math.min(a.real, a.fake) >= LIMITS.sureAccuracy &&
      n.generator < LIMITS.vanishedNorm,
  },
  {
    verdict: "mode collapse",
    figures: ["diversity"],
    shows: ({ diversity = 1 }) => diversity < LIMITS.copies,
  },
  {
    verdict: "mode collapse",
    figures: ["spread"],
    shows: ({ spread = 1 }) => spread < LIMITS.onePart,
  },
  {
    verdict: "unlike the data",
    figures: ["quality"],
    shows: ({ quality = 1 }) => quality < LIMITS.quality,
  },
  {
    verdict: "unlike the data",
    figures: ["accuracy"],
    shows: ({ accuracy: a }) => a !== undefined && Math.min(a.real, a.fake) >= LIMITS.toldApart,
  },
  {
    verdict: "mode collapse",
    figures: ["coverage"],
    shows: ({ coverage: c }) => c !== undefined && shareOf(c).share <= LIMITS.collapsedShare,
  },
  {
    verdict: "missing modes",
    figures: ["coverage"],
    shows: ({ coverage: c }) => c !== undefined && shareOf(c).share < LIMITS.completeShare,
  },
];

const ADVICE: Readonly<Record<Verdict, readonly string[]>> = {
  divergence: [
    "Make both learning rates smaller, tenfold first.",
    "Hold the discriminator: spectral normalisation, R1 or a gradient penalty; a Wasserstein critic needs one of them or clipping.",
    "Start again from new weights: these will not recover.",
  ],
  "saturated discriminator": [
    "Take the non-saturating loss for the generator, or a Wasserstein one.",
    "Slow the discriminator down: fewer updates a step, a smaller learning rate, fewer units.",
    "Blur what it sees: noise on real and generated samples, or one-sided label smoothing.",
  ],
  "mode collapse": [
    "Let the discriminator keep up: fewer generator updates a step, a smaller learning rate of the generator.",
    "Let it see many samples at once: packing (PacGAN), minibatch standard deviation or minibatch discrimination.",
    "Take a Wasserstein loss with a gradient penalty, or unroll the discriminator.",
  ],
  "unlike the data": [
    "Train on: early in a run this is how it looks.",
    "Later in a run: more units in both networks, or a smaller learning rate of the generator.",
  ],
  "missing modes": [
    "Train on, and see whether they come; count with more samples, since rare modes may have none by chance.",
    "Then as for mode collapse: packing, or a gradient penalty.",
  ],
  healthy: ["Go on."],
};

function inWords(figures: RunFigures, names: readonly (keyof typeof SAID)[]): string[] {
  return names
    .map((name) => SAID[name](figures))
    .filter((said): said is string => typeof said === "string");
}

/**
 * Says what a run looks like. It judges the figures alone, by {@link diagnosisLimits}, and knows nothing of the past: an untrained
 * generator, whose samples are alike, looks collapsed.
 *
 * @param figures At least one; what was not measured shows nothing.
 * @throws Error when there is no figure.
 */
export function diagnose(figures: RunFigures): Diagnosis {
  const all = inWords(figures, Object.keys(SAID) as (keyof typeof SAID)[]);
  if (all.length === 0)
    throw new Error(
      "diagnose: there is no figure to judge; give at least one, such as { diversity: relativeDiversity(real, fake) }.",
    );
  const shown = SIGNS.filter(({ shows }) => shows(figures));
  const verdict = shown[0]?.verdict ?? "healthy";
  const evidence =
    verdict === "healthy"
      ? all
      : [
          ...new Set(
            shown
              .filter((sign) => sign.verdict === verdict)
              .flatMap((sign) => inWords(figures, sign.figures)),
          ),
        ];
  const advice = ADVICE[verdict];
  return {
    verdict,
    evidence,
    advice,
    text: [
      `This looks like: ${verdict}`,
      ...evidence.map((line) => `  because ${line}`),
      ...advice.map((line) => `  to try: ${line}`),
    ].join("\n"),
  };
}
