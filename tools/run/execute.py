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
from nbconvert import HTMLExporter

HERE = Path(__file__).parent


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


def page(notebook: nbformat.NotebookNode, title: str, mathjax: str) -> str:
    """The notebook as HTML that needs no other file; charts are shown by their pictures."""
    exporter = HTMLExporter(template_name="page", extra_template_basedirs=[str(HERE)], embed_images=True)
    html, _ = exporter.from_notebook_node(notebook, {"mathjax": mathjax, "metadata": {"name": title}})
    return html


def main(source: Path, target: Path, mathjax: Path) -> int:
    typesetter = mathjax.read_text(encoding="utf-8")
    notebook = nbformat.read(source, as_version=4)
    ok = execute(notebook, source.parent)
    nbformat.write(notebook, target.with_name(f"{target.name}.ipynb"))
    title = notebook.metadata.get("lesson", {}).get("title", source.stem)
    html = page(notebook, title, typesetter)
    target.with_name(f"{target.name}.html").write_text(html, encoding="utf-8")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(*(Path(argument) for argument in sys.argv[1:])))
