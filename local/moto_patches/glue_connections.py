"""Glue's connections: what a connection returns, and the operations that change and delete it."""

from collections.abc import Callable
from typing import Any

from moto.core.responses import EmptyResult
from moto.glue.models import FakeConnection
from moto.glue.responses import GlueResponse

from local.moto_patches.patching import add, patch


@patch(FakeConnection, "as_dict", "moto puts type and network into a member of its own, which AWS does not have.")
def as_dict(original: Callable[..., dict[str, Any]], connection: Any, hide_password: bool = False) -> dict[str, Any]:
    described = original(connection, hide_password)
    found: dict[str, Any] = described | described.pop("Connection")
    return found


@add(GlueResponse, "update_connection", "moto lacks UpdateConnection.")
def update_connection(service: GlueResponse) -> EmptyResult:
    backend, name = service.glue_backend, service.parameters["Name"]
    tags = backend.tagger.get_tag_dict_for_resource(backend.get_connection("", name, "").arn)
    backend.connections[name] = FakeConnection(backend, "", service.parameters["ConnectionInput"], tags)
    return EmptyResult()


@add(GlueResponse, "delete_connection", "moto lacks DeleteConnection.")
def delete_connection(service: GlueResponse) -> EmptyResult:
    backend, name = service.glue_backend, service.parameters["ConnectionName"]
    backend.get_connection("", name, "")
    del backend.connections[name]
    return EmptyResult()
