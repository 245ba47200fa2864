"""Turns executed notebooks into self-contained pages.

Usage: python pages.py MATHJAX NOTEBOOK …

Writes each page beside its notebook, with the ending .html; MATHJAX is the script that sets the formulas.
"""

import sys
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

HERE = Path(__file__).parent


def page(notebook: nbformat.NotebookNode, title: str, mathjax: str) -> str:
    """The notebook as HTML that needs no other file; charts are shown by their pictures.

    `embed_images` stays off: it closes every tag at the end of its line, and a folded hint would stand open below its title.
    """
    exporter = HTMLExporter(template_name="page", extra_template_basedirs=[str(HERE)])
    html, _ = exporter.from_notebook_node(notebook, {"mathjax": mathjax, "metadata": {"name": title}})
    return html


def write_page(notebook: nbformat.NotebookNode, target: Path, mathjax: Path) -> None:
    """Writes the page under the lesson's title; under the file's name where the notebook is no lesson."""
    title = notebook.metadata.get("lesson", {}).get("title", target.stem)
    target.write_text(page(notebook, title, mathjax.read_text(encoding="utf-8")), encoding="utf-8")


def main(mathjax: Path, notebooks: list[Path]) -> None:
    for file in notebooks:
        write_page(nbformat.read(file, as_version=4), file.with_suffix(".html"), mathjax)


if __name__ == "__main__":
    files = [Path(argument) for argument in sys.argv[1:]]
    main(files[0], files[1:])
