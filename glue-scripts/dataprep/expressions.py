"""Which SQL expressions a recipe may hold: those over its own columns, by functions that stay within the row.

A recipe is data, and may come from elsewhere than the code: it must not reach a file, a process or another table.
"""

import re
from functools import cache
from importlib import resources

from pyspark.sql import DataFrame

_TEXT = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_CALLED = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\s*\(")


class ExpressionError(Exception):
    """An expression that a recipe may not hold."""


def require_allowed(expression: str) -> str:
    """The expression itself; raises ExpressionError if it calls a function that does not stay within the row."""
    code = _TEXT.sub("''", expression).replace("`", "")
    outside = sorted({name.lower() for name in _CALLED.findall(code)} & _refused())
    if outside:
        raise ExpressionError(
            f"expression {expression!r}: {', '.join(outside)} is not allowed: it does not stay within its row"
        )
    return expression


def require_no_subquery(rows: DataFrame) -> DataFrame:
    """The rows themselves; raises ExpressionError if an expression in their plan reads something else."""
    plan = rows._jdf.queryExecution().analyzed()  # type: ignore[operator]
    if not plan.subqueriesAll().isEmpty():
        raise ExpressionError("a subquery is not allowed")
    return rows


@cache
def _refused() -> frozenset[str]:
    lines = resources.files("dataprep").joinpath("refused_functions.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
