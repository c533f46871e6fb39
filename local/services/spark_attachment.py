"""In the process of a run: the settings of the run in the Java process of its Spark driver."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


@contextlib.contextmanager
def attached(settings: Path, released: Path) -> Iterator[None]:
    """Sets the run's Spark settings (a file of JSON), from which Spark makes its configuration, for the script.

    Afterwards, stops Spark, removes the settings, and creates the file `released` if nothing of the run is left in the
    Java process.
    """
    from pyspark import SparkContext

    SparkContext._ensure_initialized()
    jvm: Any = SparkContext._jvm
    system = jvm.java.lang.System
    before = system.getProperties().clone()
    for name, value in json.loads(settings.read_text(encoding="utf-8")).items():
        system.setProperty(name, value)
    try:
        yield
    finally:
        context = SparkContext._active_spark_context
        # a stopped context does not wait for its jobs
        left = bool(context and context.statusTracker().getActiveJobsIds())
        if context:
            context.stop()
        jvm.SparkSession.clearDefaultSession()
        system.setProperties(before)
        # Hadoop uses a file system again with the credentials with which it was made
        jvm.org.apache.hadoop.fs.FileSystem.closeAll()
        if not left:
            released.touch()
