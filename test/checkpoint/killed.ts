/** A program that is killed at the worst moment of a save: the new file is written, and not yet in place. */
import fs from "node:fs/promises";
import { ready } from "gan-lib/dist/backend/load";
import { saveCheckpoint } from "gan-lib/dist/checkpoint/save";
import { createTinyGan } from "./tinyGan";

const rename = fs.rename;
fs.rename = async (from, to) => {
  if (String(to).endsWith(".safetensors")) process.kill(process.pid, "SIGKILL");
  await rename(from, to);
};

async function main(folder: string): Promise<void> {
  await ready();
  const gan = createTinyGan();
  gan.train(2);
  await saveCheckpoint(folder, gan, { step: 2 });
}

void main(process.argv[2] ?? "");
