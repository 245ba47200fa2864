/** What the commands of this folder's neighbours share. */
import { endChildrenWithUs, SetupError } from "./run.mjs";

/**
 * Runs a command's main function; what a person can mend is printed without a stack trace.
 * @param {() => Promise<void>} main
 */
export async function runCommand(main) {
  endChildrenWithUs();
  try {
    await main();
  } catch (error) {
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
