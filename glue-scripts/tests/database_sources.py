"""A recipe with one database source, and the pointer that the extraction function writes for it."""

import json
from typing import Any

import pytest
from conftest import Outcome, Run, recipe_of
from database_servers import PASSWORD, Server

from dataprep import secrets

PARQUET = {"type": "parquet"}
ID: dict[str, Any] = {"name": "id", "type": "integer"}


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


def quarantined(outcome: Outcome) -> list[Any]:
    """The texts of the quarantined rows."""
    return sorted((json.loads(row["raw"]) for row in outcome.quarantine), key=lambda row: int(row["id"]))
