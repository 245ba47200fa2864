/** Why a kernel died while no cell ran: kept beside Jupyter's connection file, which the next start of the same kernel gets. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const fileOf = (configPath) => `${configPath}.last-words`;

/** @param {string} configPath Jupyter's connection file. @param {string} reason */
export function keepLastWords(configPath, reason) {
  try {
    writeFileSync(fileOf(configPath), reason, { mode: 0o600 });
  } catch (error) {
    console.error(`[kernel] ${reason} (It cannot be kept for the next start: ${error.message})`);
  }
}

/** @param {string} configPath Jupyter's connection file. @returns {string} Empty where nobody died. */
export function takeLastWords(configPath) {
  try {
    const reason = readFileSync(fileOf(configPath), "utf8");
    rmSync(fileOf(configPath));
    return reason;
  } catch {
    return "";
  }
}
