"""Several things at once: Spark plans one while it carries out another."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pyspark import inheritable_thread_target
from pyspark.sql import SparkSession


def together(spark: SparkSession, *tasks: Callable[[], Any]) -> list[Any]:
    """What each of them returns, in their order; raises what the first that fails raises, once all have ended."""
    # Spark 3.5, which is Glue 5.1's, takes the function itself
    inheriting = inheritable_thread_target if spark.version.startswith("3.") else inheritable_thread_target(spark)
    with ThreadPoolExecutor(len(tasks)) as pool:
        started = [pool.submit(inheriting(task)) for task in tasks]
    return [task.result() for task in started]
