"""Files and packages that come, change and go between cells."""
import json
import shutil
import time

import pytest

from client import Kernel

# Long enough for the compiler's watcher to have seen a file that came or went.
SEEN = 0.6


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def kernel(launcher_environment, folder):
    """A kernel whose notebook stands outside of the repository."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", launcher_environment["JUPYTER_PATH"])
        started = Kernel(folder, folder / "stderr")
    yield started
    started.end()


def test_a_missing_file_that_appears(kernel, folder):
    assert "Cannot find module './helper'" in kernel.run('import { help } from "./helper";\nhelp').error["evalue"]
    (folder / "helper.ts").write_text("export const help: number = 1;\n")
    time.sleep(SEEN)
    assert kernel.run("1 + 1").value == "2"
    assert kernel.run('import { help } from "./helper";\nhelp').value == "1"


@pytest.mark.parametrize("pause", [0, SEEN])
def test_a_file_that_changes_goes_and_comes_back(kernel, folder, pause):
    for turn in range(2, 5):
        (folder / "moving.ts").write_text(f"export const moved: number = {turn};\n")
        time.sleep(SEEN)  # a change is heard of, not looked for
        assert kernel.run('import { moved } from "./moving";\nmoved').value == str(turn)
    (folder / "moving.ts").unlink()
    time.sleep(pause)
    assert kernel.run("1 + 1").value == "2"
    time.sleep(SEEN)
    assert kernel.run('import { moved } from "./moving";').status == "error"
    assert kernel.run("1 + 1").value == "2"


def test_a_package_that_is_installed_in_between(kernel, folder):
    assert "Cannot find module 'late-package'" in kernel.run('import { late } from "late-package";\nlate').error["evalue"]
    package = folder / "node_modules" / "late-package"
    package.mkdir(parents=True)
    (package / "package.json").write_text(json.dumps({"name": "late-package", "version": "1.0.0", "main": "code.js", "types": "code.d.ts"}))
    (package / "code.js").write_text("exports.late = 'came';\n")
    (package / "code.d.ts").write_text("export const late: string;\n")
    assert kernel.run('import { late } from "late-package";\nlate').value == "'came'"
    shutil.rmtree(folder / "node_modules")
    time.sleep(SEEN)
    assert kernel.run("late + 1 + 1").value == "'came11'"


def test_gan_lib_is_found_from_anywhere(kernel):
    done = kernel.run('import * as gan from "gan-lib";\nimport { display } from "tslab";\nimport { EOL } from "node:os";\n[typeof gan.createRandom, typeof display.html, EOL.length].join()')
    assert done.value == "'function,function,1'"


def test_a_package_that_is_nowhere_says_what_to_do(kernel):
    failed = kernel.run('import * as nothing from "no-such-package";')
    assert "Cannot find module 'no-such-package'" in failed.error["evalue"]
    assert kernel.run("1 + 1").value == "2"


DEEP = "(" * 20_000 + "1" + ")" * 20_000


@pytest.mark.parametrize("code", [DEEP, "const deep = " + "[" * 20_000, "1" + " + 1" * 20_000], ids=["brackets", "unclosed", "sum"])
def test_a_cell_that_breaks_the_compiler(kernel, code):
    kernel.run("/** @module kept */\nexport const kept = 5;")
    kernel.run(code)
    assert kernel.run('import { kept } from "./kept";\nkept + 1').value == "6"
