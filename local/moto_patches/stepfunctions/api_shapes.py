"""Arguments and results of service integrations, converted by the shapes of the API's model.

https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
"""

import json
from collections.abc import Callable
from typing import Any

from botocore import xform_name
from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape
from botocore.response import StreamingBody
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import StateTaskService

from local.moto_patches.patching import patch
from local.service_models import service_model
from local.single_flight import single_flight


@patch(StateTaskService, "_normalise_parameters", "moto passes arguments to the API without converting them.")
def convert_arguments(
    task: Any, parameters: Any, boto_service_name: Any = None, service_action_name: Any = None
) -> None:
    _convert(parameters, to_api, _operation(task, boto_service_name, service_action_name).input_shape)


@patch(StateTaskService, "_normalise_response", "moto passes results of the API on without converting them.")
def convert_result(task: Any, response: Any, boto_service_name: Any = None, service_action_name: Any = None) -> None:
    _convert(response, from_api, _operation(task, boto_service_name, service_action_name).output_shape)


@patch(
    StateTaskService,
    "_get_boto_service_action",
    "moto derives method names that boto3 does not have, such as `list_objects_v_2` from `listObjectsV2`.",
)
def boto_action(task: Any, name: str | None = None) -> str:
    return xform_name(name or task.resource.api_action)


def _convert(value: dict[str, Any], convert: Callable[[Any, Shape | None], Any], shape: Shape | None) -> None:
    converted = convert(value, shape)
    value.clear()
    value.update(converted)


def _operation(task: Any, service: str | None, action: str | None) -> OperationModel:
    return _operation_model(task._get_boto_service_name(service), task._get_boto_service_action(action))


@single_flight
def _operation_model(service: str, action: str) -> OperationModel:
    model = service_model(service)
    for name in model.operation_names:
        if xform_name(name) == action:
            return model.operation_model(name)
    raise ValueError(f"{service} has no action {action}")


def to_api(value: Any, shape: Shape | None) -> Any:
    """Converts arguments to the API's; raises ValueError for a field that the API does not have."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        arguments = {_member(name, shape): inner for name, inner in value.items() if inner is not None}
        return {name: to_api(inner, shape.members[name]) for name, inner in arguments.items()}
    # recorded 2025-11-06: a text for a binary argument is encoded as JSON, so S3 stores it with its quotes
    if shape is not None and shape.type_name == "blob":
        return value if isinstance(value, bytes) else _compact(value).encode()
    if shape is not None and shape.type_name == "string":
        return value if isinstance(value, str) else _compact(value)
    return _with_members(value, shape, to_api)


def _member(name: str, shape: StructureShape) -> str:
    if found := {name, name[:1].lower() + name[1:]} & shape.members.keys():
        return found.pop()
    raise ValueError(f"The field '{name}' is not supported by Step Functions")


def from_api(value: Any, shape: Shape | None) -> Any:
    """Converts a result to Step Functions': all names are in Pascal case, also where the API's are not."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        members = shape.members
        return {
            name[:1].upper() + name[1:] if name in members else name: from_api(inner, members.get(name))
            for name, inner in value.items()
        }
    if isinstance(value, StreamingBody):
        return value.read().decode()
    return _with_members(value, shape, from_api)


def _with_members(value: Any, shape: Shape | None, convert: Callable[[Any, Shape | None], Any]) -> Any:
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [convert(inner, shape.member) for inner in value]
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {key: convert(inner, shape.value) for key, inner in value.items()}
    return value


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
