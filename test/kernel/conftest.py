"""Kernelspecs and a client for the kernel's tests. Run with the project's Python: .venv/bin/python -m pytest test/kernel"""
import json
import os
import shutil
from pathlib import Path

import pytest

from client import Kernel

ROOT = Path(__file__).resolve().parents[2]
NODE = os.environ.get("GAN_TEST_NODE") or shutil.which("node")
LAUNCHER = [str(ROOT / "kernel/launcher.mjs")]
# The tests' cells are nothing to go back to.
os.environ["GAN_HISTORY"] = ""
PLAIN_TSLAB = [str(ROOT / "node_modules/tslab/bin/tslab"), "kernel"]


def install_kernelspec(folder, program, **extra):
    """Writes a kernelspec named tslab and returns the environment in which Jupyter finds it first."""
    spec = {
        "argv": [NODE, *program, "--config-path={connection_file}"],
        "display_name": "TypeScript",
        "language": "typescript",
        **extra,
    }
    kernel = folder / "kernels" / "tslab"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(json.dumps(spec))
    return {**os.environ, "JUPYTER_PATH": str(folder)}


@pytest.fixture(scope="session")
def launcher_environment(tmp_path_factory):
    folder = tmp_path_factory.mktemp("launcher")
    return install_kernelspec(folder, LAUNCHER, interrupt_mode="message", env={"TF_CPP_MIN_LOG_LEVEL": "3"})


@pytest.fixture(scope="session")
def plain_environment(tmp_path_factory):
    return install_kernelspec(tmp_path_factory.mktemp("plain"), PLAIN_TSLAB)


@pytest.fixture
def start_kernel(launcher_environment, tmp_path, monkeypatch):
    """Starts kernels of a test's own; ends them with it."""
    monkeypatch.setenv("JUPYTER_PATH", launcher_environment["JUPYTER_PATH"])
    started = []

    def start():
        started.append(Kernel(ROOT / "notebooks", tmp_path / f"stderr{len(started)}"))
        return started[-1]

    yield start
    for kernel in started:
        kernel.end()


@pytest.fixture(scope="module")
def kernel(launcher_environment, tmp_path_factory):
    """A kernel shared by a file's tests, which therefore leave it usable."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", launcher_environment["JUPYTER_PATH"])
        shared = Kernel(ROOT / "notebooks", tmp_path_factory.mktemp("shared") / "stderr")
    yield shared
    shared.end()
