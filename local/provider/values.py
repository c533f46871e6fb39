"""Converts property values between the protobuf structs of Pulumi's wire format and Python values.

Assets and archives stay tagged mappings, with their hashes, so that the state gets them unchanged;
`local.provider.assets` reads their content.
"""

from collections.abc import Mapping
from typing import Any, Final

from google.protobuf.struct_pb2 import ListValue, Struct, Value  # type: ignore[import-untyped]

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 (a tag of the protocol, no secret)
_OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_RESOURCE: Final = "5cf8f73096256a8f31e491e813e4eb8e"
_ASSET: Final = "c44067f5952c0a294b673a41bacd8c17"
_ARCHIVE: Final = "0def7320c3a5731c473e5ecbe6d01bc7"
_UNKNOWN_STRINGS: Final = frozenset(
    {
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",  # written by current SDKs and the engine
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # typed unknowns of older engines: bool, number, array, asset, ...
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)


class Unknown:
    """A value that is known after the update only."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


def to_python(struct: Struct) -> dict[str, Any]:
    """The properties of a request; secrets are unwrapped, because the engine marks those of the response itself."""
    return {key: _decode(value) for key, value in struct.fields.items()}


def to_struct(properties: Mapping[str, Any]) -> Struct:
    return Struct(fields={key: _encode(value) for key, value in properties.items() if value is not None})


def is_asset(value: Any) -> bool:
    return isinstance(value, dict) and value.get(SIGNATURE) == _ASSET


def is_archive(value: Any) -> bool:
    return isinstance(value, dict) and value.get(SIGNATURE) == _ARCHIVE


def _decode(value: Value) -> Any:
    match value.WhichOneof("kind"):
        case "struct_value":
            return _untagged(to_python(value.struct_value))
        case "list_value":
            return [_decode(item) for item in value.list_value.values]
        case "number_value":
            return int(value.number_value) if value.number_value.is_integer() else value.number_value
        case "string_value":
            return UNKNOWN if value.string_value in _UNKNOWN_STRINGS else value.string_value
        case "bool_value":
            return value.bool_value
        case _:
            return None


def _untagged(fields: dict[str, Any]) -> Any:
    match fields.get(SIGNATURE):
        case signature if signature == _SECRET:
            return fields.get("value")
        case signature if signature == _OUTPUT:
            return fields.get("value", UNKNOWN)
        case signature if signature == _RESOURCE:
            return fields.get("id", fields.get("urn"))
        case _:
            return fields


def _encode(value: Any) -> Value:
    match value:
        case None:
            return Value(null_value=0)
        case bool():
            return Value(bool_value=value)
        case int() | float():
            return Value(number_value=value)
        case str():
            return Value(string_value=value)
        case Unknown():
            return Value(string_value="04da6b54-80e4-46f7-96ec-b56ff0331ba9")
        case dict():
            return Value(struct_value=to_struct(value))
        case list() | tuple():
            return Value(list_value=ListValue(values=[_encode(item) for item in value]))
        case _:
            raise TypeError(f"invalid property value {value!r} of type {type(value).__name__}")
