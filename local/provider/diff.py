"""Differences between properties, by their meaning on AWS instead of their spelling."""

import json
from collections.abc import Iterator
from typing import Any, Literal

from local.provider.spec import Properties
from local.provider.values import UNKNOWN, is_archive, is_asset

Kind = Literal["add", "delete", "update"]


def same(one: Any, other: Any) -> bool:
    """Whether two values are equivalent: unset and empty, "1" and 1, a policy and the same policy indented."""
    if one is UNKNOWN or other is UNKNOWN:
        return False
    if is_asset(one) or is_archive(one):
        return isinstance(other, dict) and one.get("hash") == other.get("hash")
    if _empty(one) or _empty(other):
        return _empty(one) and _empty(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return all(same(one.get(key), other.get(key)) for key in _keys(one, other))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return _text(one) == _text(other) or _documents_equal(one, other)


def changed(old: Properties, new: Properties) -> frozenset[str]:
    return frozenset(name for name in _keys(old, new) if not same(old.get(name), new.get(name)))


def differences(old: Any, new: Any, path: str) -> Iterator[tuple[str, Kind]]:
    """The paths, in Pulumi's notation, at which two values of a property differ."""
    if same(old, new):
        return
    if old is None or new is None:
        yield path, "add" if old is None else "delete"
    elif _walkable(old) and _walkable(new):
        for key in _keys(old, new):
            yield from differences(old.get(key), new.get(key), f"{path}{_step(key)}")
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            one, other = (items[index] if index < len(items) else None for items in (old, new))
            yield from differences(one, other, f"{path}[{index}]")
    else:
        yield path, "update"


def written_as(inputs: Any, live: Any) -> Any:
    """AWS's value, in the program's spelling where both are equivalent."""
    if _walkable(inputs) and _walkable(live):
        return {key: written_as(inputs.get(key), value) for key, value in live.items()}
    if isinstance(inputs, list) and isinstance(live, list) and len(inputs) == len(live):
        return [written_as(*pair) for pair in zip(inputs, live, strict=True)]
    return inputs if not _empty(inputs) and same(inputs, live) else live


def drifted(inputs: Any, before: Any, live: Any) -> Any:
    """The inputs that a program would need for AWS's current values.

    Where AWS's value has not changed, the input stays unchanged, so that a default of AWS does not become an input
    unless somebody changed it.
    """
    if same(before, live):
        return inputs
    if _walkable(inputs) and _walkable(live):
        earlier = before if isinstance(before, dict) else {}
        found = {key: drifted(inputs.get(key), earlier.get(key), live.get(key)) for key in _keys(inputs, live)}
        return {key: value for key, value in found.items() if value is not None}
    lists = (inputs, before, live)
    if all(isinstance(items, list) for items in lists) and len({len(items) for items in lists}) == 1:
        return [drifted(*items) for items in zip(*lists, strict=True)]
    return inputs if inputs is not None and same(inputs, live) else live


def _keys(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """The keys of both, without the internal ones of the engine and the provider."""
    return sorted(key for key in {*one, *other} if not key.startswith("__"))


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}


def _walkable(value: Any) -> bool:
    return isinstance(value, dict) and not is_asset(value) and not is_archive(value)


def _step(key: str) -> str:
    return f".{key}" if key.isidentifier() else f"[{json.dumps(key)}]"


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _documents_equal(one: Any, other: Any) -> bool:
    if not (isinstance(one, str) and isinstance(other, str) and one.lstrip()[:1] in ("{", "[")):
        return False
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False
