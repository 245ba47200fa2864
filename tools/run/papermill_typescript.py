"""
papermill, with parameters for TypeScript notebooks. Takes what `papermill` takes:

    .venv/bin/python tools/run/papermill_typescript.py --cwd notebooks in.ipynb out.ipynb -p steps 200 -p rate 1e-3

A cell with the tag "parameters" holds the defaults; papermill puts a cell after it, or first where there is none.
"""
import json
import math
import re

from papermill.cli import papermill
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators


# let name: type = value; // comment
DECLARATION = re.compile(r"(?:let|const|var)\s+([\w$]+)\s*(?::\s*([^=]+?)\s*)?=\s*(.+?)\s*;?\s*(?://\s*(.*))?$")


class TypeScript(Translator):
    """JSON's values as TypeScript. With `let`, whose types are wide enough for other values: number, not 200."""

    @classmethod
    def translate_str(cls, val):
        return json.dumps(val)

    @classmethod
    def translate_none(cls, val):
        return "null"

    @classmethod
    def translate_float(cls, val):
        if math.isfinite(val):
            return repr(val)
        return "NaN" if math.isnan(val) else "Infinity" if val > 0 else "-Infinity"

    @classmethod
    def translate_dict(cls, val):
        return "{ " + ", ".join(f"{json.dumps(str(key))}: {cls.translate(value)}" for key, value in val.items()) + " }"

    @classmethod
    def translate_list(cls, val):
        return "[" + ", ".join(cls.translate(value) for value in val) + "]"

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}"

    @classmethod
    def assign(cls, name, str_val):
        return f"let {name} = {str_val};"

    @classmethod
    def inspect(cls, parameters_cell):
        """The defaults, one a line, which papermill names in --help-notebook and knows the given ones by."""
        found = (DECLARATION.match(line) for line in parameters_cell["source"].splitlines())
        return [Parameter(name, kind or "None", default, comment or "") for name, kind, default, comment in (match.groups() for match in found if match)]


papermill_translators.register("typescript", TypeScript)

if __name__ == "__main__":
    papermill()
