"""A failing cell publishes an error that names the learner's own line."""
import re

import pytest

COLOUR = "\x1b["


def located(traceback):
    """The (cell, line) pairs of a traceback, innermost first, and the source lines that are marked."""
    places = re.findall(r"^cell \[(\d+)\], line (\d+)", traceback, re.MULTILINE)
    marked = re.findall(r"^> *(\d+) \| (.*)$", traceback, re.MULTILINE)
    assert [line for _, line in places] == [line for line, _ in marked]
    return [(int(cell), source.strip()) for (cell, _), (_, source) in zip(places, marked)]


def caret_column(traceback):
    """Where the first marker stands in its source line, from 1."""
    lines = traceback.split("\n")
    marker = next(line for line in lines if line.rstrip().endswith("^"))
    return marker.index("^") - marker.index("|") - 1


def test_a_throw_in_the_cell(kernel):
    failed = kernel.run("interface Point { x: number }\n\nconst at: Point = { x: 1 };\nif (at.x > 0) throw new RangeError('x is ' + at.x);\nat")
    count = failed.reply["execution_count"]
    assert failed.status == "error"
    assert (failed.error["ename"], failed.error["evalue"]) == ("RangeError", "x is 1")
    assert {key: failed.reply[key] for key in ("ename", "evalue", "traceback")} == failed.error
    assert located(failed.traceback) == [(count, "if (at.x > 0) throw new RangeError('x is ' + at.x);")]
    assert caret_column(failed.traceback) == len("if (at.x > 0) throw n")
    assert all(COLOUR in part for part in failed.error["traceback"])
    assert failed.of("execute_result") == []


def test_a_throw_in_a_function_of_an_earlier_cell(kernel):
    earlier = kernel.run("type Weight = number;\nenum Kind { A, B }\nfunction half(w: Weight): Weight {\n  if (w === Kind.B) throw new Error('odd');\n  return w / 2;\n}")
    failed = kernel.run("half(2);\nhalf(1);")
    assert located(failed.traceback) == [
        (earlier.reply["execution_count"], "if (w === Kind.B) throw new Error('odd');"),
        (failed.reply["execution_count"], "half(1);"),
    ]


def test_a_throw_after_await_in_a_nested_async_function(kernel):
    failed = kernel.run(
        "async function outer() {\n  const inner = async () => {\n    for (let i = 0; ; i++) {\n"
        "      await new Promise((resolve) => setTimeout(resolve, 5));\n      if (i === 1) throw new Error('deep');\n    }\n  };\n"
        "  await inner();\n}\nawait outer();"
    )
    count = failed.reply["execution_count"]
    assert located(failed.traceback) == [
        (count, "if (i === 1) throw new Error('deep');"),
        (count, "await inner();"),
        (count, "await outer();"),
    ]


def test_a_throw_in_a_library_called_by_the_cell(kernel):
    failed = kernel.run('import { execFileSync } from "node:child_process";\nexecFileSync("no-such-program");')
    assert located(failed.traceback) == [(failed.reply["execution_count"], 'execFileSync("no-such-program");')]
    assert "thrown in node:" in failed.traceback and "node_modules" not in failed.traceback


def test_a_throw_in_a_module_cell(kernel):
    module = kernel.run("/** @module broken */\n\nexport function fail(reason: string): never {\n  throw new Error(reason);\n}")
    assert module.status == "ok"
    failed = kernel.run('import { fail } from "./broken";\nfail("here");')
    assert located(failed.traceback) == [
        (module.reply["execution_count"], "throw new Error(reason);"),
        (failed.reply["execution_count"], 'fail("here");'),
    ]


def test_a_stack_that_the_learner_prints_is_in_typescript_lines_too(kernel):
    done = kernel.run("interface Nothing {}\n\ntry {\n  JSON.parse('{');\n} catch (error) {\n  console.log((error as Error).stack);\n}")
    assert f"cell[{done.reply['execution_count']}]:4:" in done.stream("stdout")


def test_a_rejected_await(kernel):
    failed = kernel.run("await Promise.reject(new TypeError('refused'));")
    assert (failed.error["ename"], failed.error["evalue"]) == ("TypeError", "refused")


def test_a_cause_is_shown(kernel):
    failed = kernel.run("try { JSON.parse('{'); } catch (cause) {\n  throw new Error('bad file', { cause });\n}")
    assert "caused by" in failed.traceback and "SyntaxError" in failed.traceback


@pytest.mark.parametrize("thrown, evalue", [("'a string'", "'a string'"), ("undefined", "undefined"), ("{ code: 7 }", "{ code: 7 }")])
def test_anything_can_be_thrown(kernel, thrown, evalue):
    failed = kernel.run(f"throw {thrown};")
    assert failed.status == "error"
    assert failed.error["ename"].startswith("Thrown") and failed.error["evalue"] == evalue


def test_type_errors_are_listed_with_their_places(kernel):
    failed = kernel.run("const text: string = 5;\nconst ok = 1;\n  missing(ok);")
    cell = f"cell [{failed.reply['execution_count']}]"
    assert failed.error["ename"] == "TypeScriptError"
    first, second = failed.error["evalue"].split("\n")
    assert first == f"{cell} 1:7 - Type 'number' is not assignable to type 'string'. (TS2322)"
    assert second.startswith(f"{cell} 3:3 - Cannot find name 'missing'") and second.endswith("(TS2304)")
    assert caret_column(failed.traceback) == len("const t")


@pytest.mark.parametrize(
    "code, number",
    [
        ("function double(x) { return 2 * x; }", 7006),
        ("const found = [1].find((x) => x > 1);\nfound.toFixed();", 18048),
        ("class Box { size: number; }", 2564),
    ],
)
def test_cells_are_checked_strictly(kernel, code, number):
    assert f"(TS{number})" in kernel.run(code).error["evalue"]


HALF = {
    "a bracket": ("const q = (1 + ", 1),
    "a function": ("function go(", 1),
    "a body": ("const f = () => {\n  return 1;", 2),
    "a template": ("const s = `a\nb", 2),
    "a comment": ("1;\n/* a", 2),
    "an object": ("({\n  a: 1,\n", 3),
}


@pytest.mark.parametrize("code, line", HALF.values(), ids=HALF.keys())
def test_half_a_cell_says_what_it_expects(kernel, code, line):
    failed = kernel.run(code)
    assert failed.error["ename"] == "TypeScriptError"
    assert all(f" {line}:" in each and ("expected" in each or "Unterminated" in each) for each in failed.error["evalue"].split("\n"))
    assert f"> {line} | " in failed.traceback


def test_an_error_that_is_its_own_cause(kernel):
    failed = kernel.run("const own: any = new Error('own');\nown.cause = own;\nthrow own;")
    assert failed.error["evalue"] == "own"
    circle = kernel.run("const left: any = new Error('left'), right: any = new Error('right', { cause: left });\nleft.cause = right;\nthrow left;")
    assert circle.traceback.count("caused by") == 1


@pytest.mark.parametrize("part", ["stack", "message", "name", "cause"])
def test_an_error_that_cannot_be_read_is_shown_without_the_part(kernel, part):
    failed = kernel.run(f"throw Object.defineProperty(new RangeError('said'), '{part}', {{ get() {{ throw new Error('no'); }} }});")
    assert failed.error["ename"] == ("Error" if part == "name" else "RangeError")
    assert ("said" in failed.error["evalue"]) == (part != "message")


def test_a_proxy_that_throws_at_every_look(kernel):
    failed = kernel.run("throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; }, ownKeys() { throw 3; } });")
    assert failed.status == "error" and "cannot be shown" in failed.error["evalue"]


def test_names_are_told_as_they_were_written(kernel):
    kernel.run("let notCallable: any = 1;")
    assert kernel.run("notCallable();").error["evalue"] == "notCallable is not a function"


def test_a_middle_cell_after_a_restart_says_to_run_the_cells_above(start_kernel):
    kernel = start_kernel()
    middle = "const game = { generator, discriminator };\nfor (const step of gan.trainSteps(game, batches, { steps })) {\n  losses.push(step.loss);\n}\nlosses.map((x) => x * 2)"
    failed = kernel.run(middle)
    assert "Run the cells above first" in failed.error["evalue"] and "generator" in failed.error["evalue"]
    assert len(failed.traceback.split("\n")) <= 6
    typo = kernel.run("consol.log(1);")
    assert "Did you mean 'console'" in typo.error["evalue"]
    kernel.run("const one = 1;")
    assert "Cannot find name 'two'" in kernel.run("one + two").error["evalue"]


def test_a_browser_cell_is_refused(kernel):
    assert "not supported" in kernel.run("/** @browser */\nalert(1);").error["evalue"]


def test_what_a_failed_cell_reached_can_be_used(kernel):
    failed = kernel.run("const losses = [3, 2, 1];\nfunction last() { return losses.at(-1); }\nif (losses.length) throw new Error('half way');\nconst unreached = 1;")
    assert failed.status == "error"
    assert kernel.run("[losses.length, last()].join()").value == "'3,1'"
    assert "Cannot find name 'unreached'" in kernel.run("unreached").error["evalue"]


LATE = [
    ("setTimeout(() => { throw new Error('from a timer'); }, 300);", "from a timer"),
    ("void (async () => {\n  await new Promise((resolve) => setTimeout(resolve, 300));\n  throw new Error('from a promise');\n})();", "from a promise"),
    ("void Promise.reject(new Error('at once'));", "at once"),
    ('import { readFile } from "node:fs/promises";\nvoid readFile("/no/such/file");', "ENOENT"),
    ('import { setTimeout as sleep } from "node:timers/promises";\nvoid sleep(200).then(() => { throw new Error("slept"); });', "slept"),
    ("const ticker = setInterval(() => { clearInterval(ticker); throw new Error('tick'); }, 200);", "tick"),
]


@pytest.mark.parametrize("code, message", LATE, ids=[message for _, message in LATE])
def test_a_late_failure_fails_the_cell_that_left_it_behind(kernel, code, message):
    failed = kernel.run(code)
    assert failed.status == "error"
    assert f"From cell [{failed.reply['execution_count']}], " in failed.error["evalue"]
    assert message in failed.error["evalue"]
    assert kernel.run("'fine'").value == "'fine'"


def test_a_later_failure_fails_the_cell_that_runs_then(kernel):
    request = kernel.send("setTimeout(() => {\n  throw new Error('much later');\n}, 1500);\n'left running'")
    origin = kernel.wait(request)
    assert origin.status == "ok"
    failed = kernel.run("await new Promise((resolve) => setTimeout(resolve, 60_000));")
    count = origin.reply["execution_count"]
    assert failed.error["evalue"].startswith(f"From cell [{count}], ") and "much later" in failed.error["evalue"]
    assert located(failed.traceback) == [(count, "throw new Error('much later');")]
    # The cell that it came from says so as well.
    assert any("much later" in message["content"].get("text", "") for message in kernel.messages(request))


def test_a_failure_between_cells_fails_the_next_one(kernel):
    request = kernel.send("setTimeout(() => { throw new Error('between'); }, 1500);\n'left running'")
    origin = kernel.wait(request)
    kernel.wait_for_output(request)
    failed = kernel.run("console.log('must not run');")
    assert f"From cell [{origin.reply['execution_count']}], " in failed.error["evalue"] and "between" in failed.error["evalue"]
    assert failed.stream("stdout") == ""
    assert kernel.run("'fine'").value == "'fine'"


def test_a_failure_that_nobody_was_told_of_ends_the_kernel_with_an_error(start_kernel):
    kernel = start_kernel()
    request = kernel.send("setTimeout(() => { throw new Error('the last word'); }, 1500);\n'left running'")
    kernel.wait(request)
    kernel.wait_for_output(request)
    kernel.request("shutdown_request", {"restart": False}, "control")
    assert kernel.process.wait(timeout=10) == 1
    assert "the last word" in kernel.stderr.read_text()
