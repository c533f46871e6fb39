"""Counts rows and computes measures during a pass over the data that is made anyway."""

from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, Observation
from pyspark.sql import functions as F

_ROWS = "rows"


class Counter:
    """Counts and measures the rows at one point of a plan, when the plan is executed."""

    def __init__(self, *measures: SparkColumn) -> None:
        self._observation = Observation()
        self._measures = measures

    def at(self, rows: DataFrame) -> DataFrame:
        """The same rows, which are counted during execution."""
        return rows.observe(self._observation, F.count(F.lit(1)).alias(_ROWS), *self._measures)

    @property
    def rows(self) -> int:
        """The number of rows; waits until the plan has been executed."""
        return int(self.measured[_ROWS])

    @property
    def measured(self) -> dict[str, Any]:
        """The measures by name; waits until the plan has been executed."""
        return dict(self._observation.get)
