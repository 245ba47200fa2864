/** Every objective with every regularizer and constraint: 50 compiled steps beside 50 eager ones. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  gradientPenalty,
  r1,
  ready,
  tf,
  trainSteps,
  updateDiscriminator,
  updateGenerator,
  weightClipping,
  type Batch,
  type Game,
} from "gan-lib";
import { objectives } from "../objectives/all";
import { tinyBatches, tinyGame, weightsOf } from "./tinyGame";

before(ready);

/** In a graph, Adam is one kernel, whose rounding is another; weights here are up to about 1. */
const TOLERANCE = 1e-4;

const additions: Record<string, () => Partial<Game>> = {
  "no regularizer": () => ({}),
  "gradient penalty": () => ({ regularizers: [gradientPenalty({ weight: 10 })] }),
  R1: () => ({ regularizers: [r1({ weight: 1 })] }),
  "weight clipping": () => ({ constraints: [weightClipping({ limit: 0.05 })] }),
};

function trainEagerly(game: Game, steps: number): void {
  const batches = tinyBatches();
  for (let step = 0; step < steps; step++) {
    tf.tidy(() => {
      const batch = batches.next().value as Batch;
      updateDiscriminator(game, batch);
      updateGenerator(game, batch);
    });
  }
}

const allWeights = ({ generator, discriminator }: Game): number[] => [
  ...weightsOf(generator),
  ...weightsOf(discriminator),
];

for (const objective of objectives) {
  for (const [name, addition] of Object.entries(additions)) {
    test(`${objective.name} with ${name}: compiled steps are eager steps, to ${TOLERANCE}`, () => {
      const [compiled, eager] = [0, 1].map(() => ({ ...tinyGame(), objective, ...addition() })) as [
        Game,
        Game,
      ];
      const untrained = allWeights(compiled);
      assert.equal([...trainSteps(compiled, tinyBatches(), { steps: 50 })].length, 50);
      trainEagerly(eager, 50);
      const wanted = allWeights(eager);
      const furthest = Math.max(
        ...allWeights(compiled).map((value, i) => Math.abs(value - (wanted[i] as number))),
      );
      assert.ok(furthest <= TOLERANCE, `off by ${furthest}`);
      assert.notDeepEqual(allWeights(compiled), untrained);
    });
  }
}
