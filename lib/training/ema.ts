import { compile } from "../compile/compile";
import * as tf from "../backend/tf";

/** A network whose weights are the average of another's, as {@link movingAverage} makes it. */
export interface MovingAverage {
  /** The averaged network. Save it in a checkpoint beside the trained one, and sample from it. */
  readonly model: tf.LayersModel;
  /** Takes the trained network's present weights into the average; call it after each step. */
  update(): void;
  /** Frees the averaged network. */
  dispose(): void;
}

/** A network of the same layers with the same weights. */
async function copyOf(model: tf.LayersModel): Promise<tf.LayersModel> {
  let artifacts: tf.io.ModelArtifacts = {};
  const keep = tf.io.withSaveHandler(async (saved) => {
    artifacts = saved;
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
  });
  await model.save(keep);
  return tf.loadLayersModel(tf.io.fromMemory(artifacts));
}

/**
 * An exponential moving average of a network's weights, β θ̄ + (1 - β) θ after each step (Yazici et al., arXiv
 * 1806.04498), which starts from the network as it is. The average remembers about 1 / (1 - β) steps: in a
 * run not much longer than that it still holds much of its beginning. Running moments of a batch normalisation are
 * averaged as the weights are: they then belong to the averaged network as well as its weights do.
 *
 * @param model The network that is trained; made of layers that can be saved. It stays as it is.
 * @param options `decay` is β, in [0, 1); the paper has 0.9999 for hundreds of thousands of steps.
 * @throws RangeError when decay is outside [0, 1).
 */
export async function movingAverage(
  model: tf.LayersModel,
  { decay }: { readonly decay: number },
): Promise<MovingAverage> {
  if (!(decay >= 0 && decay < 1))
    throw new RangeError(`movingAverage: decay must be in [0, 1), got ${decay}.`);
  const average = await copyOf(model);
  const update = compile(() => {
    average.weights.forEach((mean, i) => {
      const weight = (model.weights[i] as tf.LayerVariable).read();
      mean.write(tf.add(tf.mul(decay, mean.read()), tf.mul(1 - decay, weight)));
    });
    return undefined;
  });
  const dispose = (): void => {
    update.dispose();
    average.dispose();
  };
  return { model: average, update, dispose };
}
