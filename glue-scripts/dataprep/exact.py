"""Exact SQL expressions: a result that Spark would silently round, wrap or saturate is null.

Within an aggregate function it ends the run instead, as a sum leaves out what is null. Integers of 32 bits are computed
with 64, as most of what does not fit them fits the column. A double equals an integer only if it is that integer.
"""

from typing import Any

from pyspark.sql import Column, DataFrame, GroupedData
from pyspark.sql import functions as F

from dataprep import catalyst, exact_arithmetic, exact_comparisons
from dataprep.conversion import DOUBLES, declared, finite
from dataprep.exact_values import Node, Value, as_it_is
from dataprep.expressions import ExpressionError

_RULES = {**exact_arithmetic.RULES, **exact_comparisons.RULES}
# expressions that return one of their doubles unchanged
_PASSING = {
    *("Alias", "AttributeReference", "CaseWhen", "Cast", "Coalesce", "Greatest", "If", "LambdaFunction", "Least"),
    *("Literal", "NamedLambdaVariable"),
}


def value(rows: DataFrame, text: str, kind: str) -> Column:
    """An expression over each row, cast to a type."""
    return _of_type(_repeatable(rows.select(F.expr(text))), kind)


def measure(groups: GroupedData, text: str, kind: str) -> Column:
    """An expression over each group of rows, cast to a type."""
    return _of_type(_repeatable(groups.agg(F.expr(text))), kind)


def condition(rows: DataFrame, text: str) -> Column:
    """The condition of a filter."""
    return _repeatable(rows.select(F.expr(text))).column


def _repeatable(rows: DataFrame) -> Value:
    """The computation of the last column; raises ExpressionError if its result is not deterministic."""
    expression = catalyst.analyzed(rows)
    if not expression.deterministic():
        raise ExpressionError(f"{expression.toString()} is not deterministic")
    return _computed(expression)


def _of_type(found: Value, kind: str) -> Column:
    is_column = catalyst.name(found.expression) == "AttributeReference" and found.kind == kind
    return found.column if is_column else declared(found.column, found.kind, kind)


def _computed(expression: Any, strict: bool = False) -> Value:
    name, kind = catalyst.name(expression), str(expression.dataType().simpleString())
    node = Node(expression, name, kind, strict)
    parts = [_computed(child, strict or name == "AggregateExpression") for child in node.children]
    made = _RULES.get(name, as_it_is)(node, parts)
    if kind in DOUBLES and name not in _PASSING and not strict:
        return node.made(finite(made.column), [made], "double")
    return made
