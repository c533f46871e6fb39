"""The result of a reader: rows of texts, and a count of the records that is independent of the parser."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pyspark.sql import DataFrame

from dataprep.recipe import Column


@dataclass(frozen=True)
class Texts:
    """Rows with a text for each column, MALFORMED, and FILE and ORDINAL if a shuffle moved the rows.

    After the rows have been computed, `counted` returns the number of records in the files, and `again` returns texts
    to use instead if these rows turned out to be ambiguous. `again` raises SourceError for files that cannot be read.
    """

    rows: DataFrame
    counted: Callable[[], int]
    again: Callable[[], "Texts | None"] = lambda: None


class Files(Protocol):
    """A source's files."""

    @property
    def names(self) -> list[str]:
        """The names of all columns."""

    def has(self, origin: str) -> bool:
        """Whether the files have this column."""

    def is_retyped(self, column: Column) -> bool:
        """Whether the column has another type than in the recipe."""

    def is_temporal(self, column: Column) -> bool:
        """Whether the column has values of a date or timestamp type instead of texts."""

    def texts(self, columns: tuple[Column, ...]) -> Texts:
        """The texts of these columns; null for columns that the files do not have."""
