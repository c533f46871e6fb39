"""The SQL expressions that a recipe may contain: over its own columns, with functions that access nothing else.

A recipe may come from an untrusted source: its expressions must not read a file, a process or another table. The parsed
expression may consist only of the nodes and functions that are listed here; the preview applies the same lists.
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
    """An expression that a recipe may not contain."""


def require_allowed(expression: str, columns: Iterable[str]) -> str:
    """Returns the expression; raises ExpressionError if it may access more than the columns, or ParseException."""
    _require(catalyst.parsed(expression), frozenset(name.lower() for name in columns))
    return expression


def _require(node: Any, names: frozenset[str]) -> None:
    """`names` are the names of columns, and of parameters of the enclosing lambda functions."""
    kind = catalyst.name(node)
    parts = catalyst.children(node)
    if kind == _FUNCTION:
        _require_function(node)
        parts = [part for part in parts if not (_function(node) == "count" and catalyst.name(part) == "UnresolvedStar")]
    elif kind == _LAMBDA:
        names = names | {_first_part(parameter) for parameter in parts[1:]}
    elif kind in _NAMES:
        if _first_part(node) not in names:
            raise ExpressionError(f"no column '{_first_part(node)}'; must be one of {', '.join(sorted(names))}")
    elif kind in _SUBQUERIES:
        raise ExpressionError("a subquery is not allowed")
    elif kind not in _operators():
        raise ExpressionError(
            f"{kind} is not allowed; must be an expression over the columns with the functions in docs/recipe.md"
        )
    for part in parts:
        _require(part, names)


def _require_function(node: Any) -> None:
    name = _function(node)
    if name not in _functions():
        raise ExpressionError(f"function {name} is not allowed; must be one of the functions in docs/recipe.md")


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
