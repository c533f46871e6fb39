"""Which SQL expressions a recipe may hold: those over its own columns, by functions that see nothing else.

A recipe is data, and may come from elsewhere than the code: it must not reach a file, a process or another table. What
Spark's parser makes of an expression is made of what is listed here, or it is refused; the preview does the same.
"""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from dataprep import catalyst

_FUNCTION = "UnresolvedFunction"
_LAMBDA = "LambdaFunction"
_NAMES = ("UnresolvedAttribute", "UnresolvedNamedLambdaVariable")
_SUBQUERIES = ("Exists", "InSubquery", "ListQuery", "ScalarSubquery")
_OPERATORS = (
    "Add Alias And BitwiseAnd BitwiseNot BitwiseOr BitwiseXor CaseWhen Cast Concat CreateNamedStruct Divide",
    "EqualNullSafe EqualTo GreaterThan GreaterThanOrEqual ILike If In IntegralDivide IsNotNull IsNull",
    "LessThan LessThanOrEqual Like LikeAll LikeAny Literal Multiply Not NotLikeAll NotLikeAny Or Overlay",
    "RLike Remainder StringLocate StringTrim StringTrimLeft StringTrimRight Substring Subtract TimestampAdd",
    "TimestampDiff UnaryMinus UnaryPositive UnresolvedExtractValue",
)


class ExpressionError(Exception):
    """An expression that a recipe may not hold."""


def require_allowed(expression: str, columns: Iterable[str]) -> str:
    """The expression itself; raises ExpressionError for one that may see more than the columns, or ParseException."""
    _require(catalyst.parsed(expression), frozenset(name.lower() for name in columns))
    return expression


def _require(node: Any, names: frozenset[str]) -> None:
    """`names` are those of columns, and of the parameters of the functions around."""
    kind = catalyst.name(node)
    parts = catalyst.children(node)
    if kind == _FUNCTION:
        _require_function(node)
        parts = [part for part in parts if not (_function(node) == "count" and catalyst.name(part) == "UnresolvedStar")]
    elif kind == _LAMBDA:
        names = names | {_first_part(parameter) for parameter in parts[1:]}
    elif kind in _NAMES:
        if _first_part(node) not in names:
            raise ExpressionError(f"{_first_part(node)} is no column; allowed are {', '.join(sorted(names))}")
    elif kind in _SUBQUERIES:
        raise ExpressionError("a subquery is not allowed")
    elif kind not in _operators():
        raise ExpressionError(f"{kind} is not allowed: an expression sees its own columns by functions that are listed")
    for part in parts:
        _require(part, names)


def _require_function(node: Any) -> None:
    name = _function(node)
    if name not in _functions():
        raise ExpressionError(f"function {name} is not allowed; docs/recipe.md lists those that are")


def _function(node: Any) -> str:
    return str(node.nameParts().mkString(".")).lower()


def _first_part(node: Any) -> str:
    return str(node.nameParts().apply(0)).lower()


@cache
def _operators() -> frozenset[str]:
    return frozenset(name for line in _OPERATORS for name in line.split())


@cache
def _functions() -> frozenset[str]:
    lines = resources.files("dataprep").joinpath("allowed_functions.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
