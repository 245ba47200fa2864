import assert from "node:assert/strict";
import { test } from "node:test";
import { reasonOf } from "../../kernel/death.mjs";

const heap =
  "<--- Last few GCs --->\n\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n 1: 0xb9 node::Abort()\n";
const badAllocation =
  "terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\n";
const check =
  "2026-11-30 F tensorflow/core/framework/tensor.cc:855] Check failed: dtype() == expected (1 vs. 3)\n";
const quiet = { signal: null, said: "", oomKilled: false };

/** @type {[string, Parameters<typeof reasonOf>[0], RegExp[]][]} */
const cases = [
  ["exit", { ...quiet, exit: 7 }, [/process\.exit\(7\) was called/, /throw an error/]],
  ["heap", { ...quiet, signal: "SIGABRT", said: heap }, [/JavaScript's own memory/, /max-old-/]],
  [
    "bad_alloc",
    { ...quiet, signal: "SIGABRT", said: badAllocation },
    [/out of memory \(SIGABRT\)/],
  ],
  ["OOM kill", { ...quiet, signal: "SIGKILL", oomKilled: true }, [/out of memory, .*SIGKILL/]],
  [
    "kill -9",
    { ...quiet, signal: "SIGKILL" },
    [/another program or the operating system.*SIGKILL/],
  ],
  ["terminated", { ...quiet, signal: "SIGTERM" }, [/asked it to end \(SIGTERM\)/]],
  [
    "crash",
    { ...quiet, signal: "SIGSEGV" },
    [/native code crashed \(SIGSEGV\)\./, /npm run doctor/],
  ],
  [
    "check",
    { ...quiet, signal: "SIGABRT", said: check },
    [/at last it said: .*Check failed: dtype/],
  ],
];

for (const [name, death, expected] of cases)
  test(`a kernel that dies says why and what to do: ${name}`, () => {
    const reason = reasonOf(death);
    for (const pattern of [...expected, /^The kernel died: /, /run the cells above/])
      assert.match(reason, pattern);
  });
