"""The watermark: the greatest value of a column in the data set, from which the next incremental run reads."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep.failures import StepError
from dataprep.names import quoted
from dataprep.recipe import Recipe
from dataprep.row_rules import EPOCH

_NUMBER, _DATE, _TIME = "watermark_number", "watermark_date", "watermark_time"
_MEASURES = {"int": _NUMBER, "bigint": _NUMBER, "date": _DATE, "timestamp": _TIME}


def measures(recipe: Recipe, rows: DataFrame) -> list[SparkColumn]:
    """The measure to compute while the data set is written; raises StepError if the column cannot be a watermark."""
    name = recipe.watermark
    if not name:
        return []
    kind = dict(rows.dtypes).get(name, "no column of the data set")
    if kind not in _MEASURES:
        raise StepError(
            f"dataset.incremental.watermark: invalid value '{name}' ({kind}); "
            "must be a column of type integer, long, date or timestamp"
        )
    greatest = F.max(F.col(quoted(name)))
    measure = _MEASURES[kind]
    return [(F.unix_micros(greatest) if measure == _TIME else greatest).alias(measure)]


def text(measured: Mapping[str, Any]) -> str | None:
    """The watermark as a text: digits, a date, or a timestamp in UTC in ISO 8601; None without a value."""
    if measured.get(_NUMBER) is not None:
        return str(measured[_NUMBER])
    found: date | None = measured.get(_DATE)
    if found is not None:
        return found.isoformat()
    if measured.get(_TIME) is None:
        return None
    time = EPOCH + timedelta(microseconds=measured[_TIME])
    # a fraction only if it is not zero
    return time.replace(tzinfo=None).isoformat() + "Z"
