/** How JupyterLab is started: on the loopback device only, with its token, at the first lesson. */

/** The page that opens first. */
export const firstPage = "/lab/tree/notebooks/00-welcome.ipynb";

/**
 * @param {{ browser: boolean, root: string, asRoot: boolean }} how browser: open one; root: the folder that is served;
 *   asRoot: started by the superuser, which Jupyter refuses unless told
 * @returns {string[]} arguments for `python -m jupyterlab`; later ones win, so a person's own may follow
 */
export function labArguments({ browser, root, asRoot }) {
  return [
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.root_dir=${root}`,
    `--LabApp.default_url=${firstPage}`,
    // Ctrl-C has been typed: no question is asked again.
    "--ServerApp.answer_yes=True",
    // Warnings, and the address; what is served otherwise fills the terminal.
    "--ServerApp.log_level=WARN",
    "--LabApp.log_level=WARN",
    ...(browser ? [] : ["--no-browser"]),
    ...(asRoot ? ["--allow-root"] : []),
  ];
}

/**
 * The environment of JupyterLab and so of the kernels: a person's own, with the virtual environment's kernels before
 * those of the same name that are installed elsewhere. A lesson that misses an outcome goes on (GAN_LENIENT), unless the
 * person's own environment says 0: a bare kernel, the tests and `npm run lesson` are strict.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function labEnvironment(env) {
  return { GAN_LENIENT: "1", ...env, JUPYTER_PREFER_ENV_PATH: "1" };
}

/**
 * Whether a browser can be opened: macOS and Windows have one, elsewhere a display is needed or a named browser.
 * @param {NodeJS.Platform} [platform]
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {boolean}
 */
export function hasBrowser(platform = process.platform, env = process.env) {
  if (env["CI"]) return false;
  if (platform === "darwin" || platform === "win32") return true;
  return ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME"].some((name) =>
    Boolean(env[name]),
  );
}
