import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { printable } from "../../tools/run/printable.mjs";
import { fromUser } from "../../tools/run/user-paths.mjs";
import { root } from "../../tools/setup/paths.mjs";

test("what steers a terminal is written out; letters of all scripts, marks and ends of lines stay", () => {
  assert.equal(printable("a\x1b[31mred\x07.png"), "a\\u{1b}[31mred\\u{7}.png");
  assert.equal(printable("x\u202egnp.exe"), "x\\u{202e}gnp.exe");
  assert.equal(printable("\x9b2J\r\u2028"), "\\u{9b}2J\\u{d}\\u{2028}");
  const plain = "café 日本 é 👩🏽 a\nb";
  assert.equal(printable(plain), plain);
});

test("a path is meant from where the person stands, also when npm moved to the root", () => {
  const inside = path.join(root, "notebooks");
  assert.equal(fromUser("a", { cwd: root, stood: inside }), path.join(inside, "a"));
  assert.equal(fromUser("a", { cwd: root, stood: undefined }), path.join(root, "a"));
  const elsewhere = path.resolve("/elsewhere");
  assert.equal(fromUser("a", { cwd: elsewhere, stood: inside }), path.join(elsewhere, "a"));
  assert.equal(fromUser(elsewhere, { cwd: root, stood: inside }), elsewhere);
});
