import { readFile } from "node:fs/promises";
import { cnnDetector, type CnnState } from "./cnnDetector";
import type { Detector } from "./detector";
import { FORMAT } from "./detectorFile";
import { dctDetector, spectrumDetector, type LinearState } from "./linearDetector";

/** A detector from a file, and what was noted with it. */
export interface LoadedDetector {
  readonly detector: Detector;
  readonly about: Readonly<Record<string, unknown>>;
}

type Content = { format?: unknown; about: LoadedDetector["about"] } & (
  { kind: "spectrum" | "dct"; state: LinearState } | { kind: "cnn"; state: CnnState }
);

function parse(file: string, text: string): Content {
  let content: Partial<Content> | null = null;
  try {
    content = JSON.parse(text) as Partial<Content> | null;
  } catch {
    // Said below.
  }
  if (content?.format !== FORMAT)
    throw new Error(
      `${file} is not a detector that this version can read. Train one: npm run detect -- train real/ fake/`,
    );
  return content as Content;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new Error(`The detector ${file} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * The detector that was saved to a file; it scores exactly as it did. The caller disposes it.
 *
 * @throws Error when the file cannot be read, or is no detector.
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
