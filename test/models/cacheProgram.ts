/** A process that needs a network of a cache: `fork(…, ['{ "kind": "generator", "folder": … }'])`. */
import { backendName, ready } from "gan-lib/dist/backend/load";
import { weightsSum } from "gan-lib/dist/checkpoint/model";
import { mnist } from "gan-lib/dist/data/mnist";
import { classifierRecipe } from "gan-lib/dist/models/classifierRecipes";
import { classifierOf } from "gan-lib/dist/models/digitClassifier";
import { generatorRecipe, type GeneratorRecipe } from "gan-lib/dist/models/generatorRecipes";
import { generatorOf } from "gan-lib/dist/models/trainedGenerator";
import { mlpDiscriminator, mlpGenerator } from "gan-lib/dist/networks/mlp";

/** Which network, and where its cache is. */
export interface Wanted {
  readonly kind: "generator" | "classifier";
  readonly folder: string;
}

/** The network that a process got. */
export interface Got {
  /** The sum of a generator's weights, and a classifier's signature, which has one. */
  readonly sum: string;
  /** How often its training told of itself. */
  readonly told: number;
}

/** Told of a training; waited for. */
type OnProgress = () => void | Promise<void>;

const tiny: GeneratorRecipe = {
  ...generatorRecipe("vanilla"),
  name: "tiny-v1",
  generator: (random) => mlpGenerator({ random, latentDim: 3, units: [4] }),
  discriminator: (random) => mlpDiscriminator({ random, units: [4] }),
  averageDecay: 0.9,
  batchSize: 10,
  steps: 24, // it tells of 10, 20 and 24
};

async function generatorFrom(folder: string, onProgress: OnProgress): Promise<string> {
  const digits = await mnist({ source: "package", limit: 50 });
  const generator = await generatorOf(digits, tiny, { folder, saveAfter: 0, onProgress });
  const sum = weightsSum(generator.model);
  generator.dispose();
  return sum;
}

async function classifierFrom(folder: string, onProgress: OnProgress): Promise<string> {
  const train = await mnist({ source: "package", limit: 100 });
  const held = await mnist({ source: "package", split: "test", limit: 20 });
  const recipe = { ...classifierRecipe(backendName, "package"), epochs: 2, batchSize: 5 };
  const classifier = await classifierOf(train, held, recipe, { folder, saveAfter: 0, onProgress });
  classifier.dispose();
  return classifier.signature;
}

/** Gets the network from the cache, or trains it. */
export async function getNetwork(
  { kind, folder }: Wanted,
  onProgress: OnProgress = () => undefined,
): Promise<Got> {
  let told = 0;
  const from = kind === "generator" ? generatorFrom : classifierFrom;
  const sum = await from(folder, async () => {
    told += 1;
    await onProgress();
  });
  return { sum, told };
}

/** Tells its parent of its training, and waits for an answer each time. */
async function main(): Promise<void> {
  await ready();
  const got = await getNetwork(JSON.parse(process.argv[2] ?? "{}") as Wanted, async () => {
    process.send?.("training");
    await new Promise((go) => process.once("message", go));
  });
  process.send?.(got);
  process.disconnect();
}

if (require.main === module) void main();
