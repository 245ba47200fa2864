/**
 * Lint rules. gan-lib, the exercises and the tests: the strict, type-aware set of typescript-eslint, and the arrows
 * between gan-lib's folders. The tools are plain JavaScript: the recommended set. Notebooks: see tools/check-notebooks.mjs.
 */
import eslint from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";

/** @typedef {import("typescript-eslint").ConfigArray[number]} Config */

/** What each folder of lib/ may import besides itself; what those may import, it may as well. */
export const imports = {
  backend: [],
  compile: ["backend"],
  ops: ["compile"],
  layers: ["ops"],
  objectives: ["ops"],
  regularizers: ["ops"],
  metrics: ["ops"],
  images: ["backend"],
  data: ["ops", "images"],
  networks: ["layers"],
  training: ["objectives", "regularizers"],
  checkpoint: ["training"],
  detection: ["metrics", "images"],
  provenance: ["detection"],
  models: ["data", "networks", "checkpoint", "detection"],
  plots: [],
  experiments: ["models", "plots"],
  plans: ["experiments"],
  lesson: ["plans"],
};

/** Packages that only these folders may load. */
const owners = { "@tensorflow": ["backend", "compile"], tslab: ["lesson"] };

/** @returns {Set<string>} The folder itself and everything that its arrows lead to. */
function reachable(folder) {
  const found = new Set([folder]);
  for (const name of found) for (const next of imports[name]) found.add(next);
  return found;
}

/** Rooms of lib/ that need Node; of the others only the files below. The rest runs in a browser as well. */
export const nodeRooms = [
  "checkpoint",
  "images",
  "data",
  "models",
  "experiments",
  "plans",
  "lesson",
];
export const nodeFiles = [
  "backend/claim.ts",
  "backend/files.ts",
  "backend/forget.ts",
  "backend/load.ts",
  "backend/project.ts",
  "backend/environment.ts",
  "compile/graph/savedModel.ts",
  "detection/cnnDetector.ts",
  "detection/detectorFile.ts",
  "detection/imageFolder.ts",
  "detection/loadDetector.ts",
  "provenance/manifest.ts",
  "provenance/signManifest.ts",
  "provenance/verifyManifest.ts",
  "plots/drawings/drawing.ts",
  "plots/imageGrid.ts",
  "plots/render.ts",
];

const NO_NODE =
  "This room runs in a browser as well: keep Node to the rooms and files that eslint.config.mjs names.";

/** What no file of a folder may import. */
function forbiddenImports(folder) {
  const allowed = reachable(folder);
  const forbidden = Object.keys(imports).filter((name) => !allowed.has(name));
  const patterns = [
    {
      regex: "^(\\.\\./)+(index)?$|^gan-lib(/|$)",
      message: "Import the file that holds it, not the package's index.",
    },
    ...ownedElsewhere(folder).map((name) => ({
      regex: `^${name}(/|$)`,
      message: `Only lib/${owners[name].join(" and lib/")} loads ${name}.`,
    })),
  ];
  if (forbidden.length > 0) {
    const message = `lib/${folder} may import only from: ${[...allowed].join(", ")}.`;
    patterns.push({ regex: `^(\\.\\./)+(${forbidden.join("|")})(/|$)`, message });
  }
  return patterns;
}

/** The packages that other folders own. */
function ownedElsewhere(folder) {
  return Object.keys(owners).filter((name) => !owners[name].includes(folder));
}

/** The rules that keep one folder of lib/ to its arrows, with or without Node. @returns {Config} */
function roomRules(folder, files, withNode) {
  const patterns = forbiddenImports(folder);
  const noNode = { regex: "^(node:|canvas$)", message: NO_NODE, allowTypeImports: true };
  const nodeGlobals = ["process", "Buffer", "__dirname", "__filename", "setImmediate"];
  const notRequired = ["[./]", "gan-lib", ...ownedElsewhere(folder)];
  if (!withNode) notRequired.push("node:", "canvas$");
  return {
    files,
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: withNode ? patterns : [...patterns, noNode] },
      ],
      "no-restricted-globals": withNode
        ? "off"
        : ["error", ...nodeGlobals.map((name) => ({ name, message: NO_NODE }))],
      // A package may be loaded late, where it is heavy or may be missing; gan-lib's own files may not: arrows stay visible.
      "@typescript-eslint/no-require-imports": [
        "error",
        { allow: [`^(?!${notRequired.join("|")})`] },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "ImportExpression[source.value=/^\\.|^gan-lib/]",
          message: "Import gan-lib's own files statically.",
        },
      ],
    },
  };
}

/** The rules of one folder of lib/, and of those of its files that may touch Node. @returns {Config[]} */
function arrowsOf(folder) {
  const room = roomRules(folder, [`lib/${folder}/**/*.ts`], nodeRooms.includes(folder));
  const files = nodeFiles
    .filter((file) => file.startsWith(`${folder}/`))
    .map((file) => `lib/${file}`);
  return files.length === 0 ? [room] : [room, roomRules(folder, files, true)];
}

/** The exercises stand on the library's public face, and on nothing else. @type {Config} */
const exercisesArrow = {
  files: ["exercises/**/*.ts"],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: "^(?!\\./|gan-lib$)",
            message: "The exercises import only gan-lib, and files beside them.",
          },
        ],
      },
    ],
    "@typescript-eslint/no-require-imports": "error",
    "no-restricted-syntax": [
      "error",
      { selector: "ImportExpression", message: "Import gan-lib statically." },
    ],
  },
};

/** Where the strict set would make numeric code longer and no safer. @type {import("eslint").Linter.RulesRecord} */
const numericCode = {
  // Indices are checked by the loop that makes them; noUncheckedIndexedAccess still asks for the `!`.
  "@typescript-eslint/no-non-null-assertion": "off",
  "@typescript-eslint/restrict-template-expressions": [
    "error",
    { allowNumber: true, allowBoolean: true, allowArray: true },
  ],
  "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
  "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
  // tf.js types its layers' variables by an interface of its own.
  "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
  // A method may be async because its interface is.
  "@typescript-eslint/require-await": "off",
};

const nodeTest = {
  from: "package",
  package: "node:test",
  name: ["test", "it", "describe", "suite"],
};

export default tseslint.config(
  { ignores: ["**/node_modules/", "**/dist/", "build/", ".venv/", "data/cache/"] },
  { linterOptions: { noInlineConfig: true } },
  eslint.configs.recommended,
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: globals.node },
  },
  {
    files: ["test/browser/*.mjs"],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ["lib/**/*.ts", "exercises/**/*.ts", "test/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: numericCode,
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // node:test runs its tests whether or not their promises are awaited.
      "@typescript-eslint/no-floating-promises": ["error", { allowForKnownSafeCalls: [nodeTest] }],
    },
  },
  ...Object.keys(imports).flatMap(arrowsOf),
  exercisesArrow,
);
