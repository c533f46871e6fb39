"""A local Spark session with the job's configuration, started as the local AWS starts it."""

import os
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

from dataprep import settings
from local.services import java
from local.services.spark import KEEPS_COMPILED_CLASSES, class_path, java_options

ROOT = Path(__file__).parents[2]
# Spark 3.5 is the version of Glue 5.1
_JARS = ROOT / ".cache" / ("glue-5.1-jars" if pyspark.__version__.startswith("3.") else "spark-jars")


def start(*jars: Path, **more: str) -> SparkSession:
    """Starts a session for short runs, with `more` configuration; `jars` are folders with additional jars."""
    # the class data archive requires these options only, and the job does not have a developer's own options
    os.environ.pop("JAVA_TOOL_OPTIONS", None)
    os.environ.update(java.variables(), SPARK_DIST_CLASSPATH=class_path(_JARS, *jars))
    builder = SparkSession.builder.master("local[2]").config(
        map={
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.extraJavaOptions": java_options(_JARS),
            "spark.driver.memory": "2g",
            # the default file system starts a chmod process for each file and checksum, a third of a case's time
            "spark.hadoop.fs.file.impl": "org.apache.hadoop.fs.RawLocalFileSystem",
            # of short runs, as in SparkConfiguration.java
            "spark.sql.adaptive.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            **KEEPS_COMPILED_CLASSES,
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
    )
    return settings.start(builder.config(map=more))


def uri(path: Path) -> str:
    """The file or folder as an argument of the job, in which spaces are not escaped."""
    return f"file://{path}"
