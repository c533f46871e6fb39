"""An expression of Spark, and the exact expression that replaces it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pyspark.sql import Column
from pyspark.sql import functions as F

from dataprep import catalyst
from dataprep.conversion import exact
from dataprep.expressions import ExpressionError

_MAX_NODES = 5_000


@dataclass(frozen=True)
class Value:
    """An exact expression, and its type, which may be wider than `given`, the type of the original expression."""

    expression: Any
    kind: str
    given: str
    size: int
    changed: bool = True
    before_cast: "Value | None" = None

    @property
    def column(self) -> Column:
        return catalyst.column(self.expression)


@dataclass(frozen=True)
class Node:
    """An original expression; `strict` is true within an aggregate function."""

    expression: Any
    name: str
    kind: str
    strict: bool

    @property
    def children(self) -> list[Any]:
        return catalyst.children(self.expression)

    def made(self, of: Column | Any, parts: list[Value], kind: str = "", times: int = 1) -> Value:
        """Builds a value; `times` is how often its expression contains the parts."""
        expression = catalyst.expression(of) if isinstance(of, Column) else of
        size = 1 + times * sum(part.size for part in parts)
        if size > _MAX_NODES:
            raise ExpressionError("the expression is too large: compute it in several steps")
        return Value(expression, kind or self.kind, self.kind, size)

    def narrow(self, part: Value) -> Any:
        """One of the parts, cast to the type of the original expression."""
        if part.kind == part.given:
            return part.expression
        return self.checked(exact(part.column, part.kind, part.given), [part]).expression

    def checked(self, found: Column, parts: list[Value], kind: str = "", times: int = 1) -> Value:
        """`found` is null on overflow; an aggregate function would skip the null, so that there it ends the run."""
        if not self.strict:
            return self.made(found, parts, kind, times)
        given = reduce(Column.__and__, (part.column.isNotNull() for part in parts))
        failure = F.raise_error(F.lit(f"overflow: {self.expression.toString()} has no exact value"))
        return self.made(F.coalesce(found, F.when(given, failure)), parts, kind, times + 1)


def as_it_is(node: Node, parts: list[Value]) -> Value:
    if all(part.kind == part.given and not part.changed for part in parts):
        return Value(node.expression, node.kind, node.kind, 1 + sum(part.size for part in parts), changed=False)
    return node.made(catalyst.with_children(node.expression, map(node.narrow, parts)), parts)


Rule = Callable[[Node, list[Value]], Value]
