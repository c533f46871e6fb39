"""The data set as a run has written it, in any format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyspark.sql import DataFrame


@dataclass(frozen=True)
class Written:
    """The data set as it was written.

    `retained` is the number of published rows that no new row replaces. `measured` has the measures that the rules
    need. `files` are the data set's files: URI and bytes. `entries` are entries of the report about the format.
    """

    dataset: DataFrame
    retained: int
    measured: Mapping[str, Any]
    files: list[dict[str, Any]]
    entries: Mapping[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(file["bytes"] for file in self.files)
