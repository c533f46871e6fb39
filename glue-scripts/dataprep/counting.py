"""Counts of rows that come with the pass over the data that is made anyway."""

from pyspark.sql import DataFrame, Observation
from pyspark.sql import functions as F

_ROWS = "rows"


class Counter:
    """Counts the rows that pass a point of a plan, once something has run it."""

    def __init__(self) -> None:
        self._observation = Observation()

    def at(self, rows: DataFrame) -> DataFrame:
        """The same rows, counted as they pass."""
        return rows.observe(self._observation, F.count(F.lit(1)).alias(_ROWS))

    @property
    def rows(self) -> int:
        """How many passed; waits for the run."""
        return int(self._observation.get[_ROWS])
