"""A Spark session on this machine, set up as the job's and started as the local AWS starts it."""

import os
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

from dataprep import settings
from local.services import java
from local.services.spark import class_path, java_options

ROOT = Path(__file__).parents[2]
# Spark 3.5 is that of Glue 5.1
_JARS = ROOT / ".cache" / ("glue-5.1-jars" if pyspark.__version__.startswith("3.") else "spark-jars")


def start(**more: str) -> SparkSession:
    """The session, small enough for short runs, with `more` of Spark's settings."""
    # the archive of classes fits these options only, and the job has no Java options of a developer's own
    os.environ.pop("JAVA_TOOL_OPTIONS", None)
    os.environ.update(java.variables(), SPARK_DIST_CLASSPATH=class_path(_JARS))
    builder = SparkSession.builder.master("local[2]").config(
        map={
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.extraJavaOptions": java_options(_JARS),
            "spark.driver.memory": "2g",
            # the default one starts a chmod for each file and its checksum, a third of a case's time
            "spark.hadoop.fs.file.impl": "org.apache.hadoop.fs.RawLocalFileSystem",
            "spark.sql.shuffle.partitions": "2",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
    )
    return settings.start(builder.config(map=more))


def uri(path: Path) -> str:
    """As the job is given a file or folder, with its characters as they are: a URI escapes a space."""
    return f"file://{path}"
