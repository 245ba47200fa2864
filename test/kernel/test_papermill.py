"""papermill gives parameters to a TypeScript notebook."""
import os
import subprocess
import sys

import nbformat

from conftest import ROOT

DEFAULTS = "let steps = 1;\nlet name = 'none';\nlet rates: number[] = [];\nlet options = { deep: false };"
SHOWN = "if (steps === 1) throw new Error('the default');\nJSON.stringify([steps + 1, name, rates.map((rate) => rate * 2), options])"


def test_parameters_take_the_place_of_the_defaults(launcher_environment, tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(DEFAULTS), nbformat.v4.new_code_cell(SHOWN)])
    notebook.cells[0].metadata.tags = ["parameters"]
    notebook.metadata.kernelspec = {"name": "tslab", "display_name": "TypeScript", "language": "typescript"}
    nbformat.write(notebook, tmp_path / "in.ipynb")
    parameters = "steps: 200\nname: \"a 'b' \\\"c\\\" é\\n</script>\"\nrates: [1.0e-3, 5]\noptions: { deep: true }\n"
    subprocess.run(
        [sys.executable, ROOT / "tools/run/papermill.py", "--cwd", tmp_path, tmp_path / "in.ipynb", tmp_path / "out.ipynb", "-y", parameters],
        env={**os.environ, **launcher_environment}, cwd=tmp_path, check=True, timeout=300,
    )
    done = nbformat.read(tmp_path / "out.ipynb", 4)
    assert [cell.metadata.get("tags") for cell in done.cells] == [["parameters"], ["injected-parameters"], []]
    assert eval(done.cells[2].outputs[0].data["text/plain"]) == """[201,"a 'b' \\\\"c\\\\" é\\\\n</script>",[0.002,10],{"deep":true}]"""
