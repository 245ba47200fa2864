/** Tensors as a cell shows them: in words, and images in rows and columns. */
import type * as tf from "../backend/tf";
import { type ImageGrid, type ImageGridOptions, imageGrid } from "../plots/imageGrid";

/** How many values of a large tensor are written out; smaller tensors are shown whole. */
const FIRST_VALUES = 6;
const SHOWN_WHOLE = 64;

/** What is used of a tf.Tensor or tf.Variable; TensorFlow itself is not needed here. */
interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed: boolean;
  data(): Promise<ArrayLike<number | string>>;
  toString(): string;
}

/** Whether a value is a tensor, judged by its members. */
export function isTensor(value: object): value is TensorLike {
  const { dataId, shape, dtype, data } = value as Record<string, unknown>;
  return (
    typeof dataId === "object" &&
    dataId !== null &&
    Array.isArray(shape) &&
    typeof dtype === "string" &&
    typeof data === "function"
  );
}

function short(value: number | string): string {
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : JSON.stringify(value);
}

function rangeOf(values: ArrayLike<number>): string {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let notFinite = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) {
      notFinite++;
      continue;
    }
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  const finite = values.length - notFinite;
  const range =
    finite === 0
      ? "no finite value"
      : `min ${short(min)}, max ${short(max)}, mean ${short(sum / finite)}`;
  return notFinite === 0
    ? range
    : `${range}; ${notFinite} of ${values.length} values are NaN or infinite`;
}

/**
 * A tensor in a few lines: type and shape, then all its values where they are few, or the range, the mean and the
 * first values. Reads the tensor's data and leaves it as it was.
 */
export async function describeTensor(tensor: TensorLike): Promise<string> {
  const head = `Tensor ${tensor.dtype} [${tensor.shape.join(", ")}]`;
  if (tensor.isDisposed) return `${head}, disposed`;
  const values = await tensor.data();
  if (values.length <= SHOWN_WHOLE) return `${head}\n${tensor.toString().replace(/^Tensor\n/, "")}`;
  const first = Array.from({ length: FIRST_VALUES }, (_, index) =>
    short(values[index] as number | string),
  ).join(", ");
  const range =
    tensor.dtype === "string" || tensor.dtype === "complex64"
      ? ""
      : `${rangeOf(values as ArrayLike<number>)}\n`;
  return `${head}\n${range}first values ${first}, …`;
}

/**
 * Draws a tensor of images in rows and columns, as {@link imageGrid} does. The tensor is read, not disposed.
 *
 * @param images [N, height, width, 1 or 3] in [-1, 1].
 * @throws Error when the shape or the range is another one, or a value is NaN.
 */
export async function tensorGrid(
  images: tf.Tensor,
  options: ImageGridOptions = {},
): Promise<ImageGrid> {
  return imageGrid({ data: await images.data<"float32">(), shape: images.shape }, options);
}
