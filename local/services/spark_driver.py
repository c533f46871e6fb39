"""The process of a Spark driver: starts Java, and writes how Python connects to it.

    spark_driver.py FILE_DESCRIPTOR

It writes one line of JSON: the environment variables of PySpark for an existing Java process.
"""

import json
import os
import sys

from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkRuntimeError
from pyspark.java_gateway import launch_gateway

from local.services import processes


def main(descriptor: int) -> None:
    """Starts Java and waits until it ends."""
    try:
        gateway = launch_gateway()  # type: ignore[no-untyped-call]
    except PySparkRuntimeError:
        # Java has printed why it ended
        sys.exit(1)
    # loads the classes that every run needs, before a run waits for them
    SparkContext(gateway=gateway, conf=SparkConf()).stop()
    connection = {
        "PYSPARK_GATEWAY_PORT": str(gateway.gateway_parameters.port),
        "PYSPARK_GATEWAY_SECRET": gateway.gateway_parameters.auth_token,
    }
    with os.fdopen(descriptor, "w", encoding="utf-8") as answer:
        answer.write(json.dumps(connection) + "\n")
    gateway.proc.wait()


if __name__ == "__main__":
    processes.watch()
    main(int(sys.argv[1]))
