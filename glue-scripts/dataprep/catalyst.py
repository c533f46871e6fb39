"""Spark's expression trees, below the API of PySpark: reads an analyzed expression, and builds another one from it.

The classes are those of https://github.com/apache/spark/tree/v4.1.1/sql/catalyst; Spark 3.5, the
version of Glue 5.1, has no ExpressionUtils; its columns have a method for the expression.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import pyspark
from pyspark import SparkContext
from pyspark.sql import Column, DataFrame, SparkSession

_EXPRESSION_UTILS = "org.apache.spark.sql.classic.ExpressionUtils"
_EXPRESSIONS = "org.apache.spark.sql.catalyst.expressions"
_BEFORE_4 = int(pyspark.__version__.split(".")[0]) < 4


def parsed(text: str) -> Any:
    """The parsed expression; raises ParseException."""
    return SparkSession.active()._jsparkSession.sessionState().sqlParser().parseExpression(text)


def analyzed(rows: DataFrame) -> Any:
    """The expression of the last column of a projection or an aggregation, with its types."""
    expressions: Any = rows._jdf.queryExecution().analyzed().expressions()  # type: ignore[operator]
    last = expressions.apply(expressions.size() - 1)
    return last.child() if name(last) == "Alias" else last


def column(expression: Any) -> Column:
    """The expression as a column."""
    if _BEFORE_4:
        return Column(_java("org.apache.spark.sql.Column")(expression))  # type: ignore[abstract,call-arg]
    from pyspark.sql.classic.column import Column as ClassicColumn

    return ClassicColumn(_java(_EXPRESSION_UTILS).column(expression))


def expression(of: Column) -> Any:
    """The expression of a column."""
    if _BEFORE_4:
        return of._jc.expr()
    return _java(_EXPRESSION_UTILS).expression(of._jc)


def name(node: Any) -> str:
    """The name of an expression's class."""
    return str(node.getClass().getSimpleName())


def children(node: Any) -> list[Any]:
    """The children of an expression."""
    found = node.children()
    return [found.apply(place) for place in range(found.size())]


def with_children(node: Any, expressions: Iterable[Any]) -> Any:
    """The same expression with other children."""
    return node.withNewChildren(_java("PythonUtils").toSeq(list(expressions)))


def cast(of: Column, kind: str, mode: str, zone: str | None = None) -> Column:
    """A cast in a mode, TRY or ANSI, which does not depend on the session; `zone` is for casts of times."""
    spark_type = _java("org.apache.spark.sql.types.DataType").fromDDL(kind)
    by = getattr(_java(f"{_EXPRESSIONS}.EvalMode"), mode)()
    in_zone = _java("scala.Option").apply(zone)
    return column(_java(f"{_EXPRESSIONS}.Cast")(expression(of), spark_type, in_zone, by))


def is_written(node: Any) -> bool:
    """Whether the recipe contains the cast; otherwise Spark has added it."""
    return bool(node.getTagValue(_java(f"{_EXPRESSIONS}.Cast").USER_SPECIFIED_CAST()).isDefined())


@cache
def _java(name: str) -> Any:
    """A class by its full name, cached; for a partial name Java searches all jars."""
    return getattr(SparkContext._jvm, name)
