"""JSONPath: a definite path has one value."""

import functools
from typing import Any

from jsonpath_ng.ext.parser import parse
from jsonpath_ng.jsonpath import Child, Fields, Index, Root
from moto.stepfunctions.parser.asl.utils.json_path import NoSuchJsonPathError
from moto.stepfunctions.parser.asl.utils.json_path import extract_json as _extract_list

from local.moto_patches.patching import patch_imports

_CACHED_PATHS = 1024


@patch_imports(
    "moto.stepfunctions.parser",
    "extract_json",
    "moto returns a list for a definite path with an index before its end; AWS returns the value.",
)
def extract(path: str, data: Any) -> Any:
    """The value at the path; raises NoSuchJsonPathError."""
    parsed = _parsed(path)
    if not _is_definite(parsed):
        return _extract_list(path, data)
    found = parsed.find(data)
    if not found:
        raise NoSuchJsonPathError(path, data)
    return found[0].value


@functools.lru_cache(_CACHED_PATHS)
def _parsed(path: str) -> Any:
    return parse(path)


def _is_definite(path: Any) -> bool:
    if isinstance(path, Child):
        return _is_definite(path.left) and _is_definite(path.right)
    if isinstance(path, Fields):
        return len(path.fields) == 1 and path.fields[0] != "*"
    if isinstance(path, Index):
        return len(path.indices) == 1
    return isinstance(path, Root)
