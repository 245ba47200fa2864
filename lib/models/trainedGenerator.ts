/** The generators of earlier lessons by name: trained by the project on first need, then kept. */
import { ready } from "../backend/load";
import { requireCount } from "../backend/require";
import { requireNative } from "../backend/require";
import * as tf from "../backend/tf";
import { fashionMnist } from "../data/fashionMnist";
import type { ImageDataset } from "../data/ImageDataset";
import { mnist } from "../data/mnist";
import type { DatasetName } from "../data/sources";
import { createRandom, type RandomStream } from "../ops/random";
import type { Json } from "../checkpoint/json";
import { sampleLatent, takesLabels } from "../training/game";
import { generatorRecipe, type GeneratorName, type GeneratorRecipe } from "./generatorRecipes";
import type { TrainingKeeper } from "./keptTraining";
import { cachedModel, fingerprint, type CachePlace, type NotedModel } from "./modelCache";
import { trainGenerator, type OnGeneratorProgress } from "./trainGenerator";

/** A generator that an earlier lesson taught, trained. */
export interface TrainedGenerator {
  /** For instance "mnist-dcgan-v1 (full, steps: 500)": data set, networks, which size of the data set, how long. Name it beside its figures. */
  readonly name: string;
  /** The lesson that teaches it, such as "20-dcgan". */
  readonly lesson: string;
  /** From latent vectors [N, latentDim], or from those and labels [N, 1], to images. */
  readonly model: tf.LayersModel;
  /**
   * Generated images [count, 28, 28, 1] in [-1, 1], which the caller disposes.
   *
   * @param labels For a conditional generator: the class of each image, whole numbers; default all classes in turn.
   * @throws RangeError when `count` is not at least 1; Error for labels of another number, or where the generator takes none.
   */
  sample(count: number, random: RandomStream, labels?: ArrayLike<number>): tf.Tensor4D;
  /** Frees the network. */
  dispose(): void;
}

/** Options of {@link trainedGenerator}. */
export interface TrainedGeneratorOptions {
  /** What it generates; default "mnist". */
  readonly dataset?: DatasetName;
  /** Default: the recipe's own, a minute at most on two cores. 0 gives the untrained network, which is not kept. */
  readonly steps?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Told how the training goes on, when there is one; waited for. */
  readonly onProgress?: OnGeneratorProgress;
}

/**
 * A generator that an earlier lesson taught, from the cache or trained: on the full set where it is found, else on MNIST's
 * package digits. Each number of steps and each seed gives a generator of its own. The recipes are short: they are there to
 * be measured and detected, not to be admired.
 *
 * @throws Error for a name that is not one of `generatorNames`; when the data set is not on this machine; when it has
 *   convolutions and the backend cannot train them; what an interrupt throws while it trains.
 */
export async function trainedGenerator(
  name: GeneratorName,
  options: TrainedGeneratorOptions = {},
): Promise<TrainedGenerator> {
  const { dataset = "mnist", steps, ...rest } = options;
  const recipe = generatorRecipe(name);
  const images = await (dataset === "mnist" ? mnist : fashionMnist)({ split: "train" });
  return generatorOf(images, steps === undefined ? recipe : { ...recipe, steps }, rest);
}

/**
 * A generator by the given recipe for the given images, from the cache or trained.
 *
 * @param options As for {@link trainedGenerator}, and where the cache is.
 * @throws As {@link trainedGenerator} does.
 */
export async function generatorOf(
  dataset: ImageDataset,
  recipe: GeneratorRecipe,
  {
    onProgress,
    seed = 1,
    ...place
  }: Pick<TrainedGeneratorOptions, "onProgress" | "seed"> & CachePlace = {},
): Promise<TrainedGenerator> {
  requireCount("trainedGenerator: steps", recipe.steps, 0);
  await ready();
  if (recipe.convolutions) requireNative(`The generator ${recipe.name}`);
  const name = `${dataset.name}-${recipe.name}`;
  const random = createRandom(seed).split(name);
  const build = (): tf.LayersModel => recipe.generator(random.split("generator"));
  const train = async (keeper: TrainingKeeper): Promise<NotedModel<null>> => ({
    model: await trainGenerator({ dataset, recipe, random, onProgress, keeper }),
    note: null,
  });
  const { model } =
    recipe.steps === 0
      ? { model: build() }
      : await cachedModel({
          name: `${name}-${dataset.source}`,
          config: { recipe: written(recipe), seed, train: fingerprint(dataset) },
          ...place,
          build,
          train,
        });
  return asGenerator(
    `${name} (${dataset.source}, steps: ${recipe.steps})`,
    recipe.lesson,
    model,
    dataset.classNames.length,
  );
}

/** A recipe as far as it is data. Functions fall out: the networks go by the recipe's name. */
function written(recipe: GeneratorRecipe): Json {
  return JSON.parse(JSON.stringify(recipe)) as Json;
}

const PREDICT_BATCH = 500;

function asGenerator(
  name: string,
  lesson: string,
  model: tf.LayersModel,
  classes: number,
): TrainedGenerator {
  return {
    name,
    lesson,
    model,
    sample: (count, random, labels) =>
      tf.tidy(() => {
        requireCount(`${name}: the number of images`, count);
        const z = sampleLatent(model, count, random);
        const inputs = takesLabels(model) ? [z, labelColumn(name, count, classes, labels)] : z;
        if (!takesLabels(model) && labels !== undefined)
          throw new Error(
            `${name}: this generator takes no labels. Leave them out, or ask for "conditional".`,
          );
        return model.predict(inputs, { batchSize: PREDICT_BATCH }) as tf.Tensor4D;
      }),
    dispose: () => void model.dispose(),
  };
}

/** Labels [count, 1]: those given, or all classes in turn. */
function labelColumn(
  name: string,
  count: number,
  classes: number,
  labels?: ArrayLike<number>,
): tf.Tensor2D {
  const values =
    labels === undefined
      ? Array.from({ length: count }, (_, i) => i % classes)
      : Array.from(labels);
  const bad = values.find((value) => !Number.isInteger(value) || value < 0 || value >= classes);
  if (values.length !== count || bad !== undefined) {
    throw new Error(
      `${name}: give ${count} labels, whole numbers from 0 to ${classes - 1}, got ${values.length}${bad === undefined ? "" : ` with ${bad} among them`}.`,
    );
  }
  return tf.tensor2d(values, [count, 1], "int32");
}
