import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { checkFigures } from "../../tools/notebooks/check-figures.mjs";
import { keepLesson, keptRow } from "../../tools/run/kept-lessons.mjs";
import { temporaryFolder } from "./temporary.mjs";

const folder = temporaryFolder("check-figures");

function keep(lesson, profile, rows) {
  keepLesson({
    lesson,
    profile,
    units: {},
    run: {
      command: "",
      machine: {},
      versions: {},
      backend: "tensorflow",
      device: "CPU",
      rows: rows.map((figures, i) => keptRow({ seed: i + 1, ok: true, report: { figures } })),
    },
    folder: path.join(folder, "lessons"),
  });
}

// modes: 7.6 ± 0.894; share: 0.86 ± 0.2; distance 128.75 ± 6.3, or 30.5 in the standard profile.
keep("41-remedies", "quick", [
  { modes: 8, share: 0.66, distance: 125.6 },
  { modes: 8, share: 0.66, distance: 125.6 },
  { modes: 8, share: 0.86, distance: 125.6 },
  { modes: 8, share: 1.06, distance: 125.6 },
  { modes: 6, share: 1.06, distance: 141.35 },
]);
keep("41-remedies", "standard", [{ distance: 30.5, rate: -1.7 }]);
keep("42-other", "quick", [{ x: 3.21 }, { x: 3.25 }]);

mkdirSync(path.join(folder, "experiments"));
const cell = (seed, modes) => ({ settings: { packing: 1 }, seed, steps: 10, figures: { modes } });
writeFileSync(
  path.join(folder, "experiments", "pacgan.json"),
  JSON.stringify({
    runs: [{ rows: [cell(1, 5), cell(2, 7)] }],
    published: [{ figures: { modes: { mean: 3.4, standardError: 0.5 } } }],
  }),
);

/** What the check says of a cell's text. */
function messages(text, code = "") {
  const cells = [
    { cell_type: "code", source: code, metadata: {} },
    { cell_type: "markdown", source: text, metadata: {} },
  ];
  const lesson = { slug: "41-remedies", file: "", notebook: { cells, metadata: {} } };
  const problems = checkFigures(lesson, folder);
  for (const problem of problems)
    assert.deepEqual([problem.slug, problem.cell], ["41-remedies", 2]);
  return problems.map(({ message }) => message.split(" is not among")[0]);
}

describe("a measured number in a text", () => {
  const quick = "`npm run lesson -- 41 --profile quick --seeds 5`";
  /** @type {[string, string, string[]][]} */
  const cases = [
    ["a kept mean with its deviation", `7.6 ± 0.89 modes`, []],
    ["in another rounding", `8 ± 0.9 modes`, []],
    ["with its standard error", `7.6 ± 0.4 modes`, []],
    ["a mean that is not kept", "7.3 ± 0.89 modes", ['"7.3 ± 0.89"']],
    ["a deviation that is not kept", "7.6 ± 1.2 modes", ['"7.6 ± 1.2"']],
    ["a share in per cent", "86 ± 20 % of them", []],
    ["another share", "88 ± 20 % of them", ['"88 ± 20 %"']],
    ["a fraction without a spread", "one run had 30.5, the next 30.6", ['"30.6"']],
    ["a loss told as a positive number", "it lost 1.7 points", []],
    ["from the smallest to the largest", "from 125.6 to 141.35", []],
    ["a single run that is no end of a range", "it was 141.35", ['"141.35"']],
    ["a whole number with a unit", "33 % of them; 33 s", ['"33 %"', '"33 s"']],
    [
      "a Fréchet distance in whole numbers",
      "The Fréchet distance fell from 356 to 30.5.",
      ['"356"'],
    ],
    ["a count beside a Fréchet distance", "the Fréchet distance to 2,000 test digits", []],
    ["counts, decades, lessons, sections", "8 of 10 seeds, the 50s, section 4.1, lesson 41", []],
    ["settings as mathematics and code", "rate $0.003$, `0.9`, $$x = 2.5$$", []],
    ["a spread as mathematics", "$7.6 \\pm 0.89$ and $7.3 \\pm 1.2$", ['"7.3 ± 1.2"']],
    ["a setting as plain text", "at a rate of 0.003", ['"0.003"']],
    ["links and licences", "[a](http://x.y/1.25), CC BY 4.0, [arXiv:1406.2661](https://a.b)", []],
    ["a figure of a profile that the cell does not name", `${quick}: 30.5`, ['"30.5"']],
    ["a figure of another lesson", "x is 3.23 ± 0.028", ['"3.23 ± 0.028"']],
    [
      "of another lesson that is named",
      "`npm run lesson -- 42 --profile quick --seeds 2`: 3.23 ± 0.028",
      [],
    ],
    [
      "a command with other seeds",
      "`npm run lesson -- 41 --profile quick --seeds 3`",
      ["`npm run lesson -- 41 --profile quick --seeds 3`: 5 seeds are kept, not 3"],
    ],
    [
      "a command of which nothing is kept",
      "`npm run lesson -- 99`",
      ["`npm run lesson -- 99`: no figures of it are kept"],
    ],
    [
      "a paper's, marked",
      "It rises from 78.6 % to 85.7 % (their figures). Ours: 12.3 %.",
      ['"12.3 %"'],
    ],
    ["a number behind the mark", "They have 78.6 % (the paper's), we have 12.3 %.", ['"12.3 %"']],
    [
      "a paper's column",
      "| a | the paper's |\n|---|---|\n| x | 9.9 ± 0.1 |\n| 9.8 | 1.1 |",
      ['"9.8"'],
    ],
    [
      "an experiment's that is named",
      "`npm run experiment -- pacgan --keep`: 6 ± 1, and 3.4 ± 0.5 in the paper",
      [],
    ],
    ["an experiment's that is not named", "6 ± 1", ['"6 ± 1"']],
    ["references", "## References\n\n- pages 2672.5", []],
  ];
  for (const [name, text, expected] of cases)
    test(name, () => assert.deepEqual(messages(text), expected));

  test("an experiment's that the code shows", () => {
    assert.deepEqual(messages("6 ± 1", 'gan.experimentResults("pacgan")'), []);
  });
});
