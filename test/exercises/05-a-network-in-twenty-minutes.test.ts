import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ready, tf } from "gan-lib";
import { failedOf, passes } from "./answers";

before(ready);

test("predictions: the four fates pass; one that is wrong fails alone, and none at all fails everywhere", async () => {
  await passes("05-1", () => ["creeps", "arrives", "swings", "runs away"]);
  assert.deepEqual(await failedOf("05-1", () => ["creeps", "swings", "swings", "runs away"]), [
    "the rate 0.5 does what you predicted",
  ]);
  assert.equal((await failedOf("05-1", () => [])).length, 4);
});

const network = (
  hidden: readonly number[],
  activation: "relu" | "linear",
  last: "linear" | "sigmoid" = "linear",
): tf.Sequential =>
  tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [2] }),
      ...hidden.map((units) => tf.layers.dense({ units, activation })),
      tf.layers.dense({ units: 1, activation: last }),
    ],
  });

test("a network: two hidden layers that bend pass; one layer, no activation, and a sigmoid at the end do not", async () => {
  await passes("05-2", () => network([8, 8], "relu"));
  assert.deepEqual(await failedOf("05-2", () => network([16], "relu")), [
    "has two hidden layers of 8 units, and one unit at the end",
  ]);
  assert.deepEqual(await failedOf("05-2", () => network([8, 8], "linear")), ["can bend"]);
  assert.deepEqual(await failedOf("05-2", () => network([8, 8], "relu", "sigmoid")), [
    "learns the four clouds: at least 90 % of the points",
  ]);
});

test("output size: the rule passes; rounding up, and padding counted once, do not", async () => {
  await passes(
    "05-3",
    (size, kernel, { stride, padding }) => Math.floor((size + 2 * padding - kernel) / stride) + 1,
  );
  assert.deepEqual(
    await failedOf(
      "05-3",
      (size, kernel, { stride, padding }) => Math.ceil((size + 2 * padding - kernel) / stride) + 1,
    ),
    ["a last step that is too long is not taken"],
  );
  assert.ok(
    (
      await failedOf(
        "05-3",
        (size, kernel, { stride, padding }) => Math.floor((size + padding - kernel) / stride) + 1,
      )
    ).includes("a padding of 1 and a kernel of 3 keep the size"),
  );
});
