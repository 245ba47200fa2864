/** Games of more than two networks: players, each of which moves all its networks by one optimizer. */
import * as tf from "../backend/tf";
import { isPure, pure } from "../compile/pure";
import { decisionsOf } from "./decisions";
import { requireImages, requireOwn } from "./guards";
import type { Step } from "./step";
import { lossAndGradients, trainableVariables } from "./updates";

/** Networks that learn together. */
export interface Player {
  /** How errors name it. */
  readonly name: string;
  readonly networks: readonly tf.LayersModel[];
  readonly optimizer: tf.Optimizer;
}

/** A part of what a player loses, and its weight in the sum. */
export interface Term {
  readonly loss: tf.Scalar;
  readonly weight: number;
}

/** What a player loses, by the names under which it is measured; what is undefined is left out. */
export type Terms = Readonly<Record<string, Term | undefined>>;

/** Losses by name, without their weights. */
type Losses = Record<string, tf.Scalar>;

/** A network's output as it is while training; a frozen network's as it is after training. */
export function play(model: tf.LayersModel, ...inputs: readonly tf.Tensor[]): tf.Tensor[] {
  const given = inputs.length === 1 ? inputs[0]! : [...inputs];
  const output = model.apply(given, { training: model.trainable }) as tf.Tensor | tf.Tensor[];
  return Array.isArray(output) ? output : [output];
}

/** The only output of a network; see {@link play}. */
export function playOne(model: tf.LayersModel, ...inputs: readonly tf.Tensor[]): tf.Tensor {
  return play(model, ...inputs)[0]!;
}

/** A term, unless its weight is 0: then it is not even computed. */
export function weighted(weight: number, loss: () => tf.Scalar): Term | undefined {
  return weight === 0 ? undefined : { weight, loss: loss() };
}

const present = (terms: Terms): [string, Term][] =>
  Object.entries(terms).filter((entry): entry is [string, Term] => entry[1] !== undefined);

/**
 * Moves a player one step down the weighted sum of its terms. Frozen networks stay, and cost no gradients. To be called in a
 * tidy scope.
 *
 * @returns The terms before the step, without their weights.
 */
export function descend({ name, networks, optimizer }: Player, terms: () => Terms): Losses {
  const weights = networks.flatMap(trainableVariables);
  const seen: [string, tf.Scalar][] = [];
  const { grads } = lossAndGradients(() => {
    const entries = present(terms());
    for (const [term, { loss }] of entries) seen.push([term, tf.keep(tf.clone(loss))]);
    return entries
      .map(([, { loss, weight }]) => (weight === 1 ? loss : tf.mul<tf.Scalar>(loss, weight)))
      .reduce((sum, loss) => tf.add(sum, loss));
  }, weights);
  if (weights.length > 0) {
    requireOwn(optimizer, { name }, weights);
    optimizer.applyGradients(grads);
  }
  const losses = Object.fromEntries(seen.map(([term, loss]) => [term, tf.clone(loss)]));
  tf.dispose(seen.map(([, loss]) => loss));
  return losses;
}

/** What generators made, by name. */
export type Made = Readonly<Record<string, tf.Tensor>>;

/** The rules of a game of two players, generators and discriminators. */
export interface Rules<B> {
  readonly generators: Player;
  readonly discriminators: Player;
  /** Makes images of a batch, and says what the generators lose by them. */
  readonly generate: (batch: B) => { readonly made: Made; readonly terms: Terms };
  /** What the discriminators lose, given what was made. Not asked where there are none. */
  readonly judge: (batch: B, made: Made) => Terms;
}

/** One step of each player: the generators', then the discriminators' on what was made before that. */
function takeTurns<B>({ generators, discriminators, generate, judge }: Rules<B>, batch: B): Losses {
  const kept: Record<string, tf.Tensor> = {};
  const ofGenerators = descend(generators, () => {
    const { made, terms } = generate(batch);
    for (const [name, images] of Object.entries(made)) kept[name] = tf.keep(tf.clone(images));
    return terms;
  });
  const plays = discriminators.networks.length > 0;
  const ofDiscriminators = plays ? descend(discriminators, () => judge(batch, kept)) : {};
  tf.dispose(Object.values(kept));
  return { ...ofGenerators, ...ofDiscriminators };
}

/** What a batch's tensor must be: its name, and the shape of a sample that the networks take. */
export interface Wanted {
  readonly name: string;
  readonly tensor: tf.Tensor;
  readonly shape: tf.Shape;
}

/**
 * Refuses a batch that networks cannot take.
 *
 * @throws Error for another shape, or another number of samples than the first tensor has; RangeError for images outside [-1, 1].
 */
export function requireSamples(
  wanted: readonly Wanted[],
  { where, step }: { readonly where: string; readonly step: number },
): void {
  for (const { name, tensor, shape } of wanted) {
    const count = wanted[0]!.tensor.shape[0];
    const sample = tensor.shape.slice(1).join(", ");
    if (sample !== shape.slice(1).join(", ") || tensor.shape[0] !== count)
      throw new Error(
        `${where}: the batch's "${name}" must be [${[count, ...shape.slice(1)].join(", ")}], got [${tensor.shape.join(", ")}]. ` +
          "Give images of the size that the networks were built for, as many of each kind.",
      );
    requireImages(tensor, `${where}: "${name}"`, step);
  }
}

/** What {@link turns} is told of a game. */
export interface TurnsOptions<B> {
  /** Asked at each step, so that what of the game changes between two steps is followed. */
  readonly rules: () => Rules<B>;
  readonly requires: NonNullable<Step<B>["requires"]>;
  /** What the game's maker wrote as code. */
  readonly objective: object;
  /** The numbers by which the step is made. */
  readonly settings: Readonly<Record<string, number>>;
}

/** A step of a game of two players, each of which moves once; what is measured is from before that. */
export function turns<B, M>(
  game: object,
  { rules, requires, objective, settings }: TurnsOptions<B>,
): Step<B, M & Losses> {
  const take = ([batch]: readonly B[]): M & Losses =>
    tf.tidy(() => takeTurns(rules(), batch as B)) as M & Losses;
  return {
    batches: 1,
    take: pure(take, settings),
    requires,
    decidesBy: () => decisionsOf(game),
    pure: isPure(objective) || undefined,
  };
}

/** The mean absolute difference. */
export const absoluteDifference = (a: tf.Tensor, b: tf.Tensor): tf.Scalar =>
  tf.mean(tf.abs(tf.sub(a, b)));

/** The mean squared difference. */
export const squaredDifference = (a: tf.Tensor, b: tf.Tensor): tf.Scalar =>
  tf.mean(tf.square(tf.sub(a, b)));
