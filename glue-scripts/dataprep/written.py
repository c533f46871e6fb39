"""The data set as a run has written it, in any format."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyspark.sql import Column, DataFrame

from dataprep import rules, watermark
from dataprep.recipe import Recipe
from dataprep.storage import Storage
from dataprep.writers import OBJECTS, TABLE_POINTER


@dataclass(frozen=True)
class Written:
    """The data set as it was written.

    `retained` is the number of published rows that no new row replaces. `measured` has the measures of
    `measures`. `files` are the data set's files: URI and bytes. `entries` are entries of the report about the format.
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


def measures(recipe: Recipe, rows: DataFrame) -> list[Column]:
    """What is measured of a data set while it is written: for the rules, and the watermark."""
    return [*rules.measures(recipe.rules, rows), *watermark.measures(recipe, rows)]


def files(storage: Storage, folder: str) -> dict[str, int]:
    """URI and size of the data files of a folder, sorted by URI.

    The folder of a data set that is an Iceberg table lists the table's files, each of which has all rows of its own: a
    merge rewrites files as a whole.
    """
    if not storage.exists(folder + TABLE_POINTER):
        return storage.data_files(folder)
    listed = [json.loads(line) for line in storage.read(folder + OBJECTS).splitlines()]
    return {file["uri"]: file["bytes"] for file in listed}
