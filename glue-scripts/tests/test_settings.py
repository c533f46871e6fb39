"""The Spark configuration."""

from typing import Any

import pytest
from py4j.clientserver import ClientServerConnection
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

# the command by which py4j looks up a name in the JVM: https://github.com/py4j/py4j/blob/master/py4j-python/src/py4j/protocol.py
_LOOK_UP = "r\nu\n"


def test_classes_are_not_looked_up_with_each_expression(spark: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    send = ClientServerConnection.send_command

    def noted(connection: Any, command: str) -> Any:
        sent.append(command)
        return send(connection, command)

    monkeypatch.setattr(ClientServerConnection, "send_command", noted)
    F.when(F.col("carrier").isin("AA", "B6"), F.concat(F.lit("a"), F.col("carrier")))
    assert sent
    looked_up = {command.split("\n")[2] for command in sent if command.startswith(_LOOK_UP)}
    # the check for an active session uses this full name
    assert {name.rstrip("$") for name in looked_up} <= {"org.apache.spark.sql.classic.SparkSession"}
