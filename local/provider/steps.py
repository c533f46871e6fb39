"""Runs the steps of the table: builds each request and parses each response by the operation's model."""

import re
from collections.abc import Iterable, Mapping
from string import Template
from typing import Any

import jmespath  # type: ignore[import-untyped]
from botocore.model import Shape

from local.provider import shapes
from local.provider.aws import Aws, AwsError
from local.provider.shapes import PropertyError
from local.provider.spec import Call, Properties, Resource, Scope, Step
from local.provider.values import UNKNOWN, is_archive, is_asset


def run(step: Step, scope: Scope) -> Properties:
    """Runs a step of a create or an update."""
    if not isinstance(step, Call):
        return step.run(scope) or {}
    resource = scope.resource
    unset = {name: resource.defaults.get(name) for name in scope.changed if scope.inputs.get(name) is None}
    wanted = {**scope.inputs, **unset}
    carried = {name: value for name, value in wanted.items() if _place_of(step, scope.aws, resource, name)}
    triggers = step.on or tuple(name for name in carried if name not in resource.replace)
    if step.unset and not any(wanted.get(name) for name in triggers):
        return _send(Call(step.unset, step.key), scope, {})
    if step is not resource.create and all(wanted.get(name) is None for name in triggers):
        return {}  # an input was unset that has no default on AWS
    return _send(step, scope, request(step, scope.aws, resource, carried))


def run_by_key(step: Step, scope: Scope) -> Properties | None:
    """Runs a step of a read or a delete; None if the resource does not exist."""
    try:
        return _send(step, scope, {}) if isinstance(step, Call) else step.run(scope)
    except AwsError as error:
        if not error.absent:
            raise
        return None


def request(call: Call, aws: Aws, resource: Resource, values: Properties) -> dict[str, Any]:
    """The request of the operation with the properties."""
    names = {**resource.names, **call.names}
    built: dict[str, Any] = {}
    for name, value in values.items():
        place = _place_of(call, aws, resource, name)
        if place is not None and value is not None:
            shape, prefix = place
            target = built.setdefault(prefix, {}) if prefix else built
            shapes.place(target, shape, names.get(name, name), value, names, name)
    return built


def carries(step: Step, aws: Aws, resource: Resource, name: str) -> bool:
    """Whether the step sends the property."""
    if name in step.on:
        return True
    return isinstance(step, Call) and not step.on and _place_of(step, aws, resource, name) is not None


def validate(resource: Resource, aws: Aws, inputs: Properties) -> Iterable[PropertyError]:
    """The errors of the inputs, by the service's model."""
    for name in resource.required:
        if inputs.get(name) is None:
            yield PropertyError(name, "unset; must be set")
    for name, value in inputs.items():
        if name.startswith("__"):
            continue
        if name not in resource.inputs:
            known = ", ".join(sorted(resource.inputs))
            yield PropertyError(name, f"the local AWS does not support this property; must be one of {known}")
            continue
        for step in (resource.create, *resource.update):
            if isinstance(step, Call) and carries(step, aws, resource, name):
                try:
                    request(step, aws, resource, {name: _without_content(value)})
                except PropertyError as error:
                    yield error
                    break


def acceptable(resource: Resource, aws: Aws, name: str, value: Any) -> Any:
    """The property's value without the members that AWS returns but does not accept."""
    for step in (resource.create, *resource.update):
        if isinstance(step, Call) and (place := _place_of(step, aws, resource, name)):
            names = {**resource.names, **step.names}
            shape = shapes.reach(place[0], names.get(name, name))
            return value if shape is None else shapes.acceptable(value, shape, names, name)
    return value


def fill(template: Any, fields: Mapping[str, Any]) -> Any:
    """The template with its `$name` placeholders filled; `$name` alone becomes the field itself, or None."""
    if isinstance(template, list):
        return [fill(item, fields) for item in template]
    if isinstance(template, dict):
        return {key: fill(item, fields) for key, item in template.items()}
    if not isinstance(template, str):
        return template
    if re.fullmatch(r"\$\w+", template):
        return fields.get(template[1:])
    return Template(template).substitute(fields)


def fillable(template: str, fields: Mapping[str, Any]) -> bool:
    """Whether the fields have a value for every placeholder of the template."""
    return all(fields.get(name) is not None for name in re.findall(r"\$(\w+)", template))


def parse(template: str, text: str) -> dict[str, str]:
    """The fields of a text that the template has formatted."""
    pattern = re.sub(r"\\\$(\w+)", r"(?P<\1>.+?)", re.escape(template))
    match = re.fullmatch(pattern, text)
    if match is None:
        raise ValueError(f"invalid id {text!r}; must have the form {template!r}")
    return match.groupdict()


def _send(call: Call, scope: Scope, properties: dict[str, Any]) -> Properties:
    key = {member: fill(template, scope.fields) for member, template in call.key.items()}
    sent = {**properties, **{member: value for member, value in key.items() if value is not None}}
    response = scope.aws.call(scope.resource.service, call.operation, sent)
    output = scope.aws.model(scope.resource.service, call.operation).output_shape
    if output is None:
        return {}
    tree = jmespath.search(Template(call.at).safe_substitute(scope.fields), shapes.decode(response, output))
    found: Properties = shapes.renamed(tree, {**scope.resource.names, **call.names})
    return found


def _place_of(call: Call, aws: Aws, resource: Resource, name: str) -> tuple[Shape, str] | None:
    """The request structure with a member for the property, and the structure's name in the request."""
    top = aws.model(resource.service, call.operation).input_shape
    path = call.names.get(name, resource.names.get(name, name))
    inner = shapes.members(top).get(call.under)
    if inner is not None and shapes.reach(inner, path):
        return inner, call.under
    return (top, "") if top is not None and shapes.reach(top, path) else None


def _without_content(value: Any) -> Any:
    return UNKNOWN if is_asset(value) or is_archive(value) else value
