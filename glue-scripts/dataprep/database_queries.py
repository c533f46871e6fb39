"""The SQL by which Spark reads a table or query: exact values, since a value, in ranges of a column."""

from collections import Counter as Occurrences
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from pyspark.sql import SparkSession

from dataprep import database_since
from dataprep.database_connections import Connection, FoundColumn
from dataprep.database_dialects import Dialect, Reading
from dataprep.database_settings import Database, Partition
from dataprep.failures import SourceError
from dataprep.recipe import Source

_KEY = "partition_key"


@dataclass(frozen=True)
class Query:
    """What Spark reads; `table` is a subquery whose columns are named by their places, `ranges` are its partitions."""

    table: str
    columns: list[FoundColumn]
    readings: list[Reading]
    ranges: list[str]


def prepared(
    spark: SparkSession, source: Source, database: Database, dialect: Dialect, connection: Connection
) -> Query:
    """The query for the columns that the table has now; raises SourceError."""
    columns = connection.columns(database.relation)
    readings = _readings(database, dialect, columns)
    condition = _condition(spark, source, database, dialect, readings)
    origin = f"{database.relation}{condition}"
    values = [f"{reading.expression} as {_place(place)}" for place, reading in enumerate(readings.values())]
    ranges = ["1 = 1"]
    if database.partition:
        key = _key(database, dialect, readings)
        values.append(f"{key} as {_KEY}")
        ranges = _ranges(database, connection, database.partition, f"select min({key}), max({key}) from {origin}")  # noqa: S608
    table = f"(select {', '.join(values)} from {origin}) as snapshot"  # noqa: S608
    return Query(table, columns, list(readings.values()), ranges)


def _place(place: int) -> str:
    """Names of the database may have any characters, and Spark does not distinguish their case."""
    return f"c{place}"


def _readings(database: Database, dialect: Dialect, columns: list[FoundColumn]) -> dict[str, Reading]:
    names = Occurrences(column.name.lower() for column in columns)
    repeated = [column.name for column in columns if names[column.name.lower()] > 1]
    if repeated:
        listed = ", ".join(repeated)
        raise SourceError(f"{database.where}: columns of the same name: {listed}; rename them in database.query")
    if "" in names:
        raise SourceError(f"{database.where}: a column without a name; name it in database.query")
    found = {column.name: dialect.reading(column) for column in columns}
    for column in columns:
        if found[column.name] is None:
            raise SourceError(
                f"{database.where}: column {column.name}: type {column.type} cannot be read; "
                "cast it in database.query, or leave it out"
            )
    return {name: reading for name, reading in found.items() if reading}


def _condition(
    spark: SparkSession, source: Source, database: Database, dialect: Dialect, readings: Mapping[str, Reading]
) -> str:
    since = database.since
    if since is None or since.value is None:
        return ""
    reading = _of(database, "since", since.column, readings)
    try:
        return f" where {database_since.condition(spark, source, dialect, since, reading)}"
    except database_since.WrongSince as error:
        raise SourceError(f"{database.where}: {error}") from None


def _key(database: Database, dialect: Dialect, readings: Mapping[str, Reading]) -> str:
    name = database.partition.column if database.partition else ""
    kind = _of(database, "database.partition.column", name, readings).type
    if kind not in ("integer", "long") and not kind.startswith("decimal"):
        raise SourceError(f"{database.where}: database.partition.column: {name} must be an integer or decimal column")
    return dialect.quoted(name)


def _of(database: Database, setting: str, name: str, readings: Mapping[str, Reading]) -> Reading:
    if name not in readings:
        raise SourceError(f"{database.where}: {setting}: no column '{name}'; must be one of {', '.join(readings)}")
    return readings[name]


def _ranges(database: Database, connection: Connection, partition: Partition, extremes: str) -> list[str]:
    """Conditions of which exactly one is true for each row: the first range has no start, the last one no end."""
    lower, upper = partition.lower, partition.upper
    if lower is None or upper is None:
        found = connection.first(extremes)
        if found[0] is None or found[1] is None:
            return ["1 = 1"]
        least, most = (_whole(database, text) for text in found)
        lower, upper = least if lower is None else lower, most if upper is None else upper
    values = max(upper - lower + 1, 1)
    count = min(partition.count, values)
    starts = [lower + values * place // count for place in range(1, count)]
    if not starts:
        return ["1 = 1"]
    between = [f"{_KEY} >= {start} and {_KEY} < {end}" for start, end in pairwise(starts)]
    return [f"{_KEY} < {starts[0]} or {_KEY} is null", *between, f"{_KEY} >= {starts[-1]}"]


def _whole(database: Database, text: str | None) -> int:
    try:
        return int(Decimal(text or "").to_integral_value())
    except (InvalidOperation, ValueError, OverflowError):
        raise SourceError(
            f"{database.where}: database.partition: the column has the value {text}; set lower and upper"
        ) from None
