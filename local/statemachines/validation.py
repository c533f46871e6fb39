"""Step Functions: requests as the service's model allows them; the rest is refused in AWS's words.

https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html
"""

import re
from collections.abc import Iterator
from typing import Any

from botocore.model import ListShape, Shape, StructureShape
from moto.core.exceptions import AWSError

from local.service_models import service_model

_ARNS = ("stateMachineArn", "stateMachineVersionArn", "stateMachineAliasArn", "executionArn", "mapRunArn")
_MACHINE_PARTS = 7
# names that a model's patterns use and Python does not know
_JAVA_CLASSES = {r"\p{ASCII}": r"[\x00-\x7f]"}
# AWS lists the values in an order of its own (recorded 2024-03-14)
_STATUSES = ["SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING"]


def failure(kind: str, message: str) -> AWSError:
    """An error that the service's model names."""
    return AWSError(message, kind)


def check(operation: str, parameters: dict[str, Any]) -> None:
    """Refuses a request that the model does not allow, with all of its problems; then ARNs that are none."""
    shape = service_model("stepfunctions").operation_model(operation).input_shape
    problems = list(_problems(parameters, shape, "")) if shape else []
    if problems:
        count = f"{len(problems)} validation error{'s' if len(problems) > 1 else ''} detected"
        raise failure("ValidationException", f"{count}: {'; '.join(problems)}")
    for name in _ARNS:
        value = parameters.get(name)
        if value is not None and not value.startswith("arn:"):
            raise failure("InvalidArn", f"Invalid Arn: 'Invalid ARN prefix: {value}'")


def parts(arn: str) -> tuple[str, str]:
    """The state machine's own ARN, and the version's number or the alias's name after it."""
    found = arn.split(":")
    return ":".join(found[:_MACHINE_PARTS]), ":".join(found[_MACHINE_PARTS:])


def _problems(value: Any, shape: Shape, path: str) -> Iterator[str]:
    where = f"Value {_quoted(value, shape)}at '{path}' failed to satisfy constraint: Member must"
    if isinstance(shape, StructureShape):
        for name in shape.required_members:
            if value.get(name) is None:
                yield f"Value null at '{_below(path, name)}' failed to satisfy constraint: Member must not be null"
        for name in value.keys() & shape.members.keys():
            if value[name] is not None:
                yield from _problems(value[name], shape.members[name], _below(path, name))
        return
    if isinstance(shape, ListShape):
        for number, each in enumerate(value, 1):
            yield from _problems(each, shape.member, f"{path}.{number}.member")
    for constraint in _broken(value, shape):
        yield f"{where} {constraint}"


def _broken(value: Any, shape: Shape) -> Iterator[str]:
    """Which of the shape's constraints the value does not keep."""
    limits: dict[str, Any] = shape.metadata
    is_number = shape.type_name in ("integer", "long", "float", "double")
    size = value if is_number else len(value) if isinstance(value, str | list) else None
    what = "value" if is_number else "length"
    if size is not None and size > limits.get("max", size):
        yield f"have {what} less than or equal to {limits['max']}"
    if size is not None and size < limits.get("min", size):
        yield f"have {what} greater than or equal to {limits['min']}"
    pattern = limits.get("pattern")
    if pattern and not re.fullmatch(_in_python(pattern), value):
        yield f"satisfy regular expression pattern: {pattern}"
    allowed = limits.get("enum")
    if allowed and value not in allowed:
        ordered = _STATUSES if {*allowed} == {*_STATUSES} else allowed
        yield f"satisfy enum value set: [{', '.join(ordered)}]"


def _in_python(pattern: str) -> str:
    for java, python in _JAVA_CLASSES.items():
        pattern = pattern.replace(java, python)
    return pattern


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _quoted(value: Any, shape: Shape) -> str:
    return "" if shape.metadata.get("sensitive") else f"'{_as_java(value, shape)}' "


def _as_java(value: Any, shape: Shape) -> str:
    """As AWS's own code prints it."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        members = ", ".join(
            f"{name}={_as_java(value[name], shape.members[name])}" for name in shape.members if name in value
        )
        return f"{shape.name}({members})"
    if isinstance(shape, ListShape) and isinstance(value, list):
        return f"[{', '.join(_as_java(each, shape.member) for each in value)}]"
    return str(value)
