"""papermill gives parameters to a TypeScript notebook."""
import json
import subprocess
import sys

import nbformat

from conftest import ROOT

DEFAULTS = "let steps = 1; // How long\nlet name = 'none';\nlet rates: number[] = [];\nlet options = { deep: false };"
SHOWN = "if (steps === 1) throw new Error('the default');\nconsole.log(JSON.stringify([steps + 1, name, rates.map((rate) => rate * 2), options]));"


def test_parameters_take_the_place_of_the_defaults(launcher_environment, tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(DEFAULTS), nbformat.v4.new_code_cell(SHOWN)])
    notebook.cells[0].metadata.tags = ["parameters"]
    notebook.metadata.kernelspec = {"name": "tslab", "display_name": "TypeScript", "language": "typescript"}
    nbformat.write(notebook, tmp_path / "in.ipynb")
    parameters = "steps: 200\nname: \"a 'b' \\\"c\\\" é\\n</script>\"\nrates: [1.0e-3, 5]\noptions: { deep: true }\n"
    done = papermill(launcher_environment, "--cwd", tmp_path, tmp_path / "in.ipynb", tmp_path / "out.ipynb", "-y", parameters)
    assert "unknown parameter" not in done.stderr
    cells = nbformat.read(tmp_path / "out.ipynb", 4).cells
    assert [cell.metadata.get("tags") for cell in cells] == [["parameters"], ["injected-parameters"], []]
    assert json.loads(cells[2].outputs[0].text) == [201, "a 'b' \"c\" é\n</script>", [0.002, 10], {"deep": True}]
    told = papermill(launcher_environment, "--help-notebook", tmp_path / "in.ipynb").stdout
    assert "rates: number[] (default [])" in told and "How long" in told


def papermill(environment, *arguments):
    command = [sys.executable, ROOT / "tools/run/papermill_typescript.py", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=300)
