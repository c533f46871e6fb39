"""The watermark: the greatest value of a column in the data set, from which the next incremental run reads."""

from collections.abc import Mapping
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep.failures import StepError
from dataprep.names import quoted
from dataprep.recipe import Recipe

_MEASURE = "watermark"
_KINDS = ("int", "bigint", "date", "timestamp")
# the session's time zone is UTC
_PATTERN = "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'"


def measures(recipe: Recipe, rows: DataFrame) -> list[SparkColumn]:
    """The measure to compute while the data set is written; raises StepError if the column cannot be a watermark."""
    name = recipe.watermark
    if not name:
        return []
    kind = dict(rows.dtypes).get(name, "no column of the data set")
    if kind not in _KINDS:
        raise StepError(
            f"dataset.incremental.watermark: invalid value '{name}' ({kind}); "
            "must be a column of type integer, long, date or timestamp"
        )
    greatest = F.max(F.col(quoted(name)))
    if kind != "timestamp":
        return [greatest.cast("string").alias(_MEASURE)]
    return [F.replace(F.date_format(greatest, _PATTERN), F.lit(".000000Z"), F.lit("Z")).alias(_MEASURE)]


def text(measured: Mapping[str, Any]) -> str | None:
    """The watermark as a text: digits, a date, or a timestamp in UTC in ISO 8601; None without a value."""
    return measured.get(_MEASURE)
