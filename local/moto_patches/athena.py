"""Athena: operations of workgroups and saved queries."""

from collections.abc import Callable
from typing import Any

from moto.athena.responses import AthenaResponse

from local.moto_patches.patching import add, patch


@add(AthenaResponse, "update_work_group", "moto lacks UpdateWorkGroup.")
def update_work_group(service: AthenaResponse) -> str:
    group = service.athena_backend.work_groups[service._get_param("WorkGroup")]
    group.description = service._get_param("Description", group.description)
    group.state = service._get_param("State") or group.state
    updates: dict[str, Any] = service._get_param("ConfigurationUpdates") or {}
    results = updates.pop("ResultConfigurationUpdates", {})
    group.configuration = {**group.configuration, **updates}
    group.configuration["ResultConfiguration"] = {**group.configuration.get("ResultConfiguration", {}), **results}
    return "{}"


@patch(AthenaResponse, "get_named_query", "moto fails with an internal error for a query that does not exist.")
def get_named_query(original: Callable[[Any], Any], service: AthenaResponse) -> Any:
    identity = service._get_param("NamedQueryId")
    if identity in service.athena_backend.named_queries:
        return original(service)
    return service.error(f"NamedQuery {identity} was not found", 400)


@add(AthenaResponse, "delete_named_query", "moto lacks DeleteNamedQuery.")
def delete_named_query(service: AthenaResponse) -> str:
    service.athena_backend.named_queries.pop(service._get_param("NamedQueryId"), None)
    return "{}"
