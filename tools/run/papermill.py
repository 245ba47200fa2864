"""
papermill, with parameters for TypeScript notebooks. Takes what `papermill` takes:

    .venv/bin/python tools/run/papermill.py --cwd notebooks in.ipynb out.ipynb -p steps 200 -p rate 1e-3

A cell with the tag "parameters" holds the defaults; papermill puts a cell after it, or first where there is none.
"""
import json
import math

from papermill.cli import papermill
from papermill.translators import Translator, papermill_translators


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
        return []  # papermill --help-notebook lists none


papermill_translators.register("typescript", TypeScript)

if __name__ == "__main__":
    papermill()
