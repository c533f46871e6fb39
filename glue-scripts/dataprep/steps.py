"""Executes the recipe's steps on the rows of the main source, and counts the rows after each step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from pyspark.errors import AnalysisException, ParseException
from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, GroupedData, Window
from pyspark.sql import functions as F

from dataprep import conversion, exact
from dataprep.counting import Counter
from dataprep.expressions import ExpressionError, require_allowed
from dataprep.failures import LostRows, StepError
from dataprep.names import quoted
from dataprep.recipe import Column, Recipe
from dataprep.types import spark_type, typed_literal

Tables = Mapping[str, DataFrame]
_JOINED = "joined"
# steps that change the number of rows, after which the count of a left join would be unknown
_COUNTED = ("filter", "dedupe", "join", "aggregate", "pivot")


@dataclass(frozen=True)
class Stage:
    """The rows after some steps, and a counter after each step that removes rows.

    The steps between two counters keep the number of rows; the count of the rows that were written proves it. A left
    join has a counter of its own if a step that removes rows follows.
    """

    rows: DataFrame
    counts: tuple[tuple[str, Counter], ...] = ()
    is_joined: bool = False

    def counted(self, kind: str, rows: DataFrame) -> "Stage":
        """The stage after a step that changes the number of rows."""
        counter = Counter()
        return Stage(counter.at(rows), (*self.counts, (kind, counter)))

    def dropped(self, rows_in: int) -> dict[str, int]:
        """The number of rows that each kind of step has removed; raises LostRows."""
        taken = dict.fromkeys(("deduplicated", "filtered", "aggregated", _JOINED), 0)
        for kind, counter in self.counts:
            taken[kind] += rows_in - counter.rows
            rows_in = counter.rows
        if taken.pop(_JOINED):
            raise LostRows("a left join has changed the number of rows")
        return taken


def apply(recipe: Recipe, tables: Tables) -> Stage:
    """Executes the recipe's steps; `tables` has the valid rows of each source."""
    stage = Stage(tables[recipe.main])
    for position, step in enumerate(recipe.steps):
        ((kind, what),) = step.items()
        try:
            if stage.is_joined and kind in _COUNTED:
                stage = stage.counted(_JOINED, stage.rows)
            stage = _STEPS[kind](stage, what, tables)
        except (AnalysisException, ParseException, ExpressionError) as error:
            raise StepError(f"dataset.steps[{position}].{kind}: {str(error).splitlines()[0]}") from error
    return stage


def names(recipe: Recipe) -> frozenset[str]:
    """The names of all columns that steps add."""
    added: set[str] = set()
    for step in recipe.steps:
        ((kind, what),) = step.items()
        if kind in ("derive", "aggregate"):
            added.update(column["name"] for column in (what if kind == "derive" else what["measures"]))
        elif kind in ("join", "pivot"):
            added.update(what.get("columns", {}))
    return frozenset(added)


def _filter(stage: Stage, condition: str, tables: Tables) -> Stage:
    return stage.counted(
        "filtered", stage.rows.filter(exact.condition(stage.rows, require_allowed(condition, stage.rows.columns)))
    )


def _dedupe(stage: Stage, what: Mapping[str, Any], tables: Tables) -> Stage:
    """Keeps one of the rows that agree in `by`, chosen by `orderBy` and then by the other columns."""
    first = what.get("orderBy", [])
    names = [*first, *(name for name in stage.rows.columns if name not in first)]
    order = [F.col(quoted(name)) for name in names]
    if what.get("keep", "first") == "last":
        order = [column.desc() for column in order]
    window = Window.partitionBy(*(quoted(name) for name in what["by"])).orderBy(*order)
    columns = [quoted(name) for name in stage.rows.columns]
    ranked = stage.rows.withColumn("_rank", F.row_number().over(window))
    return stage.counted("deduplicated", ranked.filter("_rank = 1").select(*columns))


def _derive(stage: Stage, columns: list[Mapping[str, str]], tables: Tables) -> Stage:
    rows = stage.rows
    for column in columns:
        found = exact.value(rows, require_allowed(column["expression"], rows.columns), spark_type(column["type"]))
        rows = rows.withColumn(column["name"], found)
    return replace(stage, rows=rows)


def _join(stage: Stage, what: Mapping[str, Any], tables: Tables) -> Stage:
    """Adds columns of another source, whose key must be unique so that the join does not multiply rows."""
    kind, on = what.get("type", "left"), what["on"]
    keys = {theirs: f"_key_{position}" for position, theirs in enumerate(on.values())}
    added = what.get("columns", {})
    other = tables[what["source"]].select(
        *(F.col(quoted(theirs)).alias(key) for theirs, key in keys.items()),
        *(F.col(quoted(theirs)).alias(name) for name, theirs in added.items()),
    )
    _require_comparable(what["source"], stage.rows, tables[what["source"]], on)
    other = other.dropna(subset=list(keys.values()))
    _require_unique(what["source"], other, keys)
    same = [stage.rows[quoted(ours)] == other[keys[theirs]] for ours, theirs in on.items()]
    columns = [*stage.rows.columns, *([] if kind == "anti" else added)]
    joined = stage.rows.join(other, same, kind).select(*(quoted(name) for name in columns))
    if kind == "left":
        return replace(stage, rows=joined, is_joined=True)
    return stage.counted("filtered", joined)


def _require_comparable(source: str, rows: DataFrame, others: DataFrame, on: Mapping[str, str]) -> None:
    """Raises StepError for keys that Spark would compare as a type in which different values are equal."""
    here, there = dict(rows.dtypes), dict(others.dtypes)
    for ours, theirs in on.items():
        if not conversion.comparable(here[ours], there[theirs]):
            raise StepError(
                f"join to {source}: {ours} is of type {here[ours]}, {theirs} of type {there[theirs]}; "
                "must be types that compare exactly"
            )


def _require_unique(source: str, rows: DataFrame, keys: Mapping[str, str]) -> None:
    twice = rows.groupBy(*keys.values()).count().filter("count > 1").head()
    if twice:
        found = ", ".join(f"{theirs} = {twice[key]!r}" for theirs, key in keys.items())
        raise StepError(
            f"join to {source}: {twice['count']} rows have {found}; must be 1, as the join would multiply rows"
        )


def _aggregate(stage: Stage, what: Mapping[str, Any], tables: Tables) -> Stage:
    groups = stage.rows.groupBy(*map(quoted, what["by"]))
    measures = [_measure(stage.rows, groups, measure).alias(measure["name"]) for measure in what["measures"]]
    return stage.counted("aggregated", groups.agg(*measures))


def _measure(rows: DataFrame, groups: GroupedData, measure: Mapping[str, str]) -> SparkColumn:
    return exact.measure(groups, require_allowed(measure["expression"], rows.columns), spark_type(measure["type"]))


def _pivot(stage: Stage, what: Mapping[str, Any], tables: Tables) -> Stage:
    """Compares values as values of the column's type: 2.5 equals 2.50."""
    by, columns, pivoted = what["by"], what["columns"], F.col(quoted(what["column"]))
    measure = _measure(stage.rows, stage.rows.groupBy(*map(quoted, by)), what["measure"])
    column = Column("", "", dict(stage.rows.dtypes)[what["column"]], {})
    names = reduce(
        lambda seen, entry: seen.when(pivoted == typed_literal(column, entry[1]), entry[0]), columns.items(), F
    )
    named = stage.rows.withColumn("_pivot", names)
    return stage.counted("aggregated", named.groupBy(*map(quoted, by)).pivot("_pivot", list(columns)).agg(measure))


def _select(stage: Stage, names: list[str], tables: Tables) -> Stage:
    return replace(stage, rows=stage.rows.select(*(quoted(name) for name in names)))


_STEPS: Mapping[str, Callable[[Stage, Any, Tables], Stage]] = {
    "filter": _filter,
    "dedupe": _dedupe,
    "derive": _derive,
    "join": _join,
    "aggregate": _aggregate,
    "pivot": _pivot,
    "select": _select,
}
