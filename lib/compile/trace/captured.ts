import type * as tf from "../../backend/tf";
import type { Feed, FeedSource } from "../graph/graph";
import type { TensorData } from "../native";
import { keptTensor, keptTensors } from "./optimizers";
import { currentLine, type Line } from "./origin";
import { idOf } from "./tensors";

/** What a step uses that is neither an argument, nor a variable, nor made inside of it. */
export class Captured {
  /** By native id, the line that used each tensor first. */
  readonly #lines = new Map<number, Line>();

  /** Notes a tensor from outside, for which the graph gets a placeholder until it is known whose it is. */
  source(tensor: tf.Tensor, id: number, { shape, dtype }: TensorData): FeedSource {
    this.#lines.set(id, currentLine());
    return { shape, dtype, owner: undefined, description: describe(id), read: () => tensor };
  }

  /** Finds the tensors that optimizers keep, which are looked up anew at every call; any other is reported with its line. */
  resolve(
    feeds: readonly Feed[],
    optimizers: Iterable<tf.Optimizer>,
    report: (line: Line) => void,
  ): Feed[] {
    const kept = new Map<string, Pick<FeedSource, "owner" | "description" | "read">>();
    for (const optimizer of optimizers) {
      for (const [field, tensor] of keptTensors(optimizer)) {
        kept.set(describe(idOf(tensor)), {
          owner: optimizer,
          description: field,
          read: () => keptTensor(optimizer, field),
        });
      }
    }
    for (const [id, line] of this.#lines) if (!kept.has(describe(id))) report(line);
    return feeds.map((feed) => ({ ...feed, ...kept.get(feed.description) }));
  }
}

const describe = (id: number): string => `captured ${id}`;
