"""Reads the files of a source; every value is a text.

columns.py casts the texts later, with a reason for each value that is invalid. MALFORMED has the text
of a record that cannot be parsed.
"""

from collections.abc import Callable, Mapping

from pyspark.sql import SparkSession

from dataprep.csv_files import CsvFiles
from dataprep.failures import SourceError
from dataprep.json_files import JsonFiles
from dataprep.parquet_files import ParquetFiles
from dataprep.recipe import Source
from dataprep.texts import Files

NEEDS_GLUE_6 = "JSON needs Glue 6.0, as Spark 3.5 does not keep numbers as they are written"
_READERS: Mapping[str, Callable[[SparkSession, Source, str], Files]] = {
    "csv": CsvFiles,
    "jsonLines": JsonFiles,
    "json": JsonFiles,
    "parquet": ParquetFiles,
}


def open_files(spark: SparkSession, source: Source, folder: str) -> Files:
    """Opens the source's files; raises SourceError if they cannot be read."""
    if source.format["type"] in ("json", "jsonLines") and spark.version.startswith("3."):
        raise SourceError(f"source {source.name}: {NEEDS_GLUE_6}")
    return _READERS[source.format["type"]](spark, source, folder)
