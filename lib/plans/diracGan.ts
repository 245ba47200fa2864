/** How far the Dirac-GAN gets from its equilibrium, by how its players are updated and what damps them. */
import type { Restorable } from "../checkpoint/save";
import { definePlan } from "../experiments/plan";
import { playCell } from "../experiments/resume";
import { createRandom } from "../ops/random";

/** Both players' learning rate. */
const LEARNING_RATE = 0.1;

/** The weight γ of the zero-centred gradient penalty. */
const PENALTY_WEIGHT = 1;

/**
 * The Dirac-GAN (Mescheder et al., arXiv 1801.04406, definition 2.1) with Wasserstein's objective, f(t) = t: the real
 * distribution is a point at 0, the generator's a point at θ, the discriminator is D(x) = ψx, and the equilibrium is
 * θ = ψ = 0. The penalty is R1 of equation 9, γ/2 ψ² here. A cell starts at a random point at the distance 1.
 */
export const diracGan = definePlan({
  name: "dirac-gan",
  description:
    "The distance of the Dirac-GAN from its equilibrium: simultaneous and alternating updates, without and with a zero-centred penalty.",
  version: 1,
  settings: { updates: ["simultaneous", "alternating"], penalty: ["none", "zero-centred"] },
  seeds: 5,
  steps: 200,
  figures: { distance: {}, farthest: {} },
  async run({ settings, seed, ...cell }) {
    const weight = settings.penalty === "none" ? 0 : PENALTY_WEIGHT;
    const angle = 2 * Math.PI * createRandom(seed).next();
    let [theta, psi, farthest] = [Math.cos(angle), Math.sin(angle), 1];
    const players: Restorable = {
      state: () => [theta, psi, farthest],
      restore: (saved) => ([theta, psi, farthest] = saved as [number, number, number]),
    };
    const takeStep = (step: number): { readonly step: number } => {
      const seen = theta;
      theta -= LEARNING_RATE * psi;
      psi += LEARNING_RATE * ((settings.updates === "alternating" ? theta : seen) - weight * psi);
      farthest = Math.max(farthest, Math.hypot(theta, psi));
      return { step };
    };
    const saved = { models: {}, optimizers: {}, streams: { players } };
    await playCell(cell, saved, function* (startAt) {
      for (let step = startAt + 1; step <= cell.steps; step++) yield takeStep(step);
    });
    return { distance: Math.hypot(theta, psi), farthest };
  },
});
