"""Checks events against the classes that OpenLineage's own Python client generates from its JSON Schemas.

python lambda/tests/openlineage_events.py FILE...  exits with an error for the first event that is invalid.

Each property must be one that the specification has, of its type, and each required one must be set. A facet is checked
by the class of its `_schemaURL`. The classes' own validators check times and UUIDs.
"""

import importlib
import json
import pkgutil
import sys
import types
import typing
from enum import Enum
from pathlib import Path
from typing import Any

import attr
from openlineage.client import generated
from openlineage.client.generated import base


class InvalidLineage(Exception):
    """Something that the specification does not allow, with its path."""


def check(event: Any) -> None:
    """Raises InvalidLineage unless this is a valid run event."""
    _value(base.RunEvent, event, "$")
    if event["schemaURL"] != base.RunEvent._get_schema():
        raise InvalidLineage(f"$.schemaURL: {event['schemaURL']}")


def _value(kind: Any, value: Any, path: str) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        # none of the specification's properties may be null
        (kind,) = (argument for argument in arguments if argument is not type(None))
        return _value(kind, value, path)
    if kind is Any:
        return value
    if origin is list and isinstance(value, list):
        return [_value(arguments[0], item, f"{path}[{place}]") for place, item in enumerate(value)]
    if origin is dict and isinstance(value, dict):
        return {key: _value(arguments[1], item, f"{path}.{key}") for key, item in value.items()}
    if attr.has(kind) and isinstance(value, dict):
        return _object(_facet_class(kind, value, path) if issubclass(kind, base.BaseFacet) else kind, value, path)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _built(kind, (value,), {}, path)
    if type(value) is not kind:
        raise InvalidLineage(f"{path}: invalid value {value!r}; must be {kind}")
    return value


def _object(kind: Any, value: dict[str, Any], path: str) -> Any:
    hints = typing.get_type_hints(kind)
    fields = {field.name: field for field in attr.fields(kind)}
    if unknown := value.keys() - fields.keys():
        raise InvalidLineage(f"{path}: unknown {sorted(unknown)}")
    always = {"producer", "_producer", "schemaURL", "_schemaURL"}
    required = {name for name, field in fields.items() if field.default is attr.NOTHING or name in always}
    if missing := required - value.keys():
        raise InvalidLineage(f"{path}: missing {sorted(missing)}")
    values = {name: _value(hints[name], item, f"{path}.{name}") for name, item in value.items()}
    return _built(kind, (), {fields[name].alias: item for name, item in values.items() if fields[name].init}, path)


def _built(kind: Any, arguments: tuple[Any, ...], named: dict[str, Any], path: str) -> Any:
    try:
        return kind(*arguments, **named)
    except (TypeError, ValueError) as error:
        raise InvalidLineage(f"{path}: {error}") from error


def _facet_class(kind: Any, value: dict[str, Any], path: str) -> Any:
    for module in pkgutil.iter_modules(generated.__path__):
        importlib.import_module(f"{generated.__name__}.{module.name}")
    url = value.get("_schemaURL")
    for facet in _subclasses(base.BaseFacet):
        if facet._get_schema() == url:
            return facet
    raise InvalidLineage(f"{path}._schemaURL: {url} is not the schema of a facet")


def _subclasses(kind: Any) -> list[Any]:
    return [kind, *(deeper for direct in kind.__subclasses__() for deeper in _subclasses(direct))]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        check(json.loads(Path(name).read_text()))
