"""What readers give: a source's rows, every value as text, and how many there are by another count than theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pyspark.sql import DataFrame

from dataprep.recipe import Column


@dataclass(frozen=True)
class Texts:
    """Rows with a text for each column, MALFORMED, and FILE and ORDINAL where rows were moved.

    Once the rows were used, `counted` says how many records the files hold; and `again` gives other texts to use
    instead if these rows cannot be told apart without them. It raises SourceError for files that cannot be read.
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
        """Whether there is such a column."""

    def is_retyped(self, column: Column) -> bool:
        """Whether the column is of another type than the recipe says."""

    def is_temporal(self, column: Column) -> bool:
        """Whether the column has dates or points in time instead of texts for them."""

    def texts(self, columns: tuple[Column, ...]) -> Texts:
        """The texts of these columns, null for those that the files lack."""
