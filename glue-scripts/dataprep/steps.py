"""The steps from the main source's rows to the data set, and how many rows each of them leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
# after these nothing tells what a left join has done to the number of rows
_COUNTED = ("filter", "dedupe", "join", "aggregate", "pivot")


@dataclass
class Stage:
    """The rows after some steps; for each step that takes rows away its kind and the counter behind it.

    A step between two counters neither takes nor adds rows. One that does so all the same is found when the rows that
    were written are counted; a join that others follow that take rows away has a counter of its own.
    """

    rows: DataFrame
    counts: list[tuple[str, Counter]] = field(default_factory=list)
    is_joined: bool = False

    def counted(self, kind: str, rows: DataFrame) -> None:
        """The rows that a step leaves."""
        counter = Counter()
        self.rows = counter.at(rows)
        self.counts.append((kind, counter))
        self.is_joined = False

    def dropped(self, rows_in: int) -> dict[str, int]:
        """How many rows each kind of steps has taken away of those that went in; raises LostRows."""
        taken = dict.fromkeys(("deduplicated", "filtered", "aggregated", _JOINED), 0)
        for kind, counter in self.counts:
            taken[kind] += rows_in - counter.rows
            rows_in = counter.rows
        if taken.pop(_JOINED):
            raise LostRows("a left join has another number of rows than went into it")
        return taken


def apply(recipe: Recipe, tables: Tables) -> Stage:
    """Follows the recipe's steps; `tables` holds each source's good rows."""
    stage = Stage(tables[recipe.main])
    for position, step in enumerate(recipe.steps):
        ((kind, what),) = step.items()
        try:
            if stage.is_joined and kind in _COUNTED:
                stage.counted(_JOINED, stage.rows)
            _STEPS[kind](stage, what, tables)
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


def _filter(stage: Stage, condition: str, tables: Tables) -> None:
    stage.counted(
        "filtered", stage.rows.filter(exact.condition(stage.rows, require_allowed(condition, stage.rows.columns)))
    )


def _dedupe(stage: Stage, what: Mapping[str, Any], tables: Tables) -> None:
    """Keeps one row of those that agree in `by`; where `orderBy` does not decide, the other columns do."""
    first = what.get("orderBy", [])
    names = [*first, *(name for name in stage.rows.columns if name not in first)]
    order = [F.col(quoted(name)) for name in names]
    if what.get("keep", "first") == "last":
        order = [column.desc() for column in order]
    window = Window.partitionBy(*(quoted(name) for name in what["by"])).orderBy(*order)
    columns = [quoted(name) for name in stage.rows.columns]
    ranked = stage.rows.withColumn("_rank", F.row_number().over(window))
    stage.counted("deduplicated", ranked.filter("_rank = 1").select(*columns))


def _derive(stage: Stage, columns: list[Mapping[str, str]], tables: Tables) -> None:
    for column in columns:
        found = exact.value(
            stage.rows, require_allowed(column["expression"], stage.rows.columns), spark_type(column["type"])
        )
        stage.rows = stage.rows.withColumn(column["name"], found)


def _join(stage: Stage, what: Mapping[str, Any], tables: Tables) -> None:
    """Adds columns of another source, whose key must be unique: a join never multiplies rows."""
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
        stage.rows, stage.is_joined = joined, True
    else:
        stage.counted("filtered", joined)


def _require_comparable(source: str, rows: DataFrame, others: DataFrame, on: Mapping[str, str]) -> None:
    """Keys are compared by their types; Spark would compare some of them as others that are equal more often."""
    here, there = dict(rows.dtypes), dict(others.dtypes)
    for ours, theirs in on.items():
        if not conversion.comparable(here[ours], there[theirs]):
            raise StepError(
                f"join to {source}: {ours} is of type {here[ours]}, {theirs} of type {there[theirs]}; "
                "allowed are types that compare digit by digit"
            )


def _require_unique(source: str, rows: DataFrame, keys: Mapping[str, str]) -> None:
    twice = rows.groupBy(*keys.values()).count().filter("count > 1").head()
    if twice:
        found = ", ".join(f"{theirs} = {twice[key]!r}" for theirs, key in keys.items())
        raise StepError(
            f"join to {source}: {twice['count']} rows have {found}; allowed is one, else rows would multiply"
        )


def _aggregate(stage: Stage, what: Mapping[str, Any], tables: Tables) -> None:
    groups = stage.rows.groupBy(*map(quoted, what["by"]))
    measures = [_measure(stage.rows, groups, measure).alias(measure["name"]) for measure in what["measures"]]
    stage.counted("aggregated", groups.agg(*measures))


def _measure(rows: DataFrame, groups: GroupedData, measure: Mapping[str, str]) -> SparkColumn:
    return exact.measure(groups, require_allowed(measure["expression"], rows.columns), spark_type(measure["type"]))


def _pivot(stage: Stage, what: Mapping[str, Any], tables: Tables) -> None:
    """Values are compared as those of the column's type: 2.5 is 2.50."""
    by, columns, pivoted = what["by"], what["columns"], F.col(quoted(what["column"]))
    measure = _measure(stage.rows, stage.rows.groupBy(*map(quoted, by)), what["measure"])
    column = Column("", "", dict(stage.rows.dtypes)[what["column"]], {})
    names = reduce(
        lambda seen, entry: seen.when(pivoted == typed_literal(column, entry[1]), entry[0]), columns.items(), F
    )
    named = stage.rows.withColumn("_pivot", names)
    stage.counted("aggregated", named.groupBy(*map(quoted, by)).pivot("_pivot", list(columns)).agg(measure))


def _select(stage: Stage, names: list[str], tables: Tables) -> None:
    stage.rows = stage.rows.select(*(quoted(name) for name in names))


_STEPS: Mapping[str, Callable[[Stage, Any, Tables], None]] = {
    "filter": _filter,
    "dedupe": _dedupe,
    "derive": _derive,
    "join": _join,
    "aggregate": _aggregate,
    "pivot": _pivot,
    "select": _select,
}
