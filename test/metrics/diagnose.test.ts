import assert from "node:assert/strict";
import { before, test } from "node:test";
import { diagnose, diagnosisLimits, ready, type RunFigures, type Verdict } from "gan-lib";
import { play, recipes } from "./sickGames";

before(ready);

const wanted: Record<keyof typeof recipes, Verdict> = {
  "equal players": "healthy",
  "a generator five times as often and as fast": "mode collapse",
  "the minimax loss against a discriminator that is trained first": "saturated discriminator",
  "learning rates of 1": "divergence",
  "a critic that nothing holds": "divergence",
};

for (const [name, recipe] of Object.entries(recipes)) {
  test(`a run of ${name}: ${wanted[name as keyof typeof recipes]}`, () => {
    const figures = play(recipe(), 1);
    const { verdict, evidence, advice } = diagnose(figures);
    assert.equal(verdict, wanted[name as keyof typeof recipes], JSON.stringify(figures));
    assert.ok(evidence.length > 0 && advice.length > 0);
  });
}

const healthy: RunFigures = {
  coverage: { covered: 8, modes: 8 },
  diversity: 1,
  spread: 1,
  quality: 0.9,
  accuracy: { real: 0.6, fake: 0.7 },
  gradientNorms: { generator: 0.2, discriminator: 0.3 },
  losses: { generator: 0.7, discriminator: 1.3 },
};
const of = (figures: RunFigures): Verdict => diagnose({ ...healthy, ...figures }).verdict;

test("each figure has its limit, and is judged on its own", () => {
  const { explodedNorm, sureAccuracy, vanishedNorm, copies, onePart, quality, toldApart } =
    diagnosisLimits;
  assert.equal(of({}), "healthy");
  assert.equal(of({ losses: { generator: Infinity, discriminator: 1 } }), "divergence");
  assert.equal(of({ gradientNorms: { generator: 1, discriminator: NaN } }), "divergence");
  assert.deepEqual(
    [
      of({ gradientNorms: { generator: explodedNorm, discriminator: 1 } }),
      of({ gradientNorms: { generator: 1.1 * explodedNorm, discriminator: 1 } }),
    ],
    ["healthy", "divergence"],
  );
  assert.deepEqual(
    [of({ diversity: copies }), of({ diversity: 0.9 * copies })],
    ["healthy", "mode collapse"],
  );
  assert.deepEqual(
    [of({ spread: onePart }), of({ spread: 0.9 * onePart })],
    ["healthy", "mode collapse"],
  );
  assert.deepEqual(
    [of({ quality }), of({ quality: 0.9 * quality })],
    ["healthy", "unlike the data"],
  );
  assert.deepEqual(
    [of({ coverage: { covered: 7, modes: 8 } }), of({ coverage: { covered: 4, modes: 8 } })],
    ["missing modes", "mode collapse"],
  );
  assert.deepEqual(
    [
      of({ coverage: { covered: 99, classes: 100 } }),
      of({ coverage: { covered: 5, classes: 10 } }),
    ],
    ["healthy", "mode collapse"],
  );
  const sure = {
    accuracy: { real: sureAccuracy, fake: 1 },
    gradientNorms: { generator: 0.9 * vanishedNorm, discriminator: 0.001 },
  };
  assert.equal(of(sure), "saturated discriminator");
  assert.equal(of({ ...sure, accuracy: { real: 1, fake: 0.9 } }), "healthy");
  // sure, but the generator's gradient is there
  assert.equal(of({ accuracy: { real: 1, fake: 1 } }), "unlike the data");
  assert.deepEqual(
    [of({ accuracy: { real: 1, fake: toldApart } }), of({ accuracy: { real: 1, fake: 0.94 } })],
    ["unlike the data", "healthy"],
  );
});

test("what explains the rest comes first", () => {
  const collapsed: RunFigures = {
    diversity: 0.01,
    spread: 0.01,
    quality: 0.1,
    coverage: { covered: 1, modes: 8 },
  };
  const sure: RunFigures = {
    accuracy: { real: 1, fake: 1 },
    gradientNorms: { generator: 1e-5, discriminator: 1e-5 },
  };
  assert.equal(
    of({ ...collapsed, ...sure, losses: { generator: NaN, discriminator: NaN } }),
    "divergence",
  );
  assert.equal(of({ ...collapsed, ...sure }), "saturated discriminator");
  assert.equal(of(collapsed), "mode collapse");
  assert.equal(of({ quality: 0.1, coverage: { covered: 0, modes: 8 } }), "unlike the data");
});

test("the evidence is what shows the verdict, of a healthy run all that was measured; the text says all", () => {
  const { evidence, advice, text } = diagnose({
    ...healthy,
    diversity: 0.04,
    coverage: { covered: 1, modes: 8 },
  });
  assert.deepEqual(evidence, [
    "neighbours are 0.04 times as far apart as real ones",
    "1 of 8 modes are covered",
  ]);
  assert.ok([...evidence, ...advice, "mode collapse"].every((line) => text.includes(line)));
  assert.equal(diagnose(healthy).evidence.length, 7);
  assert.deepEqual(diagnose({ diversity: 1.2345 }).evidence, [
    "neighbours are 1.2 times as far apart as real ones",
  ]);
});

test("without a figure there is nothing to judge", () => {
  assert.throws(() => diagnose({}), /no figure to judge; give at least one/);
});
