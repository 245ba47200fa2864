/** What data/sources.json says about the data sets that can be downloaded, and where they lie on the disk. */
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../backend/project";

/** The data sets whose full files the library knows. */
export type DatasetName = "mnist" | "fashion-mnist";

/** What a downloaded file must be. */
export interface FileSource {
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** One entry of data/sources.json. */
export interface DatasetSource {
  readonly title: string;
  readonly licence: string;
  /** Addresses that a file name is appended to, in the order in which they are tried. */
  readonly mirrors: readonly string[];
  readonly files: Readonly<Record<string, FileSource>>;
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

/**
 * What data/sources.json says about a data set.
 *
 * @throws Error when it has no such data set.
 */
export function datasetSource(name: DatasetName): DatasetSource {
  const sources = JSON.parse(readFileSync(path.join(dataFolder(), "sources.json"), "utf8")) as Record<
    string,
    DatasetSource
  >;
  const source = sources[name];
  if (source === undefined) {
    throw new Error(
      `There is no data set "${name}"; data/sources.json knows ${Object.keys(sources).join(", ")}.`,
    );
  }
  return source;
}

/**
 * The folder that holds every file of the full set: GAN_DATA_DIR/<name>, else data/cache/<name>, else undefined.
 *
 * @throws Error when GAN_DATA_DIR is set but is not a folder.
 */
export function findFullSet(name: DatasetName): string | undefined {
  const files = Object.keys(datasetSource(name).files);
  return [...userFolder(), cacheFolder()]
    .map((folder) => path.join(folder, name))
    .find((folder) => files.every((file) => existsSync(path.join(folder, file))));
}

/** GAN_DATA_DIR as a list of no or one folder. */
function userFolder(): string[] {
  const folder = process.env["GAN_DATA_DIR"];
  if (folder === undefined || folder === "") return [];
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(
      `GAN_DATA_DIR is "${folder}", which is not a folder. Set it to the folder that holds mnist/ and fashion-mnist/, or unset it.`,
    );
  }
  return [folder];
}

/**
 * Whether the full set is on this machine, in GAN_DATA_DIR or in data/cache.
 *
 * @throws Error when GAN_DATA_DIR is set but is not a folder.
 */
export function hasFullSet(name: DatasetName): boolean {
  return findFullSet(name) !== undefined;
}

/** How a person gets the full set of the given name onto this machine. */
export function howToGet(name: DatasetName): string {
  return (
    `\`await downloadDataset("${name}")\` downloads it into data/cache; without a connection, put its .gz files into a folder ` +
    `${name}/ and set GAN_DATA_DIR to the folder above it (data/SOURCES.md lists them).`
  );
}
