"""Writes the data set as Parquet files of this run, with the published rows that no new row replaces."""

from pyspark.sql import DataFrame

from dataprep import merge, partition_projection
from dataprep.counting import Counter
from dataprep.recipe import Recipe
from dataprep.storage import Storage
from dataprep.writers import OutputPaths
from dataprep.written import Written, measures


def write(recipe: Recipe, paths: OutputPaths, storage: Storage, rows: DataFrame, published: str) -> Written:
    """Writes the rows, merged with the data set in the folder `published` unless it is empty.

    Raises StepError if a value cannot be that of a partition.
    """
    # files have all columns, so that the names of their folders are not read
    reader, retained = rows.sparkSession.read.option("recursiveFileLookup", True), None
    if recipe.key and published:
        rows, retained = merge.merged(reader.parquet(published), rows, recipe.key)
    counter = Counter(*measures(recipe, rows))
    names = tuple(partition.column for partition in recipe.table.partition_by)
    _write(counter.at(rows), names, paths.dataset)
    files = storage.files(paths.dataset)
    entries = partition_projection.of(dict(rows.dtypes), names, paths.dataset, files) if names else {}
    if not files:
        # a data set without rows has a file all the same, which tells its columns
        _write(rows.sparkSession.createDataFrame([], rows.schema), (), paths.dataset)
        files = storage.files(paths.dataset)
    dataset = reader.schema(rows.schema).parquet(paths.dataset)
    return Written(dataset, retained.rows if retained else 0, counter.measured, files, entries)


def _write(rows: DataFrame, names: tuple[str, ...], folder: str) -> None:
    """Writes the files, in a folder for each combination of values of the named columns."""
    divided = partition_projection.with_folders(rows, names) if names else rows
    divided.write.mode("overwrite").partitionBy(partition_projection.folders(names)).parquet(folder)
