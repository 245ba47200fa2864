/** `npm run test:browser`: JupyterLab in a real browser, without a window. See HELP. */
import { parseArgs } from "node:util";
import { ensureChromium } from "./run/chromium.mjs";
import { finish } from "./run/finish.mjs";
import { commandStep, nodeTests } from "./run/step.mjs";
import { inRoot } from "./setup/paths.mjs";

const HELP = `npm run test:browser

Starts JupyterLab as \`npm start\` does, on copies of the notebooks, opens each lesson in headless Chromium, runs all its
cells in the quick profile, and looks at what is to be seen. Pictures of it lie in build/browser/pictures/ afterwards.`;

const browserTests = () =>
  nodeTests("browser tests", "browser", [
    ...["lessons", "bundle"].map((name) => inRoot("test", "browser", `${name}.browser.mjs`)),
  ]);

/** @returns {Promise<import("./run/outcomes.mjs").Outcome[]>} */
async function browserThere() {
  try {
    await ensureChromium();
    return [{ step: "set-up", name: "chromium", status: "passed", message: "" }];
  } catch (error) {
    return [{ step: "set-up", name: "chromium", status: "failed", message: error.message }];
  }
}

const { values } = parseArgs({ options: { help: { type: "boolean" } } });
if (values.help) {
  console.log(HELP);
} else {
  const foundations = [
    () => commandStep("set-up", "tools/setup.mjs", [process.execPath, "tools/setup.mjs"]),
    browserThere,
  ];
  await finish("browser", foundations, [browserTests]);
}
