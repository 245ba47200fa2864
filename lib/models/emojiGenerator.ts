/** Generators of colour emoji, for detectors to find. */
import { emoji } from "../data/emoji";
import { dcganDiscriminator, dcganGenerator } from "../networks/dcgan";
import { generatorRecipe, type GeneratorRecipe } from "./generatorRecipes";
import {
  generatorOf,
  type TrainedGenerator,
  type TrainedGeneratorOptions,
} from "./trainedGenerator";

const IMAGE_SHAPE = [64, 64, 3] as const;
const FILTERS = 16;

/** How a generator of emoji is built and trained. */
export function emojiRecipe(upsampling: "transposed" | "resize"): GeneratorRecipe {
  return {
    ...generatorRecipe("dcgan"),
    name: `dcgan-${upsampling}-64-v1`,
    generator: (random) =>
      dcganGenerator({ filters: FILTERS, imageShape: IMAGE_SHAPE, upsampling, random }),
    discriminator: (random) =>
      dcganDiscriminator({ filters: FILTERS, imageShape: IMAGE_SHAPE, random }),
    batchSize: 32,
    steps: 200,
  };
}

/**
 * A DCGAN of 64 x 64 colour images, trained on Google's emoji, from the cache or trained. Its images are blots of colour
 * rather than emoji: it is there to be detected.
 *
 * @param upsampling How its layers grow.
 * @throws As `trainedGenerator` does.
 */
export async function emojiGenerator(
  upsampling: "transposed" | "resize",
  options: Pick<TrainedGeneratorOptions, "seed" | "onProgress"> = {},
): Promise<TrainedGenerator> {
  return generatorOf(await emoji({ style: "google" }), emojiRecipe(upsampling), options);
}
