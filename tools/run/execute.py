"""Executes one notebook with progress, and leaves it, with its outputs, as a notebook and as a self-contained page.

Usage: python execute.py NOTEBOOK TARGET MATHJAX

Writes TARGET.ipynb and TARGET.html; MATHJAX is the script that sets the page's formulas. The notebook itself stays as
it is. Exits with 1 when a cell fails; what ran until then is written all the same.
"""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from pages import write_page


class Progress:
    """Says which cell runs, and how long each took."""

    def __init__(self, notebook: nbformat.NotebookNode) -> None:
        code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
        self.numbers = {index: number for number, index in enumerate(code, start=1)}
        self.started = 0.0

    def start(self, cell: nbformat.NotebookNode, cell_index: int) -> None:
        if cell_index in self.numbers:
            print(f"  cell {self.numbers[cell_index]} of {len(self.numbers)} ... ", end="", flush=True)
            self.started = time.monotonic()

    def end(self, cell: nbformat.NotebookNode, cell_index: int, execute_reply: dict) -> None:
        failed = ", failed" if execute_reply["content"]["status"] != "ok" else ""
        print(f"{time.monotonic() - self.started:.1f} s{failed}", flush=True)


def execute(notebook: nbformat.NotebookNode, folder: Path) -> bool:
    """Runs all cells in place; says what went wrong, and returns whether nothing did."""
    progress = Progress(notebook)
    client = NotebookClient(
        notebook,
        timeout=None,
        startup_timeout=300,  # a busy machine may need minutes for what takes seconds
        kernel_name="tslab",
        resources={"metadata": {"path": str(folder)}},
        on_cell_start=progress.start,
        on_cell_executed=progress.end,
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        print(f"\n{error}", file=sys.stderr)
        return False
    return True


def main(source: Path, target: Path, mathjax: Path) -> int:
    notebook = nbformat.read(source, as_version=4)
    ok = execute(notebook, source.parent)
    nbformat.write(notebook, target.with_name(f"{target.name}.ipynb"))
    write_page(notebook, target.with_name(f"{target.name}.html"), mathjax)
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(*(Path(argument) for argument in sys.argv[1:])))
