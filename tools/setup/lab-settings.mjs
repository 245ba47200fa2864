/** Settings of the virtual environment's JupyterLab: a first start without pop-ups, without asking the internet, and with the time that each cell took. */
import { writeIfDifferent } from "./files.mjs";
import { inRoot } from "./paths.mjs";

/** @type {Record<string, object>} */
const settings = {
  "etc/jupyter/labconfig/page_config.json": {
    disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true },
  },
  "etc/jupyter/jupyter_lab_config.json": {
    LabApp: {
      news_url: null,
      check_for_updates_class: "jupyterlab.handlers.announcements.NeverCheckForUpdate",
    },
  },
  // Defaults that a person's own settings go before.
  "share/jupyter/lab/settings/overrides.json": {
    "@jupyterlab/notebook-extension:tracker": { recordTiming: true },
  },
};

/** Writes the settings that differ. */
export async function writeLabSettings() {
  for (const [path, value] of Object.entries(settings)) {
    await writeIfDifferent(
      inRoot(".venv", ...path.split("/")),
      `${JSON.stringify(value, null, 2)}\n`,
    );
  }
}
