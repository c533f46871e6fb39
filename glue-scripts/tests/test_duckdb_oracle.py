"""Joins and aggregates of random recipes over random rows, against the results of DuckDB."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from conftest import place
from pyspark.sql import SparkSession

from dataprep import recipe, settings, steps
from dataprep.failures import StepError
from dataprep.types import spark_type

_RECIPES = 60
# the type of each column in recipes and in DuckDB, and its values
_COLUMNS: Mapping[str, tuple[str, str, list[Any]]] = {
    "i": ("integer", "INTEGER", [*range(-4, 5), -(2**31), 2**31 - 1]),
    "l": ("long", "BIGINT", [*range(-4, 5), 2**53, 2**53 + 1, -(2**63), 2**63 - 1]),
    "d": ("decimal(12,4)", "DECIMAL(12,4)", [*map(Decimal, range(-4, 5)), Decimal("0.5"), Decimal("99999999.9999")]),
    "s": ("string", "VARCHAR", ["a", "A", "a ", "", "ä", "a\u0308", "\U0001f600", "b", "10", "9"]),
    "t": ("date", "DATE", [date(1500, 1, 1), date(2024, 2, 29), date(2024, 3, 1), date(9999, 12, 31)]),
}
_NUMBERS = "ild"
_NULLS = 0.15
_ADDED = {"v": "d", "w": "s"}
# name, type and expression of a measure; DuckDB has the same expressions
_MEASURES = [
    ("n", "long", "count(*)"),
    ("kinds", "long", "count(distinct s)"),
    ("total_i", "long", "sum(i)"),
    ("total_l", "decimal(38,0)", "sum(l)"),
    ("total_d", "decimal(38,4)", "sum(d)"),
    ("above", "long", "sum(case when d > i then 1 else 0 end)"),
    ("mean_i", "double", "avg(i)"),
    *((f"values_{name}", "long", f"count({name})") for name in _COLUMNS),
    *((f"least_{name}", kind, f"min({name})") for name, (kind, _, _) in _COLUMNS.items()),
    *((f"greatest_{name}", kind, f"max({name})") for name, (kind, _, _) in _COLUMNS.items()),
]
# DuckDB's mean of decimals is a double: its sum and count give the exact one
_MEAN = ("mean_d", "decimal(16,8)", "avg(d)")
_PARTS_OF_MEAN = ("sum(d)", "count(d)")


def test_joins_and_aggregates_are_those_of_duckdb(spark: SparkSession, tmp_path: Path) -> None:
    settings.apply(spark)
    seen: Counter[str] = Counter()
    for seed in range(_RECIPES):
        _compare(spark, tmp_path, seed, seen)
    # recipes of one kind, or without rows, would prove little
    kinds = ("left", "inner", "anti", "aggregate", "repeated keys", "rows", "rows without a match")
    assert all(seen[kind] >= 5 for kind in kinds), seen


def _compare(spark: SparkSession, folder: Path, seed: int, seen: Counter[str]) -> None:
    random = Random(seed)
    join, aggregate = _join(random), _aggregate(random) if random.random() < 0.6 else None
    rows, others = _rows(random, random.choice([0, 30, 60, 60])), _rows(random, 25)
    if random.random() < 0.85:
        others = list({tuple(other[list(_COLUMNS).index(name)] for name in join["on"].values()): other
                       for other in others}.values())  # fmt: skip
    with duckdb.connect() as database:
        tables = {
            name: _table(spark, database, folder / f"{seed}-{name}.parquet", name, content)
            for name, content in (("rows", rows), ("others", others))
        }
        wanted = [{"join": join}, *([{"aggregate": aggregate}] if aggregate else [])]
        document = {"name": "result", "sources": {}, "dataset": {"from": "rows", "steps": wanted}}
        parsed = recipe.parse(json.dumps(document))
        if _repeats(database, join):
            seen["repeated keys"] += 1
            with pytest.raises(StepError, match="join to others: "):
                steps.apply(parsed, tables)
            return
        stage = steps.apply(parsed, tables)
        found = Counter(map(tuple, stage.rows.collect()))
        joined = _joined(join)
        expected = Counter(_of(database, _aggregated(joined, aggregate), aggregate))
        assert found == expected, (seed, document)
        (count,) = _of(database, f"SELECT count(*) FROM ({joined})")[0]
    dropped = {"deduplicated": 0, "filtered": len(rows) - count, "aggregated": count - sum(expected.values())}
    assert stage.dropped(len(rows)) == (dropped if aggregate else {**dropped, "aggregated": 0}), (seed, document)
    seen.update([join["type"], *(["aggregate"] if aggregate else [])], rows=sum(expected.values()))
    seen["rows without a match"] += sum(number for row, number in found.items() if row[-1] is None and not aggregate)


def _join(random: Random) -> dict[str, Any]:
    """Of keys of one type, or of several types of numbers."""
    on = {}
    for ours in random.sample(list(_COLUMNS), random.choice([1, 1, 2])):
        on[ours] = random.choice(_NUMBERS) if ours in _NUMBERS else ours
    kind = random.choice(["left", "inner", "anti"])
    return {"source": "others", "type": kind, "on": on, **({} if kind == "anti" else {"columns": _ADDED})}


def _aggregate(random: Random) -> dict[str, Any]:
    measures = [*random.sample(_MEASURES, 6), _MEAN]
    return {
        "by": random.sample(list(_COLUMNS), random.choice([1, 1, 2])),
        "measures": [{"name": name, "type": kind, "expression": expression} for name, kind, expression in measures],
    }


def _rows(random: Random, count: int) -> list[list[Any]]:
    choices = [values for _, _, values in _COLUMNS.values()]
    return [[None if random.random() < _NULLS else random.choice(values) for values in choices] for _ in range(count)]


def _table(spark: SparkSession, database: Any, file: Path, name: str, rows: list[list[Any]]) -> Any:
    """The table as DuckDB has it and writes it, for Spark to read."""
    columns = ", ".join(f"{column} {kind}" for column, (_, kind, _) in _COLUMNS.items())
    database.execute(f"CREATE TABLE {name} ({columns})")
    if rows:
        database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(_COLUMNS))})", rows)
    database.execute(f"COPY {name} TO '{file}' (FORMAT parquet)")
    schema = ", ".join(f"{column} {spark_type(kind)}" for column, (kind, _, _) in _COLUMNS.items())
    return spark.read.schema(schema).parquet(place(file))


def _repeats(database: Any, join: Mapping[str, Any]) -> bool:
    keys = list(join["on"].values())
    whole = " AND ".join(f"{key} IS NOT NULL" for key in keys)
    groups = f"FROM others WHERE {whole} GROUP BY {', '.join(keys)} HAVING count(*) > 1"
    return bool(_of(database, f"SELECT 1 {groups}"))


def _joined(join: Mapping[str, Any]) -> str:
    same = " AND ".join(f"{_key('rows', ours)} = {_key('others', theirs)}" for ours, theirs in join["on"].items())
    added = "".join(f", others.{theirs} AS {name}" for name, theirs in join.get("columns", {}).items())
    return f"SELECT rows.*{added} FROM rows {join['type']} JOIN others ON {same}"


def _key(table: str, column: str) -> str:
    return f"CAST({table}.{column} AS DECIMAL(38, 4))" if column in _NUMBERS else f"{table}.{column}"


def _aggregated(joined: str, aggregate: Mapping[str, Any] | None) -> str:
    if aggregate is None:
        return joined
    expressions = [measure["expression"] for measure in aggregate["measures"] if measure["expression"] != _MEAN[2]]
    return f"SELECT {', '.join([*aggregate['by'], *expressions, *_PARTS_OF_MEAN])} FROM ({joined}) GROUP BY ALL"


def _of(database: Any, query: str, aggregate: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    rows = [tuple(row) for row in database.execute(query).fetchall()]
    return [(*row[:-2], _mean(*row[-2:])) for row in rows] if aggregate else rows


def _mean(total: Decimal | None, count: int) -> Decimal | None:
    return None if total is None else (total / count).quantize(Decimal("1e-8"), ROUND_HALF_UP)
