/** Takes one picture out of an executed notebook, for docs/. Usage: see HELP. */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { fromUser } from "./run/user-paths.mjs";

const HELP = `node tools/picture.mjs <executed notebook> <alternative text> <file.png>

Writes the first picture whose alternative text begins so, for example:
  node tools/picture.mjs build/lessons/11-vanilla-gan.standard.seed1.ipynb "The same ten latent vectors" docs/vanilla-gan.png`;

/** @returns {{ png: Buffer, alt: string }[]} All pictures of a notebook's outputs, in order. */
export function picturesOf(notebook) {
  const text = (value) => (Array.isArray(value) ? value.join("") : (value ?? ""));
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  return outputs
    .filter(({ data }) => data?.["image/png"] !== undefined)
    .map(({ data }) => ({
      png: Buffer.from(text(data["image/png"]), "base64"),
      alt: text(data["text/plain"]),
    }));
}

/** @returns {{ png: Buffer, alt: string }} @throws {Error} listing the texts that there are. */
export function findPicture(notebook, beginning) {
  const pictures = picturesOf(notebook);
  const found = pictures.find(({ alt }) => alt.startsWith(beginning));
  if (found) return found;
  const known = pictures.map(({ alt }) => `  ${alt.slice(0, 100)}`).join("\n");
  throw new Error(
    `No picture's text begins with "${beginning}". There are:\n${known || "  (no pictures)"}`,
  );
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean" } },
  });
  if (values.help) return console.log(HELP);
  const [source, beginning, target] = positionals;
  if (target === undefined)
    throw new Error(`Three arguments are needed, got ${positionals.length}.\n\n${HELP}`);
  const { png, alt } = findPicture(JSON.parse(readFileSync(fromUser(source), "utf8")), beginning);
  writeFileSync(fromUser(target), png);
  console.log(`${target}: ${alt}`);
}

if (import.meta.filename === process.argv[1]) {
  try {
    main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
