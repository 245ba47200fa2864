/** Independent implementations in Python, for the metrics' tests. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { RandomStream, Rows } from "gan-lib";

/** A Python that has scipy, or undefined. */
function pythonWithScipy(): string | undefined {
  const root = path.resolve(__dirname, "../../..");
  const candidates = [process.env["GAN_TEST_PYTHON"] ?? "", path.join(root, ".venv/bin/python")];
  return candidates.find(
    (python) => existsSync(python) && spawnSync(python, ["-c", "import scipy"]).status === 0,
  );
}

const python = pythonWithScipy();

/** Why such a test cannot run here, or false. */
export const skip = python === undefined && "needs a Python with scipy (.venv or GAN_TEST_PYTHON)";

/**
 * Runs a Python function `reference(*sets)` on each tuple of sets.
 *
 * @param code Defines the function; `np` is numpy, sets come as arrays.
 * @returns What it returned for each tuple.
 * @throws Error with what Python printed where it failed.
 */
export function runReference<Result>(code: string, tuples: readonly (readonly Rows[])[]): Result[] {
  const input = JSON.stringify(
    tuples.map((sets) => sets.map(({ data, shape }) => ({ data: Array.from(data), shape }))),
  );
  const program = `
import json, sys, numpy as np
${code}
tuples = json.load(sys.stdin)
print(json.dumps([reference(*(np.array(s["data"]).reshape(s["shape"]) for s in sets)) for sets in tuples]))`;
  const { stdout, stderr } = spawnSync(python ?? "", ["-c", program], {
    input,
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Result[];
}

/** Normal samples with correlated columns: each column also holds half of the one before. */
export function correlated(
  random: RandomStream,
  samples: number,
  dimensions: number,
  scale = 1,
  shift = 0,
): Rows {
  const noise = random.normal([samples, dimensions]);
  const data = Float64Array.from(noise.dataSync());
  noise.dispose();
  for (let i = 0; i < data.length; i++) {
    data[i] =
      scale * (data[i] ?? NaN) + shift + (i % dimensions === 0 ? 0 : 0.5 * (data[i - 1] ?? NaN));
  }
  return { data, shape: [samples, dimensions] };
}

/** As many equal samples as asked for: what constant images give. */
export function constant(samples: number, dimensions: number, value: number): Rows {
  return { data: new Float64Array(samples * dimensions).fill(value), shape: [samples, dimensions] };
}

/**
 * Pairs of sets, with degenerate ones among them: fewer samples than dimensions, a column without variance, one column
 * twice, equal samples on one side and on both.
 */
export function pairsOfSets(random: RandomStream): [Rows, Rows][] {
  const plain = correlated(random, 60, 4);
  const flattened: Rows = {
    data: Float64Array.from(plain.data).map((value, i) => (i % 4 === 2 ? 3 : value)),
    shape: plain.shape,
  };
  const doubled: Rows = {
    data: Float64Array.from(plain.data, (value, i) =>
      i % 4 === 1 ? (plain.data[i - 1] ?? NaN) : value,
    ),
    shape: plain.shape,
  };
  return [
    [correlated(random, 500, 1), correlated(random, 400, 1, 2, 1)],
    [correlated(random, 300, 16), correlated(random, 300, 16, 1.5, 0.2)],
    [correlated(random, 600, 64), correlated(random, 500, 64, 1.1)],
    [correlated(random, 20, 32), correlated(random, 25, 32, 2, 0.5)],
    [flattened, correlated(random, 60, 4, 1.5)],
    [doubled, flattened],
    [constant(40, 4, 3), correlated(random, 60, 4)],
    [constant(40, 4, 3), constant(30, 4, 1)],
  ];
}
