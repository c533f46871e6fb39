"""Counts of rows, and other measures, that come with the pass over the data that is made anyway."""

from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, Observation
from pyspark.sql import functions as F

_ROWS = "rows"


class Counter:
    """Counts the rows that pass a point of a plan, once something has run it, and measures them."""

    def __init__(self, *measures: SparkColumn) -> None:
        self._observation = Observation()
        self._measures = measures

    def at(self, rows: DataFrame) -> DataFrame:
        """The same rows, counted as they pass."""
        return rows.observe(self._observation, F.count(F.lit(1)).alias(_ROWS), *self._measures)

    @property
    def rows(self) -> int:
        """How many passed; waits for the run."""
        return int(self.measured[_ROWS])

    @property
    def measured(self) -> dict[str, Any]:
        """The measures by their names; waits for the run."""
        return dict(self._observation.get)
