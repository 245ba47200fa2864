import assert from "node:assert/strict";
import { test } from "node:test";
import { installCommands } from "../../tools/setup/packages.mjs";
import {
  checkNode,
  ensureNeeds,
  findPython,
  missingMessage,
  missingNeeds,
} from "../../tools/setup/prerequisites.mjs";
import { whyNoNative } from "../../tools/setup/system.mjs";
import { only, system } from "./fakes.mjs";

const everything = /** @type {const} */ (["python", "venv", "compiler", "make"]);
const complete = { python3: "3.11 True", "g++": "12", make: "4", "pkg-config": "" };

test("a Node that is too old is refused, with ways to get another", () => {
  for (const version of ["18.20.4", "20.18.3"])
    assert.throws(() => checkNode(version), {
      name: "SetupError",
      message: /20\.19 or newer.*\n.*npx -p node@/,
    });
  for (const version of ["20.19.0", "22.1.0", "26.0.0"]) checkNode(version);
});

test("the first Python that is new enough is taken, and PYTHON alone where it is set", () => {
  assert.deepEqual(findPython(only({ python3: "3.9 True", "python3.12": "3.12 True" }), {}), {
    command: "python3.12",
    version: "3.12",
    venv: true,
  });
  assert.deepEqual(findPython(only({ python3: "3.10 False" }), {}), {
    command: "python3",
    version: "3.10",
    venv: false,
  });
  assert.equal(findPython(only({ python3: "3.9 True" }), {}), undefined);
  assert.equal(
    findPython(only({ python3: "3.12 True", mine: "3.9 True" }), { PYTHON: "mine" }),
    undefined,
  );
});

test("each missing part is noticed by itself", () => {
  assert.deepEqual(missingNeeds([...everything, "canvas"], only(complete), {}), []);
  assert.deepEqual(missingNeeds([...everything, "canvas"], only({}), {}), [
    ...everything,
    "canvas",
  ]);
  assert.deepEqual(
    missingNeeds([...everything], only({ ...complete, python3: "3.11 False" }), {}),
    ["venv"],
  );
  assert.deepEqual(missingNeeds([...everything], only({ python3: "3.11 True", make: "4" }), {}), [
    "compiler",
  ]);
  assert.deepEqual(missingNeeds(["compiler"], only({ "clang++": "15" }), {}), []);
  assert.deepEqual(missingNeeds(["compiler"], only({ "g++": "12" }), { CXX: "icpx" }), [
    "compiler",
  ]);
});

test("each platform gets its own command", () => {
  /** @type {[Partial<import("../../tools/setup/system.mjs").System>, string[]][]} */
  const expected = [
    [
      {},
      [
        "sudo apt-get update",
        "sudo apt-get install -y --no-install-recommends python3 python3-venv g++ make",
      ],
    ],
    [
      { root: true, family: ["linuxmint", "ubuntu", "debian"] },
      [
        "apt-get update",
        "apt-get install -y --no-install-recommends python3 python3-venv g++ make",
      ],
    ],
    [{ family: ["fedora"] }, ["sudo dnf install -y python3 gcc-c++ make"]],
    [{ family: ["arch"] }, ["sudo pacman -S --needed python gcc make"]],
    [
      { family: ["opensuse-leap", "suse", "opensuse"] },
      ["sudo zypper install -y python311 gcc-c++ make"],
    ],
    [{ family: ["alpine"], root: true }, ["apk add python3 py3-pip g++ make"]],
    [{ platform: "darwin", family: [] }, ["xcode-select --install", "brew install python@3.13"]],
  ];
  for (const [changes, lines] of expected)
    assert.deepEqual(installCommands([...everything], system(changes)), lines);
  assert.match(
    installCommands([...everything], system({ family: ["slackware"] })).join(),
    /package manager: Python 3\.10/,
  );
  assert.match(installCommands([...everything], system({ platform: "win32" })).join(), /WSL 2/);
});

test("a plain user is told what is missing and what to type, and nothing is installed", async () => {
  const install = () => assert.fail("a plain user cannot install");
  await assert.rejects(
    ensureNeeds([...everything], system(), { probe: only({ python3: "3.11 True" }), install }),
    (/** @type {Error} */ error) => {
      assert.equal(error.message, missingMessage(["compiler", "make"], system()));
      assert.match(error.message, /a C\+\+ compiler[^]*sudo apt-get install \S+ \S+ g\+\+ make\n/);
      return true;
    },
  );
});

test("as root on Debian what is missing is installed, and only that", async () => {
  /** @type {Record<string, string>} */
  const machine = { python3: "3.11 False", make: "4" };
  /** @type {string[]} */
  const typed = [];
  const install = async (/** @type {string} */ command, /** @type {string[]} */ args) => {
    typed.push([command, ...args].join(" "));
    if (args[0] === "install") Object.assign(machine, complete);
  };
  const installed = await ensureNeeds([...everything], system({ root: true }), {
    probe: (...call) => only(machine)(...call),
    install,
  });
  assert.deepEqual(installed, ["venv", "compiler"]);
  assert.deepEqual(typed, [
    "apt-get update",
    "apt-get install -y --no-install-recommends python3-venv g++",
  ]);
});

test("root elsewhere, and root whose installation did not help, are told like everybody", async () => {
  const install = async () => {};
  for (const changes of [{ root: true }, { root: true, family: ["fedora"] }]) {
    await assert.rejects(ensureNeeds(["make"], system(changes), { probe: only({}), install }), {
      name: "SetupError",
      message: /- make/,
    });
  }
});

test("the native backend is for Linux x64 with the GNU C library, unless WebAssembly is asked for", () => {
  assert.equal(whyNoNative(system(), {}), undefined);
  assert.match(whyNoNative(system(), { GAN_BACKEND: "wasm" }) ?? "", /GAN_BACKEND=wasm/);
  for (const changes of [
    { arch: "arm64" },
    { glibc: false },
    { platform: /** @type {const} */ ("darwin") },
  ]) {
    assert.match(
      whyNoNative(system({ ...changes, label: "this one" }), {}) ?? "",
      /for Linux x64.*this one/,
    );
  }
});
