"""A kernel that dies says why, in the cell that ran or at the next start, and what to do."""
import os
import signal
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from client import TIMEOUT, wait_until_gone
from conftest import ROOT

WAITS = "console.log('on');\nawait new Promise((go) => setTimeout(go, 120_000));"
HOARDS = "const hoard: number[][] = [];\nfor (;;) hoard.push(Array.from({ length: 1e5 }, Math.random));"


def said_at_death(kernel, request):
    """What the cell that ran was told: one error, the same in the reply, and an idle status."""
    dead = kernel.wait(request)
    assert dead.states[-1] == "idle"
    assert dead.error["ename"] == "KernelDied" and dead.reply["evalue"] == dead.error["evalue"]
    assert dead.error["evalue"].startswith("The kernel died: ") and "run the cells above" in dead.error["evalue"]
    assert kernel.process.wait(timeout=TIMEOUT) != 0
    return dead.error["evalue"]


@pytest.mark.parametrize("code", ["process.exit(3);", "await null;\nprocess.exit(3);", "await new Promise(() => setTimeout(() => process.exit(3), 50));"])
def test_a_cell_that_calls_exit(start_kernel, code):
    kernel = start_kernel()
    assert "process.exit(3) was called" in said_at_death(kernel, kernel.send(f"1 + 1;\n{code}"))


def test_what_was_printed_before_is_kept(start_kernel):
    kernel = start_kernel()
    request = kernel.send("console.log('half way');\nprocess.abort();")
    assert "native code crashed (SIGABRT)" in said_at_death(kernel, request)
    assert kernel.wait(request).stream("stdout") == "half way\n"
    assert kernel.wait(request).reply["execution_count"] == 1


def test_a_full_heap(start_kernel, monkeypatch):
    monkeypatch.setenv("NODE_OPTIONS", "--max-old-space-size=200")
    kernel = start_kernel()
    reason = said_at_death(kernel, kernel.send(HOARDS))
    assert "JavaScript's own memory" in reason and "--max-old-space-size=" in reason


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGBUS, signal.SIGTERM])
def test_a_signal(start_kernel, number):
    kernel = start_kernel()
    pid = int(kernel.run("process.pid").value)
    request = kernel.send(WAITS)
    kernel.wait_for_output(request)
    os.kill(pid, number)
    assert number.name in said_at_death(kernel, request) or "out of memory" in kernel.wait(request).error["evalue"]


@pytest.fixture
def limited_group():
    """A cgroup of 200 MB, where this process may make one: what is moved there is ended by Linux when it takes more."""
    root = Path("/sys/fs/cgroup")
    first, limit = (root / "memory", "memory.limit_in_bytes") if (root / "memory").is_dir() else (root, "memory.max")
    group = first / f"gan-test-{os.getpid()}"
    try:
        group.mkdir()
        (group / limit).write_text(str(200 * 2**20))
    except OSError as error:
        pytest.skip(f"no memory can be limited here ({error})")
    yield group
    for _ in range(50):  # the group is busy until the kernel has let the ended process go
        try:
            return group.rmdir()
        except OSError:
            time.sleep(0.1)


def test_the_system_has_no_memory_left(start_kernel, limited_group):
    kernel = start_kernel()
    pid = kernel.run("process.pid").value
    (limited_group / "cgroup.procs").write_text(pid)
    reason = said_at_death(kernel, kernel.send("const all: Buffer[] = [];\nfor (;;) all.push(Buffer.alloc(1e7, 1));"))
    assert "out of memory" in reason, reason


def test_a_death_between_cells_is_told_by_the_next_start(start_kernel):
    kernel = start_kernel()
    kernel.run("setTimeout(() => process.exit(0), 1500);")
    kernel.process.wait(timeout=TIMEOUT)
    kernel.restart()
    first, second = kernel.run("1 + 1"), kernel.run("1 + 1")
    assert first.value == second.value == "2"
    assert "The kernel died: process.exit(0) was called" in first.stream("stderr")
    assert second.stream("stderr") == ""


def test_a_kernel_that_is_shut_down_has_not_died(start_kernel):
    kernel = start_kernel()
    kernel.wait_for_output(kernel.send("console.log('on'); eval('for (;;);')"))
    kernel.request("shutdown_request", {"restart": True}, "control")
    kernel.process.wait(timeout=TIMEOUT)
    kernel.restart()
    assert kernel.run("1 + 1").stream("stderr") == ""


def test_nothing_is_left_where_the_launcher_is_killed(start_kernel):
    kernel = start_kernel()
    pid = int(kernel.run("process.pid").value)
    kernel.wait_for_output(kernel.send("console.log('on'); eval('for (;;);')"))
    os.kill(kernel.process.pid, signal.SIGKILL)
    wait_until_gone(pid)


def test_a_headless_run_shows_it(launcher_environment, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", launcher_environment["JUPYTER_PATH"])
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("process.abort();")])
    with pytest.raises(CellExecutionError, match="KernelDied: The kernel died: native code crashed"):
        NotebookClient(notebook, kernel_name="tslab", timeout=TIMEOUT, resources={"metadata": {"path": ROOT / "notebooks"}}).execute()
    assert notebook.cells[0].outputs[0].ename == "KernelDied"
