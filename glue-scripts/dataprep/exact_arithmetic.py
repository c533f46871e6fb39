"""Exact arithmetic."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from pyspark.sql import Column
from pyspark.sql import functions as F

from dataprep import catalyst
from dataprep.conversion import DOUBLES, INTEGERS, MAX_DIGITS, digits, exact
from dataprep.exact_values import Node, Rule, Value, as_it_is
from dataprep.expressions import ExpressionError

# hold a 64-bit integer, and a sum of them, which has up to ten more digits
_LONG_AS_DECIMAL, _SUM_OF_LONGS = "decimal(20,0)", "decimal(30,0)"
_TRY: Mapping[str, Callable[[Column, Column], Column]] = {
    "Add": F.try_add,
    "Subtract": F.try_subtract,
    "Multiply": F.try_multiply,
}


def _arithmetic(node: Node, parts: list[Value]) -> Value:
    if node.kind in INTEGERS:
        return _of_integers(node, parts)
    if not node.kind.startswith("decimal"):
        return as_it_is(node, parts)
    scales = [(digits(part.given) or (0, 0))[1] for part in parts]
    if node.name == "Multiply" and sum(scales) > MAX_DIGITS:
        raise ExpressionError(
            f"{node.expression.toString()}: a product of {scales[0]} and {scales[1]} digits after the point; "
            f"must be at most {MAX_DIGITS} in total: cast the factors"
        )
    return node.checked(as_it_is(node, parts).column, parts)


def _of_integers(node: Node, parts: list[Value]) -> Value:
    longs = [exact(part.column, part.kind, "bigint") for part in parts]
    if all(part.kind in INTEGERS and part.kind != "bigint" for part in parts):
        return node.made(catalyst.with_children(node.expression, map(catalyst.expression, longs)), parts, "bigint")
    return node.checked(_TRY[node.name](*longs), parts, "bigint")


def _negated(node: Node, parts: list[Value]) -> Value:
    """The least integer has no negation, and Spark rounds the negation of a decimal to 34 digits."""
    if digits(node.kind) is None:
        return as_it_is(node, parts)
    kind = "bigint" if node.kind in INTEGERS else node.kind
    number = exact(parts[0].column, parts[0].kind, kind)
    opposite = F.try_subtract(F.lit(0).cast(kind), number).cast(kind)
    found = opposite if node.name == "UnaryMinus" else F.when(number < 0, opposite).otherwise(number)
    return node.checked(found, parts, kind, 3)


def _quotient(node: Node, parts: list[Value]) -> Value:
    """`div`: null if the quotient is not a 64-bit integer."""
    left, right = map(catalyst.column, map(node.narrow, parts))
    is_small = F.abs(left.cast("double") / right.cast("double")) < float(2**63)
    return node.made(F.when(is_small, as_it_is(node, parts).column), parts, times=2)


def _rounded(node: Node, parts: list[Value]) -> Value:
    """An integer that is rounded to tens or hundreds may overflow."""
    if node.kind not in INTEGERS:
        return as_it_is(node, parts)
    number = exact(parts[0].column, parts[0].kind, _LONG_AS_DECIMAL)
    found = catalyst.with_children(node.expression, [catalyst.expression(number), node.narrow(parts[1])])
    return node.checked(catalyst.cast(catalyst.column(found), "bigint", "TRY"), parts, "bigint")


def _floor(node: Node, parts: list[Value]) -> Value:
    """Null for a double beyond all 64-bit integers."""
    if parts[0].given not in DOUBLES:
        return as_it_is(node, parts)
    fits = parts[0].column.between(-(2.0**63), 2.0**63 - 1024)
    return node.checked(F.when(fits, as_it_is(node, parts).column), parts, times=2)


def _choice(node: Node, parts: list[Value]) -> Value:
    """The result is one of the parts, so that its type is the widest type of them."""
    wide = {part.kind for part in parts if part.kind != part.given}
    if not wide or node.kind not in INTEGERS:
        return as_it_is(node, parts)
    kind = _SUM_OF_LONGS if _SUM_OF_LONGS in wide else "bigint"
    return node.made(catalyst.with_children(node.expression, [part.expression for part in parts]), parts, kind)


def _replacement(node: Node, parts: list[Value]) -> Value:
    """Spark replaces these functions by other expressions, which are computed instead."""
    return replace(parts[-1], given=node.kind)


def _sum(node: Node, parts: list[Value]) -> Value:
    """Sums 64-bit integers as decimals, as Spark's sum overflows silently."""
    if parts[0].kind != "bigint":
        return as_it_is(node, parts)
    number = catalyst.expression(parts[0].column.cast(_LONG_AS_DECIMAL))
    return node.made(catalyst.with_children(node.expression, [number, *parts[1:]]), parts, _SUM_OF_LONGS)


def _aggregate(node: Node, parts: list[Value]) -> Value:
    return replace(as_it_is(node, [replace(part, given=part.kind) for part in parts]), kind=parts[0].kind)


RULES: Mapping[str, Rule] = {
    **dict.fromkeys(_TRY, _arithmetic),
    **dict.fromkeys(("UnaryMinus", "Abs"), _negated),
    **dict.fromkeys(("Round", "BRound"), _rounded),
    **dict.fromkeys(("Floor", "Ceil"), _floor),
    **dict.fromkeys(("CaseWhen", "Coalesce", "Greatest", "If", "Least", "Max", "Min"), _choice),
    **dict.fromkeys(("Between", "Nvl", "Nvl2"), _replacement),
    "IntegralDivide": _quotient,
    "Sum": _sum,
    "AggregateExpression": _aggregate,
}
