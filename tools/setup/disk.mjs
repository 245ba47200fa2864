/** How much disk the project's folders take. */
import { lstat, readdir, statfs } from "node:fs/promises";
import { join } from "node:path";

/**
 * The bytes of all files below a folder, links not followed.
 * @param {string} folder
 * @returns {Promise<number>} 0 where there is no such folder
 */
export async function folderBytes(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map((file) =>
      lstat(join(file.parentPath, file.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * @param {string} folder
 * @returns {Promise<number>} the bytes that are free for this user on the folder's disk
 */
export async function freeBytes(folder) {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
