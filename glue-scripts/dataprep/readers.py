"""Reading a source's files as they are: every value as text.

Typing comes later (columns.py), by rules that say of each value what is wrong with it. What a format cannot parse keeps
the text, or the row.
"""

from collections.abc import Callable, Mapping

from pyspark.sql import SparkSession

from dataprep.csv_files import CsvFiles
from dataprep.failures import SourceError
from dataprep.json_files import JsonFiles
from dataprep.parquet_files import ParquetFiles
from dataprep.recipe import Source
from dataprep.texts import Files

NEEDS_GLUE_6 = "JSON needs Glue 6.0, for Spark 3.5 does not keep numbers as they are written"
_READERS: Mapping[str, Callable[[SparkSession, Source, str], Files]] = {
    "csv": CsvFiles,
    "jsonLines": JsonFiles,
    "json": JsonFiles,
    "parquet": ParquetFiles,
}


def open_files(spark: SparkSession, source: Source, folder: str) -> Files:
    """The source's files; raises SourceError if there are none that can be read."""
    if source.format["type"] in ("json", "jsonLines") and spark.version.startswith("3."):
        raise SourceError(f"source {source.name}: {NEEDS_GLUE_6}")
    return _READERS[source.format["type"]](spark, source, folder)
