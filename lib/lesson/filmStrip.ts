import type { TopLevelSpec } from "vega-lite";
import * as tf from "../backend/tf";
import { chartGrid } from "../plots/chartGrid";
import type { ImageGrid } from "../plots/imageGrid";
import { isTensor, tensorGrid } from "./tensors";

/** One moment of a film. */
export interface Frame<T> {
  /** When it was, such as "step 400". */
  readonly label: string;
  readonly picture: T;
}

/** What {@link filmStrip} takes besides its frames. */
export interface FilmOptions {
  readonly title?: string;
  /** The alternative text; made from the frames where left out. */
  readonly alt?: string;
  /** Charts only: how many stand side by side, at most 4 where left out. */
  readonly columns?: number;
  /** Charts only: the side of each one's plotting area in pixels. Default 150. */
  readonly size?: number;
}

/** The images of all moments in an order in which each row is one image through time. */
function byImage(frames: readonly Frame<tf.Tensor>[]): tf.Tensor {
  const shapes = new Set(frames.map(({ picture }) => picture.shape.join(" x ")));
  if (shapes.size > 1)
    throw new Error(
      `filmStrip: all frames must have one shape, got ${[...shapes].join(" and ")}; take the same images at each moment.`,
    );
  return tf.tidy(() => {
    const stacked = tf.stack(
      frames.map(({ picture }) => picture),
      1,
    );
    const [images = 0, moments = 0, ...rest] = stacked.shape;
    return tf.reshape(stacked, [images * moments, ...rest]);
  });
}

async function imageStrip(
  frames: readonly Frame<tf.Tensor>[],
  { title, alt }: FilmOptions,
): Promise<ImageGrid> {
  const labels = frames.map(({ label }) => label);
  const images = byImage(frames);
  try {
    const said =
      alt ?? `${title === undefined ? "" : `${title}: `}the same images at ${labels.join(", ")}.`;
    return await tensorGrid(images, {
      title,
      columns: frames.length,
      labels: { columns: labels },
      alt: said,
    });
  } finally {
    images.dispose();
  }
}

/** Small charts, each named by its moment. */
function chartStrip(
  frames: readonly Frame<TopLevelSpec>[],
  { title, alt, columns = Math.min(4, frames.length), size = 150 }: FilmOptions,
): TopLevelSpec {
  const charts = frames.map(({ label, picture }) => ({ ...picture, title: label }));
  return chartGrid(charts, {
    columns,
    size,
    ...(title !== undefined && { title }),
    ...(alt !== undefined && { description: alt }),
  });
}

/**
 * A strip of moments of a run: the same images at each one, a column a moment and a row an image, or small charts. It is shown
 * as the last value of a cell or by `gan.display`.
 *
 * @param frames In the order of time, all of one kind: images [N, height, width, 1 or 3] in [-1, 1] of one shape, which are
 *   read and not disposed, or charts. Give the charts the same domains, so that they can be compared.
 * @throws Error when there are no frames, or they are of more than one kind or shape.
 * @example
 * film.push({ label: `step ${step.step}`, picture: generate(fixedZ) });
 * await gan.filmStrip(film, { title: "Ten latent vectors while G learns" })
 */
export async function filmStrip(
  frames: readonly Frame<tf.Tensor>[] | readonly Frame<TopLevelSpec>[],
  options: FilmOptions = {},
): Promise<ImageGrid | TopLevelSpec> {
  if (frames.length === 0)
    throw new Error("filmStrip needs at least one frame, and got none; push one while training.");
  const all: readonly Frame<tf.Tensor | TopLevelSpec>[] = frames;
  const images = all.filter((frame): frame is Frame<tf.Tensor> => isTensor(frame.picture));
  if (images.length === all.length) return imageStrip(images, options);
  if (images.length > 0)
    throw new Error("filmStrip: frames must be all images or all charts, got both.");
  return chartStrip(frames as readonly Frame<TopLevelSpec>[], options);
}
