"""The fields of a JSON object of the event, checked for their names and types."""

from collections.abc import Mapping
from types import NoneType
from typing import Any

from errors import InvalidInput

Kind = type | tuple[type, ...]
Types = Mapping[str, Kind]
NULLABLE_TEXT = (str, NoneType)
NULLABLE_INTEGER = (int, NoneType)


def checked(value: Any, where: str, types: Types, optional: Types | None = None) -> dict[str, Any]:
    """The object with all the fields of `types`, perhaps some of `optional`, and no others; else InvalidInput."""
    possible = {**types, **(optional or {})}
    if not isinstance(value, dict) or not set(types) <= set(value) <= set(possible):
        got = sorted(value) if isinstance(value, dict) else value
        perhaps = f", and optionally {', '.join(optional)}" if optional else ""
        raise InvalidInput(f"{where}: invalid value {got!r}; must be an object of {', '.join(types)}{perhaps}")
    for key, found in value.items():
        _require_kind(found, f"{where}.{key}", possible[key])
    return value


def _require_kind(found: Any, where: str, kind: Kind) -> None:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    # to Python, true and false are integers
    is_other = isinstance(found, bool) and not {bool, object} & set(kinds)
    if is_other or not isinstance(found, kinds):
        names = " or ".join("null" if each is NoneType else each.__name__ for each in kinds)
        raise InvalidInput(f"{where}: invalid value {found!r}; must be a {names}")
