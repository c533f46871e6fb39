"""SDK integrations spell all names in Pascal case, also those of services whose APIs do not; moto leaves them as given.

https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
"""

from collections.abc import Callable
from typing import Any

from botocore import xform_name
from botocore.model import ListShape, OperationModel, Shape, StructureShape
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk import (
    StateTaskServiceAwsSdk,
)

from local.moto_seams import replace
from local.once import once, service_model


def install() -> None:
    """To be called before the interpreter runs."""
    call: Callable[..., None] = StateTaskServiceAwsSdk._eval_service_task

    def call_with_names_of_the_api(
        task: Any, env: Any, resource_runtime_part: Any, normalised_parameters: Any, state_credentials: Any
    ) -> None:
        shapes = _operation(task._get_boto_service_name(), task._get_boto_service_action())
        call(task, env, resource_runtime_part, to_api(normalised_parameters, shapes.input_shape), state_credentials)
        env.stack.append(from_api(env.stack.pop(), shapes.output_shape))

    replace(StateTaskServiceAwsSdk, "_eval_service_task", call_with_names_of_the_api)


@once
def _operation(service: str, action: str) -> OperationModel:
    model = service_model(service)
    return model.operation_model(next(name for name in model.operation_names if xform_name(name) == action))


def to_api(value: Any, shape: Shape | None) -> Any:
    """Arguments as the API names them; a name that it does not have stays as it is."""
    return _renamed(value, shape, lambda name, members: name if name in members else name[:1].lower() + name[1:])


def from_api(value: Any, shape: Shape | None) -> Any:
    """A result as Step Functions names it."""
    return _renamed(value, shape, lambda name, members: name[:1].upper() + name[1:] if name in members else name)


def _renamed(value: Any, shape: Shape | None, rename: Callable[[str, Any], str]) -> Any:
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        members = shape.members
        lowered = {**{name[:1].upper() + name[1:]: member for name, member in members.items()}, **members}
        return {rename(name, members): _renamed(inner, lowered.get(name), rename) for name, inner in value.items()}
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [_renamed(inner, shape.member, rename) for inner in value]
    return value
