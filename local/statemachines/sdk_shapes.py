"""Arguments and results of SDK integrations, by the shapes of the API's model; moto passes both as they are.

https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
"""

import json
from collections.abc import Callable
from typing import Any

from botocore import xform_name
from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk import (
    StateTaskServiceAwsSdk,
)

from local.moto_seams import replace
from local.once import once, service_model


def install() -> None:
    """To be called before the interpreter runs."""
    call: Callable[..., None] = StateTaskServiceAwsSdk._eval_service_task

    def call_by_shapes(
        task: Any, env: Any, resource_runtime_part: Any, normalised_parameters: Any, state_credentials: Any
    ) -> None:
        shapes = _operation(task._get_boto_service_name(), task._get_boto_service_action())
        call(task, env, resource_runtime_part, to_api(normalised_parameters, shapes.input_shape), state_credentials)
        env.stack.append(from_api(env.stack.pop(), shapes.output_shape))

    replace(StateTaskServiceAwsSdk, "_eval_service_task", call_by_shapes)


@once
def _operation(service: str, action: str) -> OperationModel:
    model = service_model(service)
    return model.operation_model(next(name for name in model.operation_names if xform_name(name) == action))


def to_api(value: Any, shape: Shape | None) -> Any:
    """Arguments as the API takes them; a name that it does not have stays as it is."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        members = shape.members
        names = {name: name if name in members else name[:1].lower() + name[1:] for name in value}
        return {names[name]: to_api(inner, members.get(names[name])) for name, inner in value.items()}
    if shape is not None and shape.type_name == "blob":
        # recorded 2025-11-06: text, too, is stored as JSON, with its quotes
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
    return _with_members(value, shape, to_api)


def from_api(value: Any, shape: Shape | None) -> Any:
    """A result as Step Functions gives it: its names are in Pascal case, also those of APIs that have others."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        members = shape.members
        return {
            name[:1].upper() + name[1:] if name in members else name: from_api(inner, members.get(name))
            for name, inner in value.items()
        }
    return _with_members(value, shape, from_api)


def _with_members(value: Any, shape: Shape | None, convert: Callable[[Any, Shape | None], Any]) -> Any:
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [convert(inner, shape.member) for inner in value]
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {key: convert(inner, shape.value) for key, inner in value.items()}
    return value
