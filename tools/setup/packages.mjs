/** The system packages that hold what set-up needs, and the command that installs them, platform by platform. */

/** @typedef {"python" | "venv" | "compiler" | "make" | "canvas"} Need */

/** @type {Record<Need, string>} */
export const needTitles = {
  python: "Python 3.10 or newer",
  venv: "Python's venv and ensurepip modules",
  compiler: "a C++ compiler",
  make: "make",
  canvas: "the libraries that canvas is built from (cairo, pango, jpeg, gif, rsvg)",
};

/**
 * @typedef {object} Manager
 * @property {string[]} families the distributions that have it
 * @property {string} install the command, to which names are added
 * @property {Record<Need, string[]>} packages
 */

/** @type {Manager[]} */
const managers = [
  {
    families: ["debian", "ubuntu"],
    install: "apt-get install -y --no-install-recommends",
    packages: {
      python: ["python3"],
      venv: ["python3-venv"],
      compiler: ["g++"],
      make: ["make"],
      canvas: [
        "pkg-config",
        "libcairo2-dev",
        "libpango1.0-dev",
        "libjpeg-dev",
        "libgif-dev",
        "librsvg2-dev",
      ],
    },
  },
  {
    families: ["fedora", "rhel", "centos"],
    install: "dnf install -y",
    packages: {
      python: ["python3"],
      venv: ["python3"],
      compiler: ["gcc-c++"],
      make: ["make"],
      canvas: [
        "pkgconf-pkg-config",
        "cairo-devel",
        "pango-devel",
        "libjpeg-turbo-devel",
        "giflib-devel",
        "librsvg2-devel",
      ],
    },
  },
  {
    families: ["arch"],
    install: "pacman -S --needed",
    packages: {
      python: ["python"],
      venv: ["python"],
      compiler: ["gcc"],
      make: ["make"],
      canvas: ["pkgconf", "cairo", "pango", "libjpeg-turbo", "giflib", "librsvg"],
    },
  },
  {
    families: ["suse", "opensuse"],
    install: "zypper install -y",
    packages: {
      python: ["python311"],
      venv: ["python311"],
      compiler: ["gcc-c++"],
      make: ["make"],
      canvas: [
        "pkg-config",
        "cairo-devel",
        "pango-devel",
        "libjpeg8-devel",
        "giflib-devel",
        "librsvg-devel",
      ],
    },
  },
  {
    families: ["alpine"],
    install: "apk add",
    packages: {
      python: ["python3"],
      venv: ["python3", "py3-pip"],
      compiler: ["g++"],
      make: ["make"],
      canvas: ["pkgconf", "cairo-dev", "pango-dev", "jpeg-dev", "giflib-dev", "librsvg-dev"],
    },
  },
];

/** @type {Omit<Manager, "families">} */
const homebrew = {
  install: "brew install",
  packages: {
    python: ["python@3.13"],
    venv: ["python@3.13"],
    compiler: [],
    make: [],
    canvas: ["pkgconf", "cairo", "pango", "jpeg-turbo", "giflib", "librsvg"],
  },
};

/**
 * The commands that install what is missing.
 * @param {Need[]} needs
 * @param {import("./system.mjs").System} system
 * @returns {string[]} lines to type, in this order; or one sentence where no command is known
 */
export function installCommands(needs, system) {
  if (system.platform === "darwin") return macCommands(needs);
  if (system.platform === "win32") {
    return [
      "Windows itself is not tested: install WSL 2 (`wsl --install -d Ubuntu`) and run this again inside it.",
    ];
  }
  const manager = managers.find(({ families }) =>
    families.some((family) => system.family.includes(family)),
  );
  if (manager === undefined)
    return [
      `install with your system's package manager: ${needs.map((n) => needTitles[n]).join(", ")}`,
    ];
  const sudo = system.root ? "" : "sudo ";
  const line = `${sudo}${manager.install} ${names(manager, needs).join(" ")}`;
  return isApt(system) ? [`${sudo}apt-get update`, line] : [line];
}

/**
 * Whether the system's packages come by apt-get.
 * @param {import("./system.mjs").System} system
 * @returns {boolean}
 */
export function isApt(system) {
  return (
    system.platform === "linux" &&
    (system.family.includes("debian") || system.family.includes("ubuntu"))
  );
}

/** @returns {string[]} */
function macCommands(/** @type {Need[]} */ needs) {
  const packages = names(homebrew, needs);
  const tools =
    needs.includes("compiler") || needs.includes("make") ? ["xcode-select --install"] : [];
  return packages.length === 0 ? tools : [...tools, `${homebrew.install} ${packages.join(" ")}`];
}

/** @returns {string[]} each package once */
function names(/** @type {Pick<Manager, "packages">} */ manager, /** @type {Need[]} */ needs) {
  return [...new Set(needs.flatMap((need) => manager.packages[need]))];
}
