import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, test } from "node:test";
import { projectFolder } from "gan-lib/dist/backend/project";

const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), "project-")));
after(() => rmSync(scratch, { recursive: true }));
afterEach(() => delete process.env["GAN_PROJECT_DIR"]);

/** A folder below the scratch one with a package.json of this text. */
function packageIn(name: string, text: string): string {
  const folder = path.join(scratch, name);
  mkdirSync(path.join(folder, "deep", "down"), { recursive: true });
  writeFileSync(path.join(folder, "package.json"), text);
  return folder;
}

const project = packageIn("project", '{ "name": "gan-notebooks" }');
const other = packageIn("other", '{ "name": "another" }');
const broken = packageIn("project/deep", "{ half");

test("the project is the nearest folder upwards whose package.json bears its name", () => {
  assert.equal(projectFolder([project]), project);
  assert.equal(projectFolder([path.join(project, "deep", "down")]), project); // past a broken one
  assert.equal(projectFolder([path.join(other, "deep"), broken]), project);
});

test("without a place given, it is the project that holds this package", () => {
  assert.equal(projectFolder(), path.resolve(__dirname, "../../.."));
});

test("GAN_PROJECT_DIR decides where it is set, and must be the project", () => {
  process.env["GAN_PROJECT_DIR"] = project;
  assert.equal(projectFolder([other]), project);
  process.env["GAN_PROJECT_DIR"] = other;
  assert.throws(
    () => projectFolder([project]),
    new RegExp(`GAN_PROJECT_DIR is "${other}", which holds no package\\.json named`),
  );
});

test("outside the project the error says where it looked and what to do", () => {
  assert.throws(
    () => projectFolder([other]),
    new RegExp(`none at or above ${other}\\. Work inside a copy .* or set GAN_PROJECT_DIR`),
  );
});

test("a package that was copied elsewhere loads, finds the project from its working directory, and otherwise says so", () => {
  const copy = path.join(scratch, "node_modules", "gan-lib");
  const built = path.dirname(require.resolve("gan-lib/dist/backend/project"));
  mkdirSync(copy, { recursive: true });
  cpSync(path.join(built, "project.js"), path.join(copy, "project.js"));
  const ask = (cwd: string): string =>
    execFileSync(
      process.execPath,
      [
        "-p",
        `try { require(${JSON.stringify(`${copy}/project.js`)}).projectFolder() } catch (e) { e.message }`,
      ],
      { cwd, encoding: "utf8" },
    ).trim();
  assert.equal(ask(project), project);
  assert.match(ask(other), /there is none at or above .*gan-lib or .*other/);
});
