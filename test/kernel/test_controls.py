"""
Stock Jupyter tools tell the truth: each of them is red on each notebook that fails, and green on a good one.
The negative controls at the end show the same notebooks under tslab's own launcher.
"""
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

# Seconds a cell may take. Only the notebook that loops waits for it; it burns a processor meanwhile, in its one cell.
CELL_TIMEOUT = {"loops": 4}
LONG_CELL_TIMEOUT = 90
TOOL_TIMEOUT = 400
BIN = Path(sys.executable).parent

GOOD = [
    "const numbers: number[] = [1, 2, 3];",
    'import { display } from "tslab";\ndisplay.html("<b>sum</b>");\nfor await (const n of numbers) console.log(n);',
    "await (async () => numbers.length)()",
]
# What fails, and what every tool's report must hold.
FAILING = {
    "throws": ("const depth = 3;\nthrow new RangeError(`depth ${depth} of the sea`);", "depth 3 of the sea"),
    "does_not_type_check": ("const count: number = 'many words';", "TS2322"),
    "rejects_late": (
        "void (async () => {\n  await new Promise((resolve) => setTimeout(resolve, 200));\n  throw new Error('late to the party');\n})();",
        "late to the party",
    ),
    "throws_from_a_timer": ("setTimeout(() => {\n  throw new Error('the clock struck');\n}, 200);\n'set'", "the clock struck"),
    "exits": ("process.exit(0);", "The kernel died: process.exit(0) was called"),
    "loops": ("let turns = 0;\nfor (;;) turns += 1; // round and round", "round and round"),
}
# nbval has its own words for a kernel that is gone, and names a frozen cell by its number.
NBVAL_WORDS = {"exits": "Cell 0", "loops": "Cell 0"}
NAMES = ["good", *FAILING]
# What the kernel says is the same to every tool, and nbmake and nbval hear all of it. How these two, which start anew for
# each notebook, take an error and a kernel that is gone shows in one notebook of each kind.
OF_EACH_KIND = ["good", "throws", "exits"]


def write_notebook(folder, name, cells):
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "tslab", "display_name": "TypeScript", "language": "typescript"}
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in cells]
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("controls")
    failing = {name: write_notebook(folder, name, [code]) for name, (code, _) in FAILING.items()}
    return {"good": write_notebook(folder, "good", GOOD), **failing}


def call(arguments, environment, folder):
    """Runs a tool; returns its exit status and all that it said."""
    done = subprocess.run(
        [str(argument) for argument in arguments], env=environment, cwd=folder, timeout=TOOL_TIMEOUT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    return done.returncode, done.stdout


def call_pytest(options, paths, environment, report):
    """Runs a pytest plugin over notebooks; returns (failed, text) by notebook name, from its JUnit file."""
    folder = next(iter(paths.values())).parent
    _, said = call(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-o", "junit_family=xunit1", f"--junit-xml={report}", *options, *paths.values()],
        environment, folder,
    )
    assert report.exists(), said
    results = {name: [] for name in paths}
    for case in ElementTree.parse(report).iter("testcase"):
        name = next(name for name in paths if f"{name}.ipynb" in f"{case.get('file')} {case.get('name')} {case.get('classname')}")
        bad = [*case.findall("failure"), *case.findall("error")]
        results[name].append((bool(bad), f"{case.get('name')} " + " ".join(f"{each.get('message')} {each.text}" for each in bad)))
    assert all(results.values()), said
    return {name: (any(bad for bad, _ in cases), "\n".join(text for _, text in cases)) for name, cases in results.items()}


def timeout_of(name):
    return CELL_TIMEOUT.get(name, LONG_CELL_TIMEOUT)


def in_one_go(options, paths, environment, folder, tool):
    """All notebooks in one pytest, but for those whose cells have a time-out of their own."""
    groups = {}
    for name, path in paths.items():
        groups.setdefault(timeout_of(name), {})[name] = path
    results = {}
    for seconds, group in groups.items():
        report = folder / f"{tool}-{seconds}.xml"
        results.update(call_pytest([option.format(seconds) for option in options], group, environment, report))
    return results


def nbmake(paths, environment, folder):
    return in_one_go(["--nbmake", "--nbmake-timeout={}"], paths, environment, folder, "nbmake")


def nbval(paths, environment, folder):
    return in_one_go(["--nbval-lax", "--nbval-cell-timeout={}"], paths, environment, folder, "nbval")


def papermill(path, environment, folder):
    status, said = call(
        [BIN / "papermill", "--cwd", path.parent, f"--execution-timeout={timeout_of(path.stem)}", path, folder / path.name], environment, path.parent
    )
    return status != 0, said


def jupyter_execute(path, environment, folder):
    status, said = call([BIN / "jupyter-execute", f"--timeout={timeout_of(path.stem)}", path], environment, path.parent)
    return status != 0, said


@pytest.fixture(scope="session")
def verdicts(notebooks, launcher_environment, tmp_path_factory):
    """What each tool makes of each notebook: (red, text) by tool and name. As many at once as there are processors."""
    folder = tmp_path_factory.mktemp("reports")
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        whole = {tool: pool.submit(tool, notebooks, launcher_environment, folder) for tool in (nbmake, nbval)}
        single = {
            (tool, name): pool.submit(tool, path, launcher_environment, folder)
            for tool in (papermill, jupyter_execute)
            for name, path in notebooks.items()
            if name in OF_EACH_KIND
        }
    found = {(tool.__name__, name): verdict for tool, future in whole.items() for name, verdict in future.result().items()}
    found.update({(tool.__name__, name): future.result() for (tool, name), future in single.items()})
    return found


CASES = [(tool, name) for tool in ("nbmake", "nbval") for name in NAMES]
CASES += [(tool, name) for tool in ("papermill", "jupyter_execute") for name in OF_EACH_KIND]


@pytest.mark.parametrize("tool, name", CASES)
def test_tools_tell_the_truth(verdicts, tool, name):
    red, text = verdicts[tool, name]
    if name == "good":
        assert not red, text
        return
    assert red, text
    word = NBVAL_WORDS.get(name, FAILING[name][1]) if tool == "nbval" else FAILING[name][1]
    assert word in text


def test_without_the_launcher_failures_stay_green(notebooks, plain_environment, tmp_path):
    """Why the launcher exists: tslab alone lets nbmake pass what throws, does not type-check or rejects late."""
    names = ["good", "throws", "does_not_type_check", "rejects_late"]
    # The good one uses forms of await that tslab alone does not know.
    plain = {name: notebooks[name] for name in names[1:]}
    plain["good"] = write_notebook(tmp_path, "good", ["const numbers = [1, 2, 3];", "await Promise.resolve(numbers.length)"])
    assert {name: red for name, (red, _) in nbmake(plain, plain_environment, tmp_path).items()} == dict.fromkeys(names, False)
