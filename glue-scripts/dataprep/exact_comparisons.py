"""Casts and comparisons that change no number."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pyspark.sql import Column
from pyspark.sql import functions as F

from dataprep import catalyst
from dataprep.conversion import DOUBLES, INTEGERS, digits, exact, is_number
from dataprep.exact_values import Node, Rule, Value, as_it_is
from dataprep.expressions import ExpressionError

_DIGITS_OF_INT = 10


def _cast(node: Node, parts: list[Value]) -> Value:
    (part,) = parts
    if part.kind == "string" and is_number(node.kind) and not _may_be_read(node):
        raise ExpressionError(f"{node.expression.toString()}: a text where a number is required: cast the text")
    is_text_of_decimal = part.kind.startswith("decimal") and node.kind == "string"
    if not (is_number(node.kind) or is_text_of_decimal):
        return as_it_is(node, parts)
    found = exact(part.column, part.kind, node.kind)
    made = node.checked(found, parts, times=3) if is_number(part.kind) else node.made(found, parts, times=3)
    return replace(made, before_cast=part)


def _may_be_read(node: Node) -> bool:
    return catalyst.is_written(node.expression) or node.children[0].foldable()


def _comparison(node: Node, parts: list[Value]) -> Value:
    if any(_is_text_of_number(child) for child in node.children):
        raise ExpressionError(f"{node.expression.toString()}: a number is compared with a text: cast one of them")
    integers = [_integer_as_double(part) for part in parts]
    if any(integers) and not all(integers):
        return _with_double(node, parts, integers)
    if all(part.kind == part.given for part in parts):
        return as_it_is(node, parts)
    return node.made(catalyst.with_children(node.expression, [part.expression for part in parts]), parts)


def _is_text_of_number(child: Any) -> bool:
    """Whether Spark has added a cast to text of a number with several texts, such as 1.5 and 1.50."""
    if catalyst.name(child) != "Cast" or catalyst.is_written(child) or child.dataType().simpleString() != "string":
        return False
    kind = str(child.child().dataType().simpleString())
    return is_number(kind) and kind not in INTEGERS


def _integer_as_double(part: Value) -> Value | None:
    """The integer that Spark would compare as a double, with a loss of digits."""
    integer = part.before_cast
    room = digits(integer.kind) if integer and part.given in DOUBLES else None
    return integer if room and room[0] > _DIGITS_OF_INT and room[1] == 0 else None


def _with_double(node: Node, parts: list[Value], integers: list[Value | None]) -> Value:
    """Compares as doubles, and again as integers where the rounded integer equals the double."""
    if len(parts) > 2:
        raise ExpressionError(f"{node.expression.toString()}: integers and doubles cannot be compared by IN")

    def over(columns: list[Column]) -> Column:
        return catalyst.column(catalyst.with_children(node.expression, map(catalyst.expression, columns)))

    columns = [part.column for part in parts]
    wholes = [
        each.column if each else exact(column, "double", "bigint")
        for column, each in zip(columns, integers, strict=True)
    ]
    # the double is above all 64-bit integers
    beyond = over([F.lit(0 if each else 1) for each in integers])
    decided = F.coalesce(over(wholes), beyond)
    return node.made(F.when(columns[0] == columns[1], decided).otherwise(over(columns)), parts, times=5)


RULES: Mapping[str, Rule] = {
    **dict.fromkeys(
        ("EqualTo", "EqualNullSafe", "LessThan", "LessThanOrEqual", "GreaterThan", "GreaterThanOrEqual", "In"),
        _comparison,
    ),
    "Cast": _cast,
}
