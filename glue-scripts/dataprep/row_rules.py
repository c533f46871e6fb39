"""Rules of severity `reject row`, which quarantine single rows of the data set."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import reduce

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep.columns import reason
from dataprep.names import REASONS, REASONS_TYPE, quoted
from dataprep.recipe import Rule

DATA_SET = "data set"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = datetime(1, 1, 1, tzinfo=UTC)
_MICROSECONDS_OF_HOUR = 3_600_000_000
Tables = Mapping[str, DataFrame]


def _against(rows: DataFrame, rule: Rule, column: str, broken: SparkColumn) -> DataFrame:
    wrong = reason(DATA_SET, column, rule.name, F.col(quoted(column)).cast("string"))
    return rows.withColumn(
        REASONS, F.when(broken, F.concat(REASONS, F.array(wrong))).otherwise(F.col(REASONS)).cast(REASONS_TYPE)
    )


def _incomplete(rows: DataFrame, rule: Rule, tables: Tables, now: datetime) -> DataFrame:
    column = rule.what["column"]
    return _against(rows, rule, column, F.col(quoted(column)).isNull())


def _stale(rows: DataFrame, rule: Rule, tables: Tables, now: datetime) -> DataFrame:
    column = rule.what["column"]
    limit = F.timestamp_micros(F.lit((oldest(rule, now) - EPOCH) // timedelta(microseconds=1)))
    return _against(rows, rule, column, F.col(quoted(column)).cast("timestamp") < limit)


def _repeated(rows: DataFrame, rule: Rule, tables: Tables, now: datetime) -> DataFrame:
    columns = rule.what["columns"]
    return _flagged(rows, rule, dict(zip(columns, columns, strict=True)), repeated_keys(rows, columns), "found")


def _unreferenced(rows: DataFrame, rule: Rule, tables: Tables, now: datetime) -> DataFrame:
    on = rule.what["on"]
    return _flagged(rows, rule, on, tables[rule.what["source"]].select(*map(quoted, on.values())).distinct(), "missed")


def _flagged(rows: DataFrame, rule: Rule, on: Mapping[str, str], keys: DataFrame, broken: str) -> DataFrame:
    """Compares the key of each row with `keys`; the rows that are found, or missed, in them get a reason."""
    renamed = keys.select(
        *(F.col(quoted(theirs)).alias(f"_key_{i}") for i, theirs in enumerate(on.values())), F.lit(True).alias("_found")
    )
    same = [rows[quoted(ours)] == renamed[f"_key_{i}"] for i, ours in enumerate(on)]
    joined = rows.join(renamed, same, "left")
    has_key = reduce(SparkColumn.__and__, (F.col(quoted(ours)).isNotNull() for ours in on))
    found = F.col("_found").isNotNull()
    flagged = _against(joined, rule, next(iter(on)), has_key & (found if broken == "found" else ~found))
    return flagged.select(*(quoted(name) for name in rows.columns))


def repeated_keys(rows: DataFrame, columns: list[str]) -> DataFrame:
    """The keys that are in more than one row; a row without a part of the key has no key."""
    names = [quoted(name) for name in columns]
    return rows.dropna(subset=columns).groupBy(*names).count().filter("count > 1").select(*names)


def has_hash_collisions(rows: DataFrame, columns: list[str]) -> bool:
    """Whether two keys have the same hash; usually none do, and hashes take a fraction of the time of the keys."""
    hashed = rows.dropna(subset=columns).groupBy(F.xxhash64(*map(quoted, columns)))
    return hashed.count().filter("count > 1").head() is not None


def oldest(rule: Rule, now: datetime) -> datetime:
    """The time before which a row is stale."""
    microseconds = int(rule.what["maxAgeHours"] * _MICROSECONDS_OF_HOUR)
    return now - timedelta(microseconds=min(microseconds, (now - _FIRST) // timedelta(microseconds=1)))


_CHECKS: Mapping[str, Callable[[DataFrame, Rule, Tables, datetime], DataFrame]] = {
    "completeness": _incomplete,
    "uniqueness": _repeated,
    "freshness": _stale,
    "reference": _unreferenced,
}


def of_rows(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules that quarantine rows."""
    return tuple(rule for rule in rules if rule.severity == "reject row")


def checked(rows: DataFrame, rules: tuple[Rule, ...], tables: Tables, now: datetime) -> DataFrame:
    """The rows with REASONS, which has an entry for each broken rule."""
    start = rows.withColumn(REASONS, F.array().cast(REASONS_TYPE))
    return reduce(lambda seen, rule: _CHECKS[rule.kind](seen, rule, tables, now), rules, start)
