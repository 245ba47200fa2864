"""What helps while one writes: completion, Shift+Tab, and what was run before."""
import json

import pytest


def complete(kernel, code, at=None):
    """The answer to Tab where | stands; names with their kinds."""
    cursor = code.index("|")
    reply = kernel.reply(kernel.request("complete_request", {"code": code.replace("|", ""), "cursor_pos": cursor}))
    assert reply["status"] == "ok"
    typed = reply["metadata"]["_jupyter_types_experimental"]
    assert [each["text"] for each in typed] == reply["matches"]
    assert all((each["start"], each["end"]) == (reply["cursor_start"], reply["cursor_end"]) for each in typed)
    return {each["text"]: each["type"] for each in typed}, (reply["cursor_start"], reply["cursor_end"])


def inspect(kernel, code):
    """The answer to Shift+Tab where | stands."""
    reply = kernel.reply(kernel.request("inspect_request", {"code": code.replace("|", ""), "cursor_pos": code.index("|"), "detail_level": 0}))
    return reply["data"] if reply["found"] else None


def test_names_come_with_their_kinds(kernel):
    kernel.run("const marble = 1;\nlet marching = 2;\nfunction marry() {}\nclass Market {}\nenum Mark { One }\ninterface Marked { a: number }")
    found, place = complete(kernel, "1 + mar|")
    assert place == (4, 7)
    wanted = {"marble": "constant", "marching": "variable", "marry": "function", "Market": "class", "Mark": "enum"}
    assert {name: found[name] for name in wanted} == wanted
    members, _ = complete(kernel, "'text'.trim|")
    assert members["trimStart"] == "method"
    assert complete(kernel, "'text'.leng|")[0]["length"] == "property"
    assert complete(kernel, "cons|")[0]["const"] == "keyword"


def test_positions_count_characters_of_unicode(kernel):
    kernel.run("const temperature = 20;")
    assert complete(kernel, "'😀😀' + temper|")[1] == (7, 13)
    assert "temperature" in inspect(kernel, "'😀😀😀😀😀😀😀😀' + tempe|rature")["text/plain"]


@pytest.fixture(scope="module")
def folder(kernel):
    """Files beside the notebook of the kernel that the tests share."""
    made = kernel.run('import { mkdtempSync, mkdirSync, writeFileSync } from "node:fs";\nimport { basename, join } from "node:path";\n'
                      'const place = mkdtempSync(join(process.cwd(), "paths-"));\nmkdirSync(join(place, "inner"));\n'
                      'for (const name of ["help.ts", "helper.mjs", "data.json", "typed.d.ts", "note.txt", ".hidden.ts"]) writeFileSync(join(place, name), "");\nbasename(place)')
    yield made.value.strip("'")
    kernel.run('import { rmSync } from "node:fs";\nrmSync(place, { recursive: true });')


def test_files_and_folders_of_an_import(kernel, folder):
    found, place = complete(kernel, f'import {{ a }} from "./{folder}/|"')
    assert found == {"data.json": "file", "help": "file", "helper": "file", "inner/": "folder", "typed": "file"}
    start = len(f'import {{ a }} from "./{folder}/')
    assert place == (start, start)
    assert complete(kernel, f"import './{folder}/he|'")[0].keys() == {"help", "helper"}
    assert complete(kernel, f"await import('./{folder}/inn|')")[0] == {"inner/": "folder"}
    assert complete(kernel, f'import {{ a }} from "./{folder}/nowhere/|"')[0] == {}


def test_cells_that_are_modules(kernel):
    kernel.run("/** @module some_parts */\nexport const part = 1;")
    assert complete(kernel, 'import { part } from "./some_p|";')[0] == {"some_parts": "module"}


@pytest.mark.parametrize("code, name", [
    ('import * as gan from "gan-l|"', "gan-lib"), ("import tf from '@tensor|'", "@tensorflow/"), ("import tf from '@tensorflow/tf|'", "tfjs-core"),
    ('import { join } from "node:pa|"', "node:path"), ("const fs = require('node:fs/|')", "promises"),
])
def test_packages(kernel, code, name):
    assert name in complete(kernel, code)[0]


def test_a_text_that_is_no_import_is_left_alone(kernel):
    found, _ = complete(kernel, "const text = 'from the ./|'")
    assert "gan-lib" not in found and "help" not in found


DOCUMENTED = """/**
 * Measures it.
 *
 * @param what The thing, of any kind.
 * @param unit In which unit.
 * @returns Both.
 * @throws {RangeError} When it is too long.
 * @example
 * measure(3, "mm")
 * @see https://example.org
 */
function measure(what: unknown, unit = 'cm') { return [what, unit]; }"""


def test_a_docstring_is_markdown(kernel):
    kernel.run(DOCUMENTED)
    shown = inspect(kernel, "meas|ure(1)")
    markdown = shown["text/markdown"]
    assert markdown.startswith("```typescript\nfunction measure(what: unknown, unit?: string | undefined): unknown[]\n```\n\nMeasures it.")
    assert "**Parameters**\n\n- `what`: The thing, of any kind.\n- `unit`: In which unit." in markdown
    assert "**Returns**\n\n- Both." in markdown and "too long" in markdown.split("**Throws**")[1]
    assert '**Example**\n\n```typescript\nmeasure(3, "mm")\n```' in markdown and "**see** https" in markdown
    assert "function measure(" in shown["text/plain"] and "@param what The thing" in shown["text/plain"] and "```" not in shown["text/plain"]


def test_a_library_function_too(kernel):
    kernel.run('import * as gan from "gan-lib";')
    markdown = inspect(kernel, "gan.trainSteps|()")["text/markdown"]
    assert "**Parameters**" in markdown and "trainSteps" in markdown


@pytest.mark.parametrize("code", ["measure(|", "measure( |)", "[measure({ a: [1], |", "measure(f(1), |"])
def test_inside_a_call_the_function_is_shown(kernel, code):
    kernel.run(DOCUMENTED)
    assert "function measure(what: unknown" in inspect(kernel, code)["text/plain"]


def test_where_nothing_is_nothing_is_shown(kernel):
    assert inspect(kernel, "  |") is None


def history(kernel, **asked):
    reply = kernel.reply(kernel.request("history_request", {"raw": True, "output": False, **asked}))
    return [source for _, _, source in reply["history"]]


def test_history(kernel):
    kernel.run("const remembered = 1;")
    kernel.run("remembered + 1")
    kernel.run("'unstored'", store_history=False)
    kernel.run("remembered + 1")
    assert history(kernel, hist_access_type="tail", n=3) == ["const remembered = 1;", "remembered + 1", "remembered + 1"]
    assert history(kernel, hist_access_type="search", pattern="*bered + ?", unique=True) == ["remembered + 1"]
    count = kernel.run("1").reply["execution_count"]
    assert history(kernel, hist_access_type="range", session=0, start=count - 1, stop=count) == ["remembered + 1"]


def test_history_is_kept_over_restarts(start_kernel, tmp_path, monkeypatch):
    file = tmp_path / "folder" / "history.jsonl"
    monkeypatch.setenv("GAN_HISTORY", str(file))
    kernel = start_kernel()
    kernel.run("'first'\n+ 'line'")
    kernel.run("'second'")
    # What a kernel that was killed while it wrote has left, and older inputs than are kept.
    file.write_text("".join(json.dumps([number, 1, f"old {number}"]) + "\n" for number in range(21_000)) + file.read_text() + '[1, 2, "hal')
    file.write_text(file.read_text() + "\n")
    kernel.restart()
    kernel.run("'third'")
    assert history(kernel, hist_access_type="tail", n=3) == ["'first'\n+ 'line'", "'second'", "'third'"]
    assert history(kernel, hist_access_type="search", pattern="*sec*") == ["'second'"]
    assert history(kernel, hist_access_type="range", session=-1, start=2, stop=3) == ["'second'"]
    assert history(kernel, hist_access_type="range", session=0) == ["'third'"]
    assert len(file.read_text().splitlines()) == 10_001 and file.stat().st_mode & 0o077 == 0


def test_history_that_cannot_be_kept_is_there_for_the_session(start_kernel, tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("no folder")
    monkeypatch.setenv("GAN_HISTORY", str(tmp_path / "taken" / "history.jsonl"))
    kernel = start_kernel()
    assert kernel.run("40 + 2").value == "42"
    assert history(kernel, hist_access_type="tail", n=1) == ["40 + 2"]
    assert "taken" in kernel.stderr.read_text()
