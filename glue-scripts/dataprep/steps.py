"""The steps from the main source's rows to the data set, and how many rows each of them leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyspark.errors import AnalysisException, ParseException
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from dataprep.counting import Counter
from dataprep.expressions import ExpressionError, require_allowed, require_no_subquery
from dataprep.failures import StepError
from dataprep.names import quoted
from dataprep.recipe import Recipe
from dataprep.types import literal, spark_type

Tables = Mapping[str, DataFrame]


@dataclass
class Stage:
    """The rows after some steps; for each step that takes rows away its kind and the counter behind it.

    A step between two counters neither takes nor adds rows; one that does so all the same is found out when the rows
    that were written are counted.
    """

    rows: DataFrame
    counts: list[tuple[str, Counter]] = field(default_factory=list)

    def dropped(self, rows_in: int) -> dict[str, int]:
        """How many rows each kind of steps has taken away of those that went in."""
        taken = dict.fromkeys(("deduplicated", "filtered", "aggregated"), 0)
        for kind, counter in self.counts:
            taken[kind] += rows_in - counter.rows
            rows_in = counter.rows
        return taken


def apply(recipe: Recipe, tables: Tables) -> Stage:
    """Follows the recipe's steps; `tables` holds each source's good rows."""
    stage = Stage(tables[recipe.main])
    for position, step in enumerate(recipe.steps):
        ((kind, what),) = step.items()
        try:
            _STEPS[kind](stage, what, tables)
            require_no_subquery(stage.rows)
        except (AnalysisException, ParseException, ExpressionError) as error:
            raise StepError(f"dataset.steps[{position}].{kind}: {str(error).splitlines()[0]}") from error
    return stage


def _filter(stage: Stage, condition: str, tables: Tables) -> None:
    _counted(stage, "filtered", stage.rows.filter(F.expr(require_allowed(condition))))


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
    _counted(stage, "deduplicated", ranked.filter("_rank = 1").select(*columns))


def _derive(stage: Stage, columns: list[Mapping[str, str]], tables: Tables) -> None:
    for column in columns:
        stage.rows = stage.rows.withColumn(column["name"], _typed(column))


def _join(stage: Stage, what: Mapping[str, Any], tables: Tables) -> None:
    """Adds columns of another source, whose key must be unique: a join never multiplies rows."""
    kind, on = what.get("type", "left"), what["on"]
    keys = {theirs: f"_key_{position}" for position, theirs in enumerate(on.values())}
    added = what.get("columns", {})
    other = tables[what["source"]].select(
        *(F.col(quoted(theirs)).alias(key) for theirs, key in keys.items()),
        *(F.col(quoted(theirs)).alias(name) for name, theirs in added.items()),
    )
    other = other.dropna(subset=list(keys.values()))
    _require_unique(what["source"], other, keys)
    same = [stage.rows[quoted(ours)] == other[keys[theirs]] for ours, theirs in on.items()]
    columns = [*stage.rows.columns, *([] if kind == "anti" else added)]
    joined = stage.rows.join(other, same, kind).select(*(quoted(name) for name in columns))
    if kind == "left":
        stage.rows = joined
    else:
        _counted(stage, "filtered", joined)


def _require_unique(source: str, rows: DataFrame, keys: Mapping[str, str]) -> None:
    twice = rows.groupBy(*keys.values()).count().filter("count > 1").head()
    if twice:
        found = ", ".join(f"{theirs} = {twice[key]!r}" for theirs, key in keys.items())
        raise StepError(
            f"join to {source}: {twice['count']} rows have {found}; allowed is one, else rows would multiply"
        )


def _aggregate(stage: Stage, what: Mapping[str, Any], tables: Tables) -> None:
    measures = [_typed(measure).alias(measure["name"]) for measure in what["measures"]]
    by = [quoted(name) for name in what["by"]]
    _counted(stage, "aggregated", stage.rows.groupBy(*by).agg(*measures))


def _pivot(stage: Stage, what: Mapping[str, Any], tables: Tables) -> None:
    measure, columns, by = _typed(what["measure"]), what["columns"], what["by"]
    values = [literal(wanted) for wanted in columns.values()]
    texts = stage.rows.withColumn("_pivot", F.col(quoted(what["column"])).cast("string"))
    pivoted = texts.groupBy(*map(quoted, by)).pivot("_pivot", values).agg(measure).toDF(*by, *columns)
    _counted(stage, "aggregated", pivoted)


def _select(stage: Stage, names: list[str], tables: Tables) -> None:
    stage.rows = stage.rows.select(*(quoted(name) for name in names))


def _typed(column: Mapping[str, str]) -> Any:
    return F.expr(require_allowed(column["expression"])).cast(spark_type(column["type"]))


def _counted(stage: Stage, kind: str, rows: DataFrame) -> None:
    counter = Counter()
    stage.rows = counter.at(rows)
    stage.counts.append((kind, counter))


_STEPS: Mapping[str, Callable[[Stage, Any, Tables], None]] = {
    "filter": _filter,
    "dedupe": _dedupe,
    "derive": _derive,
    "join": _join,
    "aggregate": _aggregate,
    "pivot": _pivot,
    "select": _select,
}
