"""Writes the data set as Parquet files of this run, with the published rows that no new row replaces."""

from pyspark.sql import DataFrame

from dataprep import merge
from dataprep.counting import Counter
from dataprep.recipe import Recipe
from dataprep.storage import Storage
from dataprep.writers import OutputPaths
from dataprep.written import Written, measures


def write(recipe: Recipe, paths: OutputPaths, storage: Storage, rows: DataFrame, published: str) -> Written:
    """Writes the rows, merged with the data set in the folder `published` unless it is empty."""
    spark, retained = rows.sparkSession, None
    if recipe.key and published:
        rows, retained = merge.merged(spark.read.parquet(published), rows, recipe.key)
    counter = Counter(*measures(recipe, rows))
    counter.at(rows).write.mode("overwrite").parquet(paths.dataset)
    dataset = spark.read.schema(rows.schema).parquet(paths.dataset)
    files = storage.files(paths.dataset)
    return Written(dataset, retained.rows if retained else 0, counter.measured, files)
