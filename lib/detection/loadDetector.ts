import { readRegularFile } from "../images/regularFile";
import { cnnDetector, type CnnState } from "./cnnDetector";
import type { Detector } from "./detector";
import { FORMAT, isSealed } from "./detectorFile";
import { dctDetector, spectrumDetector, type LinearState } from "./linearDetector";

/** A detector from a file, and what was noted with it. */
export interface LoadedDetector {
  readonly detector: Detector;
  readonly about: Readonly<Record<string, unknown>>;
}

const ADVICE = "Train one: npm run detect -- train real/ fake/";

type Content = { about: LoadedDetector["about"] } & (
  { kind: "spectrum" | "dct"; state: LinearState } | { kind: "cnn"; state: CnnState }
);

/** @throws Error when the text is no detector, of another version, or was changed. */
function parse(file: string, text: Buffer): Content {
  const version = /^\{"format":"(gan-lib detector \d+)"/.exec(text.toString("latin1", 0, 64))?.[1];
  if (version === undefined)
    throw new Error(`${file} is not a detector that this version can read. ${ADVICE}`);
  if (version !== FORMAT)
    throw new Error(
      `${file} is a detector of another version ("${version}"; this one reads "${FORMAT}"). ${ADVICE}`,
    );
  if (!isSealed(text))
    throw new Error(
      `${file} is damaged: its sum is not that of its content, so its scores would be others. Take a copy of it, or train another. ${ADVICE}`,
    );
  return JSON.parse(text.toString("utf8")) as Content;
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readRegularFile(file);
  } catch (error) {
    throw new Error(`The detector ${file} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * The detector that was saved to a file; it scores exactly as it did. The caller disposes it.
 *
 * @throws Error when the file cannot be read, is no detector, of another version, or damaged.
 */
export async function loadDetector(file: string): Promise<LoadedDetector> {
  const content = parse(file, await read(file));
  const { about } = content;
  if (content.kind === "cnn") return { detector: cnnDetector({ state: content.state }), about };
  return {
    detector: (content.kind === "dct" ? dctDetector : spectrumDetector)(content.state),
    about,
  };
}
