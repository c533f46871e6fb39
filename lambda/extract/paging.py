"""How a source gives its records in pages: the settings of the event, checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from errors import InvalidInput
from fields import Types, checked

LINK_HEADER, NEXT_LINK, CURSOR, PAGE, OFFSET = "linkHeader", "nextLink", "cursor", "page", "offset"
# the settings that a type needs; no other type has them
_NEEDED = {
    LINK_HEADER: set[str](),
    NEXT_LINK: {"next"},
    CURSOR: {"next", "parameter"},
    PAGE: {"parameter"},
    OFFSET: {"parameter"},
}
_TYPES: Types = {"type": str, "maxPages": int, "maxMegabytes": int, "maxMinutes": int}
_OPTIONAL: Types = {
    "records": str,
    "next": str,
    "parameter": str,
    "first": int,
    "sizeParameter": str,
    "size": int,
    "total": str,
}

Path = tuple[str, ...]


@dataclass(frozen=True)
class Paging:
    """The paths are keys of nested objects; without keys for `records`, the body is the array. The contract describes
    the settings."""

    type: str
    records: Path
    next: Path | None
    total: Path | None
    parameter: str
    first: int
    size_parameter: str
    size: int | None
    max_pages: int
    max_megabytes: int
    max_minutes: int

    @property
    def has_links(self) -> bool:
        """Whether the server gives the address of the next page."""
        return self.type in {LINK_HEADER, NEXT_LINK}

    @property
    def is_counted(self) -> bool:
        """Whether the next request follows from the number of the pages or records that were read."""
        return self.type in {PAGE, OFFSET}

    @staticmethod
    def parse(settings: Any) -> "Paging | None":
        """From `source.paging`; raises InvalidInput."""
        if settings is None:
            return None
        fields = checked(settings, "source.paging", _TYPES, _OPTIONAL)
        _require_settings(fields)
        return Paging(
            type=fields["type"],
            records=_path(fields, "records") or (),
            next=_path(fields, "next"),
            total=_path(fields, "total"),
            parameter=fields.get("parameter", ""),
            first=fields.get("first", 1),
            size_parameter=fields.get("sizeParameter", ""),
            size=fields.get("size"),
            max_pages=fields["maxPages"],
            max_megabytes=fields["maxMegabytes"],
            max_minutes=fields["maxMinutes"],
        )._with_distinct_paths()

    def _with_distinct_paths(self) -> "Paging":
        paths = [path for path in (self.records, self.next, self.total) if path is not None]
        for path, other in permutations(paths, 2):
            if other[: len(path)] == path:
                shown, outer = ".".join(other), ".".join(path) or "the whole body"
                raise InvalidInput(f"source.paging: invalid value {shown!r}; must not be within {outer}")
        return self


def _require_settings(fields: Mapping[str, Any]) -> None:
    type_ = fields["type"]
    if type_ not in _NEEDED:
        raise InvalidInput(f"source.paging.type: invalid value {type_!r}; must be one of {', '.join(_NEEDED)}")
    possible = _NEEDED[type_] | ({"first"} if type_ == PAGE else set())
    for name in ("next", "parameter", "first"):
        if name in fields and name not in possible:
            raise InvalidInput(f"source.paging.{name}: invalid value {fields[name]!r}; must be unset for {type_}")
        if name not in fields and name in _NEEDED[type_]:
            raise InvalidInput(f"source.paging.{name}: must be set for {type_}")
    if "sizeParameter" in fields and "size" not in fields:
        raise InvalidInput("source.paging.size: must be set with sizeParameter")
    for name, value in fields.items():
        least = 0 if name == "first" else 1
        if isinstance(value, int) and value < least:
            raise InvalidInput(f"source.paging.{name}: invalid value {value}; must be at least {least}")
        if value == "":
            raise InvalidInput(f"source.paging.{name}: invalid value ''; must not be empty")


def _path(fields: Mapping[str, Any], name: str) -> Path | None:
    if name not in fields:
        return None
    keys = tuple(fields[name].split("."))
    if "" in keys:
        raise InvalidInput(f"source.paging.{name}: invalid value {fields[name]!r}; must be keys joined by dots")
    return keys
