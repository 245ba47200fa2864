/** The lessons that this run of the browser tests looks at. */
import { listLessons } from "../../tools/notebooks/lessons.mjs";
import { notebooksDir } from "../../tools/run/paths.mjs";

/** Those named in the environment's BROWSER_LESSONS, or all. */
export const chosenLessons = listLessons(notebooksDir).filter(
  ({ slug }) =>
    process.env.BROWSER_LESSONS === undefined ||
    process.env.BROWSER_LESSONS.split(" ").includes(slug),
);
