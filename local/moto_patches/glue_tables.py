"""Glue's tables: version numbers, and updates that require a version.

Tried with the AWS CLI on AWS (github.com/floci-io/floci/issues/1205): a new table has version 0, each update adds one,
and an update that names another version than the current one fails.
https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateTable.html
"""

import threading
from collections.abc import Callable
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.core.responses import EmptyResult
from moto.glue.models import FakeTable
from moto.glue.responses import GlueResponse

from local.moto_patches.patching import patch

_UPDATE_LOCK = threading.Lock()


@patch(FakeTable, "__init__", "Glue numbers the versions of a table from 0; moto numbers them from 1.")
def init_table(original: Callable[..., None], table: Any, *arguments: Any, **named: Any) -> None:
    original(table, *arguments, **named)
    table.versions = {"0": table.versions.pop("1")}
    table._current_version = 0


@patch(GlueResponse, "update_table", "moto ignores `VersionId` and `SkipArchive`.")
def update_table(service: GlueResponse) -> EmptyResult:
    parameters = service.parameters
    expected, definition = parameters.get("VersionId"), parameters["TableInput"]
    with _UPDATE_LOCK:
        table: Any = service.glue_backend.get_table(parameters["DatabaseName"], definition["Name"])
        replaced = str(table._current_version)
        if expected not in (None, replaced):
            text = "Update table failed due to concurrent modifications."
            raise JsonRESTError("ConcurrentModificationException", text)
        table.update(definition)
        if parameters.get("SkipArchive"):
            table.versions.pop(replaced)
    return EmptyResult()
