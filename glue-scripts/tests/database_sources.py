"""A recipe with one database source, and the pointer that the extraction function writes for it."""

import json
from typing import Any

import pytest
from conftest import Outcome, Run, recipe_of
from database_servers import PASSWORD, Server

from dataprep import databases, secrets

PARQUET = {"type": "parquet"}
ID: dict[str, Any] = {"name": "id", "type": "integer"}
V: dict[str, Any] = {"name": "v", "type": "string"}
SNAPSHOT = "raw/run_id=r1/rows/_snapshot.json"


def pointer(server: Server | str, sensitive: bool = False, **settings: Any) -> str:
    """The text of _source.json; `settings` are those of `database` that differ from the defaults."""
    uri = server if isinstance(server, str) else server.uri
    database = {
        "uri": uri,
        "secret": "shop",
        "fetchSize": 1000,
        "timeoutSeconds": 60,
        "allowPlaintext": False,
        **settings,
    }
    return json.dumps({"uri": "s3://raw/", "bytes": 0, "sensitive": sensitive, "database": database})


def read(run: Run, given: str, *columns: dict[str, Any], **more: Any) -> Outcome:
    """A run whose only source is the database."""
    return run(recipe_of(*columns, format=PARQUET, **more), {"rows/_source.json": given})


def provide_secret(patch: pytest.MonkeyPatch, password: str = PASSWORD) -> None:
    """Makes the secret available, without AWS."""
    patch.setattr(secrets, "read", lambda name: json.dumps({"username": "reader", "password": password}))


def change_during_read(patch: pytest.MonkeyPatch, server: Server, sql: str) -> None:
    """Executes statements after a read has prepared its partitions and before it reads the first one."""
    prepared = databases.prepared

    def changed(*arguments: Any) -> Any:
        found = prepared(*arguments)
        server.execute(sql)
        return found

    patch.setattr(databases, "prepared", changed)


def quarantined(outcome: Outcome) -> list[Any]:
    """The texts of the quarantined rows."""
    return sorted((json.loads(row["raw"]) for row in outcome.quarantine), key=lambda row: int(row["id"]))
