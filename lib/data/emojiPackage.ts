/** The npm packages of emoji: emoji-datasource-google and emoji-datasource-twitter, the same emoji in two drawing styles. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { decodeImage } from "../images/decode";
import { asCanvasKeeps } from "../images/pixels";

/** Who drew them. */
export type EmojiStyle = "google" | "twitter";

/** Pixels a side. */
export const SIDE = 64;

const LICENCES: Readonly<Record<EmojiStyle, string>> = {
  google: "Noto Emoji, © Google, Apache License 2.0",
  twitter: "Twemoji, © Twitter and other contributors, CC-BY 4.0",
};

/** A package. */
export interface EmojiPackage<Entry> {
  /** The entries of its emoji.json. */
  readonly entries: readonly Entry[];
  /** Under which licence the pictures are, and who must be named. */
  readonly licence: string;
  /** The bytes of pictures, red, green and blue, on white, by the names of their files; one after the other. */
  readonly pictures: (names: readonly string[]) => Promise<Uint8Array>;
}

/** A picture's bytes, red, green and blue, on white. */
async function readPicture(file: string): Promise<Uint8Array> {
  const { rgba } = asCanvasKeeps(await decodeImage(await readFile(file)));
  const bytes = new Uint8Array(SIDE * SIDE * 3);
  for (let i = 0; i < bytes.length; i++) {
    const pixel = Math.floor(i / 3) * 4;
    const opacity = (rgba[pixel + 3] as number) / 255;
    bytes[i] = Math.round(opacity * (rgba[pixel + (i % 3)] as number) + (1 - opacity) * 255);
  }
  return bytes;
}

/**
 * Opens the package of a style.
 *
 * @throws Error when it is not installed.
 */
export async function emojiPackage<Entry>(style: EmojiStyle): Promise<EmojiPackage<Entry>> {
  const folder = path.dirname(require.resolve(`emoji-datasource-${style}/package.json`));
  const fileOf = (name: string): string => path.join(folder, "img", style, String(SIDE), name);
  return {
    entries: JSON.parse(await readFile(path.join(folder, "emoji.json"), "utf8")) as Entry[],
    licence: LICENCES[style],
    pictures: async (names) =>
      new Uint8Array(
        Buffer.concat(await Promise.all(names.map((name) => readPicture(fileOf(name))))),
      ),
  };
}
