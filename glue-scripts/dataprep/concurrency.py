"""Runs several tasks at once, so that Spark plans one query while it executes another."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pyspark import inheritable_thread_target
from pyspark.sql import SparkSession


def run_concurrently(spark: SparkSession, *tasks: Callable[[], Any]) -> list[Any]:
    """Returns the results in the order of the tasks; raises the first task's error once all tasks have ended."""
    # Spark 3.5, the version of Glue 5.1, takes the function itself
    inheriting = inheritable_thread_target if spark.version.startswith("3.") else inheritable_thread_target(spark)
    with ThreadPoolExecutor(len(tasks)) as pool:
        started = [pool.submit(inheriting(task)) for task in tasks]
    return [task.result() for task in started]
