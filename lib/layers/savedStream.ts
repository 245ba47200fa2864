/** The random stream of a layer that draws: how it is kept in a saved model, and found again. */
import { RandomStream } from "../ops/random";

/** As a saved model keeps a stream: the characters' codes of its origin, since tf.js rewrites texts. */
export interface SavedStream {
  readonly origin: readonly number[];
}

/** What a layer is made from: its options, or what was saved of them. */
export type FromStream<Options extends { readonly random: RandomStream }> =
  Options | (Omit<Options, "random"> & SavedStream);

/** A layer's stream, and what is saved of it. A saved one begins anew. @param layer The layer's name. */
export function streamOf(
  from: { readonly random: RandomStream } | SavedStream,
  layer: string,
): SavedStream & { readonly random: RandomStream } {
  if ("random" in from) {
    const { origin } = from.random.state();
    return { random: from.random, origin: Array.from(origin, (letter) => letter.codePointAt(0)!) };
  }
  // A stream a layer: several that drew from one would all begin with the same numbers.
  const random = new RandomStream(String.fromCodePoint(...from.origin)).split(layer);
  return { random, origin: from.origin };
}
