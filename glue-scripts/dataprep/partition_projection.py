"""Partitions of a data set in Parquet: a folder for each combination of values, which Athena finds by projection.

The catalog's table has no list of partitions. Its parameters say which values there are, and Athena derives the
folders: https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Any
from urllib.parse import unquote

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep.failures import StepError
from dataprep.names import quoted

_PLACE = "output.table.partitionBy"
# a folder is named by a column of its own, so that the files keep all columns of the data set
_FOLDER = "partition-"
# Hive's folder of rows without a value, and Spark's of rows with an empty text
_NULL = "__HIVE_DEFAULT_PARTITION__"
# Athena lists all folders that can exist if a query names no partition
_MOST_FOLDERS = 100_000
# the values of text columns are in the manifest, which is a payload of the workflow
_MOST_TEXT_BYTES = 8 << 10


@dataclass(frozen=True)
class _Key:
    """A partition column with its values, as the folders' names have them, and how many folders they make."""

    name: str
    parameters: Mapping[str, str]
    folders: int
    problems: tuple[str, ...] = ()


def with_folders(rows: DataFrame, names: tuple[str, ...]) -> DataFrame:
    """The rows with the columns by which `write.partitionBy` makes folders.

    With adaptive execution, the rows of one partition come to one task, unless they are many.
    """
    divided = rows.select("*", *(F.col(quoted(name)).alias(_FOLDER + name) for name in names))
    columns = ", ".join(map(quoted, folders(names)))
    # Spark 3.5 takes columns of this hint in SQL only
    return rows.sparkSession.sql(f"SELECT /*+ REBALANCE({columns}) */ * FROM {{rows}}", rows=divided)  # noqa: S608


def folders(names: tuple[str, ...]) -> list[str]:
    """The columns that `with_folders` adds."""
    return [_FOLDER + name for name in names]


def of(kinds: Mapping[str, str], names: tuple[str, ...], folder: str, files: list[dict[str, Any]]) -> dict[str, Any]:
    """The report's entries on the partitions of the files below a folder: `table` and `partitioning`.

    `kinds` has Spark's types of the columns. Raises StepError if there are values that Athena cannot project.
    """
    sizes: Counter[str] = Counter()
    for file in files:
        sizes[_partition(file["uri"], names)] += file["bytes"]
    found = [_values(name, sizes) for name in names]
    keys = [_key(name, kinds[name], values) for name, values in zip(names, found, strict=True)]
    problems = [problem for key in keys for problem in key.problems]
    if (count := prod(key.folders for key in keys)) > _MOST_FOLDERS:
        problems.append(
            f"invalid value {list(names)}: {count:,} possible partitions; must be at most {_MOST_FOLDERS:,}"
        )
    texts = sum(len(key.parameters.get("values", "").encode()) for key in keys)
    if texts > _MOST_TEXT_BYTES:
        problems.append(f"invalid values of text columns: {texts:,} bytes; must be at most {_MOST_TEXT_BYTES:,}")
    if problems:
        raise StepError("; ".join(f"{_PLACE}: {problem}" for problem in problems))
    template = "".join(f"{_FOLDER}{name}=${{{name}}}/" for name in names)
    parameters = {"projection.enabled": "true", "storage.location.template": folder + template}
    for key in keys:
        parameters |= {f"projection.{key.name}.{name}": value for name, value in key.parameters.items()}
    return {
        "table": {
            "format": "parquet",
            "partitions": len(sizes),
            "largest_partition_bytes": max(sizes.values(), default=0),
        },
        "partitioning": {"keys": list(names), "parameters": parameters},
    }


def _partition(uri: str, names: tuple[str, ...]) -> str:
    return "/".join(uri.split("/")[-1 - len(names) : -1])


def _values(name: str, partitions: Iterable[str]) -> list[str]:
    """The values of a column in the folders' names, in which Hive's special characters are escaped."""
    start = f"{_FOLDER}{name}="
    return sorted(
        {part.removeprefix(start) for each in partitions for part in each.split("/") if part.startswith(start)}
    )


def _key(name: str, kind: str, values: list[str]) -> _Key:
    if _NULL in values:
        problem = (
            f"invalid value null or an empty text of {name}; must be a value, as Athena projects no others: "
            "filter the rows, make the column required, or use the format iceberg"
        )
        return _Key(name, {}, 1, (problem,))
    if kind == "date":
        return _dates(name, values)
    return _texts(name, values) if kind == "string" else _integers(name, values)


def _integers(name: str, values: list[str]) -> _Key:
    numbers = [int(value) for value in values] or [0]
    least, greatest = min(numbers), max(numbers)
    return _Key(name, {"type": "integer", "range": f"{least},{greatest}"}, greatest - least + 1)


def _dates(name: str, values: list[str]) -> _Key:
    try:
        days = [date.fromisoformat(value) for value in values] or [date(1970, 1, 1)]
    except ValueError:
        return _Key(name, {}, 1, (f"invalid dates in {name}; must be from 0001-01-01 to 9999-12-31",))
    least, greatest = min(days), max(days)
    parameters = {"type": "date", "format": "yyyy-MM-dd", "range": f"{least},{greatest}"}
    return _Key(name, parameters, (greatest - least).days + 1)


def _texts(name: str, values: list[str]) -> _Key:
    """Athena separates the values by commas, and AWS does not document how it finds a folder whose name is escaped."""
    problems = tuple(
        f"invalid value {unquote(value)!r} of {name}; must be without a comma, the characters \"#%'*/:=?\\{{[]^, "
        "control characters, and spaces at the ends"
        for value in values
        if "," in value or "%" in value or value != value.strip()
    )
    return _Key(name, {"type": "enum", "values": ",".join(values or ["none"])}, max(len(values), 1), problems[:3])
