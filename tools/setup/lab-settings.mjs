/** Settings of the virtual environment's JupyterLab: a first start without pop-ups, and without asking the internet. */
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
