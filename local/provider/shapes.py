"""Converts property values to requests and from responses, by botocore's service models.

A property matches the member with its name, ignoring case (`kmsKeyArn`, `KMSKeyArn`). The `names` of a type map other
names by path: `"command.pythonVersion": "version"`, `"rule": "rules[0]"` for a list of one item that is an object in
Pulumi, `"imageUri": "code.imageUri"` for a nested member.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

from local.provider.assets import content
from local.provider.values import UNKNOWN, is_archive, is_asset

Names = Mapping[str, str]
_WORDS: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+[0-9]*")
_ONE: Final = "[0]"
_PAIRS: Final = {"Tag": ("key", "value"), "Dimension": ("name", "value")}


class PropertyError(ValueError):
    """An input is invalid for the model of its type."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def camel(member: str) -> str:
    """Pulumi's spelling of a member: `KMSMasterKeyID` becomes `kmsMasterKeyId`."""
    words: list[str] = _WORDS.findall(member)
    return words[0].lower() + "".join(word[0].upper() + word[1:].lower() for word in words[1:])


def members(shape: Shape | None) -> Mapping[str, Shape]:
    return shape.members if isinstance(shape, StructureShape) else {}


def reach(shape: Shape | None, path: str) -> Shape | None:
    """The shape of the member at the path; None if it does not exist."""
    head, _, rest = path.partition(".")
    member = _member(shape, head)
    if member is None:
        return None
    inner = _inside(members(shape)[member], head)
    return reach(inner, rest) if rest else inner


def place(request: dict[str, Any], shape: Shape, path: str, value: Any, names: Names, where: str) -> None:
    """Sets the member at the path of the request to the value, converted to its shape."""
    head, _, rest = path.partition(".")
    member = _member(shape, head)
    if member is None:
        raise PropertyError(where, f"unknown property; must be one of {', '.join(_known(shape, names, where))}")
    inner = _inside(members(shape)[member], head)
    if rest:
        held: dict[str, Any] = request.get(member, [{}])[0] if head.endswith(_ONE) else request.get(member, {})
        place(held, inner, rest, value, names, where)
    else:
        held = encode(value, inner, names, where)
    request[member] = [held] if head.endswith(_ONE) else held


def encode(value: Any, shape: Shape, names: Names, where: str) -> Any:
    """The value of a property, converted to the shape of the request."""
    if value is UNKNOWN:
        return UNKNOWN
    if isinstance(shape, StructureShape):
        return _encode_structure(value, shape, names, where)
    if isinstance(shape, ListShape):
        return _encode_list(value, shape, names, where)
    if isinstance(shape, MapShape):
        entries = _expect(value, dict, "an object", where)
        return {key: encode(item, shape.value, names, f"{where}.{key}") for key, item in entries.items()}
    return _encode_scalar(value, shape, where)


def acceptable(value: Any, shape: Shape, names: Names, where: str) -> Any:
    """The value without the members that AWS returns but does not accept."""
    if isinstance(value, list) and isinstance(shape, ListShape):
        return [acceptable(item, shape.member, names, where) for item in value]
    if not isinstance(value, dict) or not isinstance(shape, StructureShape):
        return value
    inner = {key: reach(shape, names.get(f"{where}.{key}", key)) for key in value}
    return {
        key: acceptable(item, found, names, f"{where}.{key}")
        for key, item in value.items()
        if (found := inner[key]) is not None
    }


def decode(value: Any, shape: Shape) -> Any:
    """The value of a response as properties, in Pulumi's spelling."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        given = ((name, value[name]) for name in shape.members if value.get(name) is not None)
        return {camel(name): decode(item, shape.members[name]) for name, item in given}
    if isinstance(shape, ListShape):
        if shape.member.name in _PAIRS:
            return {item[key]: item[text] for item in value for key, text in [_pair(shape.member)]}
        return [decode(item, shape.member) for item in value]
    if isinstance(shape, MapShape):
        return {key: decode(item, shape.value) for key, item in value.items()}
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, dict):
        return json.dumps(value)  # botocore parses IAM's policy documents
    return value


def renamed(tree: Any, names: Names, where: str = "") -> Any:
    """The result of `decode`, with members renamed by the names of the type."""
    if isinstance(tree, list):
        return [renamed(item, names, where) for item in tree]
    if not isinstance(tree, dict):
        return tree
    result: dict[str, Any] = {}
    moved: set[str] = set()
    for name, path in names.items():
        parent, _, leaf = name.rpartition(".")
        if parent == where and (value := _follow(tree, path)) is not None:
            result[leaf] = renamed(value, names, name)
            moved.add(path.partition(".")[0].removesuffix(_ONE))
    for key, value in tree.items():
        if key not in moved:
            result.setdefault(key, renamed(value, names, f"{where}.{key}" if where else key))
    return result


def _encode_structure(value: Any, shape: StructureShape, names: Names, where: str) -> dict[str, Any]:
    request: dict[str, Any] = {}
    for key, item in _expect(value, dict, "an object", where).items():
        path = f"{where}.{key}"
        if item is not None and not key.startswith("__"):
            place(request, shape, names.get(_without_indices(path), key), item, names, path)
    return request


def _encode_list(value: Any, shape: ListShape, names: Names, where: str) -> list[Any]:
    if isinstance(value, dict) and shape.member.name in _PAIRS:
        key, text = _pair(shape.member)
        return [{key: name, text: item if item is UNKNOWN else str(item)} for name, item in value.items()]
    items = _expect(value, list, "a list", where)
    return [encode(item, shape.member, names, f"{where}[{index}]") for index, item in enumerate(items)]


def _encode_scalar(value: Any, shape: Shape, where: str) -> Any:
    match shape.type_name:
        case "blob":
            return content(value) if is_asset(value) or is_archive(value) else str(value).encode()
        case "boolean":
            if str(value).lower() not in ("true", "false"):
                raise PropertyError(where, f"invalid value {value!r}; must be true or false")
            return str(value).lower() == "true"
        case "integer" | "long" | "float" | "double":
            try:
                return float(value) if shape.type_name in ("float", "double") else int(str(value))
            except (TypeError, ValueError):
                raise PropertyError(where, f"invalid value {value!r}; must be a number") from None
    if isinstance(value, (dict, list)):
        raise PropertyError(where, f"invalid value of type {type(value).__name__}; must be a text")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(shape, StringShape) and shape.enum and text not in shape.enum:
        raise PropertyError(where, f"invalid value {text!r}; must be one of {', '.join(shape.enum)}")
    return text


def _expect(value: Any, kind: type, noun: str, where: str) -> Any:
    if not isinstance(value, kind):
        raise PropertyError(where, f"invalid value {value!r}; must be {noun}")
    return value


def _without_indices(path: str) -> str:
    """The path without the indices of list items, as in `names`."""
    return re.sub(r"\[\d+\]", "", path)


def _known(shape: Shape, names: Names, where: str) -> list[str]:
    """The names of the properties at the same level."""
    parent = _without_indices(where).rpartition(".")[0]
    own = {name: path for name, path in names.items() if name.rpartition(".")[0] == parent}
    plain = {camel(member) for member in members(shape)} - {path.partition(".")[0] for path in own.values()}
    return sorted({*plain, *(name.rpartition(".")[2] for name in own)})


def _member(shape: Shape | None, step: str) -> str | None:
    name = step.removesuffix(_ONE).lower()
    return next((member for member in members(shape) if member.lower() == name), None)


def _inside(shape: Shape, step: str) -> Shape:
    """The shape after a step of a path; for a list of one item, the shape of the item."""
    return shape.member if step.endswith(_ONE) and isinstance(shape, ListShape) else shape


def _pair(shape: Shape) -> tuple[str, str]:
    """The members for the key and the value, such as `Key`, `TagKey` or `Name`."""
    key, value = _PAIRS[shape.name]
    names = {ending: name for name in members(shape) for ending in (key, value) if name.lower().endswith(ending)}
    return names[key], names[value]


def _follow(tree: Any, path: str) -> Any:
    for step in path.split("."):
        tree = tree.get(step.removesuffix(_ONE)) if isinstance(tree, dict) else None
        if step.endswith(_ONE):
            tree = tree[0] if isinstance(tree, list) and tree else None
    return tree
