/** What makes a run the run that it is: with anything else of this it is another one. */
import { createHash } from "node:crypto";
import { ganLibVersion } from "../backend/environment";
import { describeModel } from "../checkpoint/model";
import { describeOptimizer } from "../checkpoint/optimizer";
import type { Checkpointable } from "../checkpoint/save";
import { settingsOf } from "../compile/pure";
import type { Game } from "../training/game";
import type { LessonRun } from "./report";

/** By what it is called: a number or a text as it is, and a sum for what is too long to say. */
export type RunIdentity = Readonly<Record<string, string | number>>;

const SUM = "sum ";

const sumOf = (value: unknown): string =>
  SUM +
  createHash("sha256")
    .update(JSON.stringify([value]))
    .digest("hex")
    .slice(0, 16);

/** The text of all functions of a value, and the settings that they were made by. */
function codeOf(value: unknown): unknown {
  if (typeof value === "function") return [value.toString(), settingsOf(value)];
  if (Array.isArray(value)) return value.map(codeOf);
  if (typeof value !== "object" || value === null) return value;
  return [settingsOf(value), ...Object.entries(value).map(([key, part]) => [key, codeOf(part)])];
}

/** The code of a game: what of it is neither a network nor an optimizer nor a stream. */
function codeOfGame({ objective, regularizers, constraints, latent, view }: Game): unknown {
  return codeOf([objective, regularizers, constraints, latent, view]);
}

/** A record's numbers and texts by their paths, such as "hyperparameters.beta1". */
function flat(value: unknown, place: string): [string, string][] {
  if (typeof value !== "object" || value === null) {
    return typeof value === "function" ? [[place, sumOf(codeOf(value))]] : [[place, String(value)]];
  }
  return Object.entries(value).flatMap(([key, part]) => flat(part, `${place}.${key}`));
}

/** What a run is told by. */
export interface Told {
  readonly lesson: LessonRun;
  readonly run: Checkpointable;
  /** The games that it plays. */
  readonly games: readonly Game[];
  /** What is trained, where that is code of its own. */
  readonly step: unknown;
  /** The numbers of the loop, and those that the lesson chose. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What makes a run the run that it is. */
export function identityOf({ lesson, run, games, step, settings }: Told): RunIdentity {
  const { profile, seed, backend } = lesson;
  const networks = Object.entries(run.models).map(([name, model]) => [
    `the network ${name}`,
    sumOf(describeModel(name, model).layers),
  ]);
  const optimizers = Object.entries(run.optimizers).map(([name, optimizer]) => {
    const { className, config } = describeOptimizer(name, optimizer);
    return [name, `${className} ${JSON.stringify(config)}`];
  });
  return {
    "gan-lib": ganLibVersion(),
    profile,
    seed,
    backend,
    ...Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => flat(value, name))),
    ...(Object.fromEntries([...networks, ...optimizers]) as Record<string, string>),
    "what is kept": Object.keys(run.streams).sort().join(", "),
    "the code of the game": sumOf(games.map(codeOfGame)),
    "the code of the step": sumOf(codeOf(step)),
  };
}

/** What differs between two runs, in words; empty where they are the same. */
export function differences(now: RunIdentity, before: RunIdentity): string[] {
  const names = new Set([...Object.keys(now), ...Object.keys(before)]);
  return [...names]
    .filter((name) => now[name] !== before[name])
    .map((name) => {
      const [here, there] = [now, before].map((one) => String(one[name] ?? "none"));
      return here!.startsWith(SUM) || there!.startsWith(SUM)
        ? name
        : `${name} (${here!}, was ${there!})`;
    });
}
