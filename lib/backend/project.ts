/** Where the project's own files are: data/, results/. */
import { readFileSync } from "node:fs";
import path from "node:path";

/** The name in the package.json of the project's folder. */
const PROJECT = "gan-notebooks";

function nameIn(folder: string): unknown {
  try {
    const text = readFileSync(path.join(folder, "package.json"), "utf8");
    return (JSON.parse(text) as { name?: unknown }).name;
  } catch {
    return undefined; // none here, or none that is anybody's name
  }
}

/** The folder itself and each one above it. */
function upwards(folder: string): string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}

/**
 * The project's folder: GAN_PROJECT_DIR where it is set; otherwise the first folder whose package.json is named
 * "gan-notebooks", at or above the given ones.
 *
 * @param from Where to look, in order. Default: this package's own folder, then the working directory.
 * @throws Error when there is none: gan-lib is used outside the project.
 */
export function projectFolder(from: readonly string[] = [__dirname, process.cwd()]): string {
  const given = process.env["GAN_PROJECT_DIR"];
  if (given !== undefined && given !== "") return givenFolder(given);
  const found = from.flatMap(upwards).find((folder) => nameIn(folder) === PROJECT);
  if (found !== undefined) return found;
  throw new Error(
    `gan-lib keeps its data and results in the project "${PROJECT}", and there is none at or above ${from.join(" or ")}. ` +
      "Work inside a copy of the project, or set GAN_PROJECT_DIR to its folder.",
  );
}

function givenFolder(folder: string): string {
  if (nameIn(folder) === PROJECT) return path.resolve(folder);
  throw new Error(
    `GAN_PROJECT_DIR is "${folder}", which holds no package.json named "${PROJECT}". Set it to the project's folder, or unset it.`,
  );
}
