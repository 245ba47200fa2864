/** The full sets of MNIST and its relatives: download, read, check. */
import path from "node:path";
import { downloadFile } from "./download";
import { readPublished } from "./publishedFile";
import { take, type ImageDataset } from "./ImageDataset";
import {
  byHand,
  cacheFolder,
  datasetSource,
  findFullSet,
  howToGet,
  type DatasetName,
} from "./sources";
import type { DownloadProgress } from "./transfer";

/** Which part of a data set, and how much of it. */
export interface DatasetOptions {
  /** Default "train". */
  readonly split?: "train" | "test";
  /** Only the first `limit` images. */
  readonly limit?: number;
  /** Download the full set when it is not on this machine; default false. */
  readonly download?: boolean;
  /** Told how a download goes on, in bytes of the whole set. */
  readonly onProgress?: DownloadProgress;
}

const IMAGE_SIDE = 28;
const FILE_PREFIX = { train: "train", test: "t10k" } as const;
const FULL_SIZE = { train: 60_000, test: 10_000 } as const;

/** Options of {@link downloadDataset}. */
export interface DownloadOptions {
  /** Told how the download goes on, in bytes of the whole set. */
  readonly onProgress?: DownloadProgress | undefined;
  /** Addresses that a file name is appended to, tried in order; default those of data/sources.json. */
  readonly mirrors?: readonly string[];
  /** Where the files go; default data/cache/<name>, where `mnist()` and `fashionMnist()` look. */
  readonly folder?: string;
}

/**
 * Downloads the full set, those of its files that are not there whole yet, and returns its folder.
 *
 * A broken-off download goes on where it stopped. Sizes and SHA-256 are those of data/sources.json.
 *
 * @throws Error listing what each mirror said, and how to do without a connection; when GAN_OFFLINE is set.
 */
export async function downloadDataset(
  name: DatasetName,
  options: DownloadOptions = {},
): Promise<string> {
  const source = datasetSource(name);
  const {
    onProgress = () => undefined,
    mirrors = source.mirrors,
    folder = path.join(cacheFolder(), name),
  } = options;
  const { files } = source;
  const total = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0; // bytes of the files before this one
  for (const [file, expected] of Object.entries(files)) {
    const urls = mirrors.map((mirror) => mirror + file);
    const report: DownloadProgress = (received) => onProgress(done + received, total);
    const options = { onProgress: report, advice: byHand(name) };
    await downloadFile(path.join(folder, file), urls, expected, options);
    done += expected.bytes;
  }
  return folder;
}

/**
 * Reads one split of the full set.
 *
 * @throws Error when the set is not on this machine and `download` is not set, or when a file is not what it should be.
 */
export async function readFullSet(
  name: DatasetName,
  classNames: readonly string[],
  { split = "train", limit, download = false, onProgress }: DatasetOptions,
): Promise<ImageDataset> {
  const found = findFullSet(name);
  const kept = path.join(cacheFolder(), name);
  // A download also mends what is in the cache already.
  const wanted = download && (found === undefined || found === kept);
  const folder = wanted ? await downloadDataset(name, { onProgress }) : found;
  const { title } = datasetSource(name);
  if (folder === undefined)
    throw new Error(`The full ${title} is not on this machine: ${howToGet(name)}`);
  const size = FULL_SIZE[split];
  const read = (kind: string): Promise<Uint8Array> =>
    readPublished(folder, name, `${FILE_PREFIX[split]}-${kind}-ubyte.gz`);
  const [images, labels] = [await read("images-idx3"), await read("labels-idx1")];
  const dataset: ImageDataset = {
    name,
    source: "full",
    split,
    description: `${title}, the ${size.toLocaleString("en")} ${split === "train" ? "training" : "test"} images of the full set`,
    images,
    labels,
    classNames,
    size,
    imageShape: [IMAGE_SIDE, IMAGE_SIDE, 1],
  };
  return limit === undefined ? dataset : take(dataset, limit);
}
