"""Glue's tables: versions that grow by update, and updates under the condition of a version; moto 5.2.5 ignores it.

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

from local.moto_seams import replace

_ONE_UPDATE_AT_A_TIME = threading.Lock()


def install() -> None:
    """To be called before moto serves."""
    replace(FakeTable, "__init__", _beginning_at_zero(FakeTable.__init__))
    replace(GlueResponse, "update_table", _update_table)


def _beginning_at_zero(init: Callable[..., None]) -> Callable[..., None]:
    def created(table: Any, *arguments: Any, **named: Any) -> None:
        init(table, *arguments, **named)
        table.versions = {"0": table.versions.pop("1")}
        table._current_version = 0

    return created


def _update_table(service: GlueResponse) -> EmptyResult:
    parameters = service.parameters
    expected, definition = parameters.get("VersionId"), parameters["TableInput"]
    with _ONE_UPDATE_AT_A_TIME:
        table: Any = service.glue_backend.get_table(parameters["DatabaseName"], definition["Name"])
        replaced = str(table._current_version)
        if expected not in (None, replaced):
            text = "Update table failed due to concurrent modifications."
            raise JsonRESTError("ConcurrentModificationException", text)
        table.update(definition)
        if parameters.get("SkipArchive"):
            table.versions.pop(replaced)
    return EmptyResult()
