import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandom } from "gan-lib";
import { diracGan } from "gan-lib/dist/plans/diracGan";

/** What a cell measures, and the steps that it told of. */
async function run(
  updates: string,
  penalty: string,
  { seed = 1, steps = 200 } = {},
): Promise<Record<string, number> & { told: number[] }> {
  const told: number[] = [];
  const onProgress = async (step: number): Promise<void> => void told.push(step);
  const figures = await diracGan.run({
    settings: { updates, penalty },
    seed,
    steps,
    folder: "",
    onProgress,
  });
  return { ...figures, told } as Record<string, number> & { told: number[] };
}

/** A cell's starting point. */
function startOf(seed: number): [theta: number, psi: number] {
  const angle = 2 * Math.PI * createRandom(seed).next();
  return [Math.cos(angle), Math.sin(angle)];
}

function near(got: number | undefined, wanted: number): void {
  assert.ok(
    got !== undefined && Math.abs(got - wanted) < 1e-12 * Math.max(1, wanted),
    `got ${got}, wanted ${wanted}`,
  );
}

test("simultaneous updates move away by √(1 + 0.1²) a step, from any start", async () => {
  for (const seed of [1, 2, 3]) {
    const { distance, farthest, told } = await run("simultaneous", "none", { seed });
    near(distance, 1.01 ** 100);
    near(farthest, 1.01 ** 100);
    assert.deepEqual(
      told,
      Array.from({ length: 200 }, (_, index) => index + 1),
    );
  }
});

test("alternating updates keep θ² + ψ² - 0.1 θψ: they circle, on an ellipse", async () => {
  const [theta, psi] = startOf(4);
  const kept = theta ** 2 + psi ** 2 - 0.1 * theta * psi;
  const { farthest } = await run("alternating", "none", { seed: 4, steps: 10_000 });
  // The ellipse's far end, where θ = ψ: r² (1 - 0.05) is what is kept.
  assert.ok(
    farthest !== undefined &&
      farthest <= Math.sqrt(kept / 0.95) + 1e-9 &&
      farthest > 0.999 * Math.sqrt(kept / 0.95),
    `${farthest}`,
  );
});

test("one step with the penalty is the one computed by hand", async () => {
  const [theta, psi] = startOf(1);
  near(
    (await run("simultaneous", "zero-centred", { steps: 1 }))["distance"],
    Math.hypot(theta - 0.1 * psi, 0.9 * psi + 0.1 * theta),
  );
  const moved = theta - 0.1 * psi;
  near(
    (await run("alternating", "zero-centred", { steps: 1 }))["distance"],
    Math.hypot(moved, 0.9 * psi + 0.1 * moved),
  );
});

test("with the penalty the distance falls as fast as the largest eigenvalue says", async () => {
  // [[1, -0.1], [0.1, 0.9]] has the eigenvalues 0.95 ± 0.0866i, of modulus √0.91; alternating updates have √0.9.
  const rate = async (updates: string): Promise<number> => {
    const [first, second] = [
      await run(updates, "zero-centred", { steps: 100 }),
      await run(updates, "zero-centred", { steps: 2000 }),
    ];
    return ((second["distance"] ?? NaN) / (first["distance"] ?? NaN)) ** (1 / 1900);
  };
  for (const [updates, wanted] of [
    ["simultaneous", Math.sqrt(0.91)],
    ["alternating", Math.sqrt(0.9)],
  ] as const) {
    assert.ok(
      Math.abs((await rate(updates)) - wanted) < 1e-4,
      `${updates}: ${await rate(updates)}, wanted ${wanted}`,
    );
  }
});
