import assert from "node:assert/strict";
import { test } from "node:test";
import { parseBench } from "../../bench/arguments.mjs";
import { inRoot } from "../../tools/setup/paths.mjs";

test("alone: every workload, no peers, five rounds", () => {
  const { peers, workloads, rounds, gradients } = parseBench([]);
  assert.deepEqual(
    [peers, workloads, rounds, gradients],
    [[], ["mlp", "ring", "dcgan", "critic", "sampling", "frechet"], 5, false],
  );
});

test("what is chosen comes in the table's order", () => {
  const options = parseBench([
    "--peers",
    "tensorflow,pytorch",
    "--workloads",
    "dcgan,mlp",
    "--rounds",
    "7",
  ]);
  assert.deepEqual(
    [options.peers, options.workloads, options.rounds],
    [["pytorch", "tensorflow"], ["mlp", "dcgan"], 7],
  );
  assert.equal(parseBench(["gradients", "--peers", "pytorch"]).gradients, true);
});

test("another checkout is given by its folder, and has to be built", () => {
  assert.equal(parseBench(["--before", inRoot()]).before, inRoot());
  assert.equal(parseBench([]).before, undefined);
});

/** @type {[args: string[], message: RegExp][]} */
const mistakes = [
  [["--peers", "jax"], /--peers: "jax" is not known; choose from pytorch, tensorflow/],
  [["--workloads", "mlp,gan"], /--workloads: "gan" is not known; choose from mlp, ring/],
  [["--workloads", ""], /--workloads: "" is not known/],
  [["--rounds", "4"], /--rounds: a whole number of at least 5 is wanted, got "4"/],
  [["--rounds", "many"], /got "many"/],
  [["gradient"], /Only "gradients" can stand alone, got "gradient"/],
  [["gradients"], /add --peers pytorch/],
  [["--before", "nowhere"], /--before: .*nowhere holds no built gan-lib .*git worktree add/],
  [["--round", "5"], /Unknown option '--round'/],
];
for (const [args, message] of mistakes) {
  test(`refused: ${args.join(" ")}`, () =>
    assert.throws(() => parseBench(args), { name: "SetupError", message }));
}
