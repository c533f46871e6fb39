"""Step Functions: validation of requests by the service's model, with AWS's messages.

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
# character classes that Python does not have
_JAVA_CLASSES = {r"\p{ASCII}": r"[\x00-\x7f]"}
# the order in which AWS lists the values (recorded 2024-03-14)
_STATUSES = ["SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING"]


def failure(kind: str, message: str) -> AWSError:
    """An error of the service's model."""
    return AWSError(message, kind)


def check(operation: str, parameters: dict[str, Any]) -> None:
    """Refuses a request that the model does not allow, with all problems, and then invalid ARNs."""
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
    """The ARN of the state machine, and the qualifier: the number of a version or the name of an alias."""
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
    for constraint in _violated(value, shape):
        yield f"{where} {constraint}"


def _violated(value: Any, shape: Shape) -> Iterator[str]:
    """The constraints of the shape that the value violates."""
    limits: dict[str, Any] = shape.metadata
    is_number = shape.type_name in ("integer", "long", "float", "double")
    size = value if is_number else len(value) if isinstance(value, str | list) else None
    measure = "value" if is_number else "length"
    if size is not None and size > limits.get("max", size):
        yield f"have {measure} less than or equal to {limits['max']}"
    if size is not None and size < limits.get("min", size):
        yield f"have {measure} greater than or equal to {limits['min']}"
    pattern = limits.get("pattern")
    if pattern and not re.fullmatch(_python_pattern(pattern), value):
        yield f"satisfy regular expression pattern: {pattern}"
    allowed = limits.get("enum")
    if allowed and value not in allowed:
        ordered = _STATUSES if {*allowed} == {*_STATUSES} else allowed
        yield f"satisfy enum value set: [{', '.join(ordered)}]"


def _python_pattern(pattern: str) -> str:
    for java, python in _JAVA_CLASSES.items():
        pattern = pattern.replace(java, python)
    return pattern


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _quoted(value: Any, shape: Shape) -> str:
    return "" if shape.metadata.get("sensitive") else f"'{_java_text(value, shape)}' "


def _java_text(value: Any, shape: Shape) -> str:
    """The value as AWS's Java code prints it."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        members = ", ".join(
            f"{name}={_java_text(value[name], shape.members[name])}" for name in shape.members if name in value
        )
        return f"{shape.name}({members})"
    if isinstance(shape, ListShape) and isinstance(value, list):
        return f"[{', '.join(_java_text(each, shape.member) for each in value)}]"
    return str(value)
