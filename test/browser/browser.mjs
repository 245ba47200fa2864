/** The browser of the tests: headless, with a profile of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { findChromium } from "../../tools/run/chromium.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * @returns {Promise<{ newPage(): Promise<import("playwright-core").Page>, stop(): Promise<void> }>} The browser, and the
 *   way to end it and to remove its profile.
 */
export async function startBrowser() {
  const profile = await mkdtemp(path.join(tmpdir(), "chromium-"));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: FLAGS,
    viewport: { width: 1400, height: 1000 },
  });
  return {
    newPage: () => browser.newPage(),
    stop: async () => {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
