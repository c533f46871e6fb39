"""JSONPath: a definite path gives one value; moto 5.2.5 gives a list if the path has an index before its end."""

import functools
import sys
from collections.abc import Callable
from typing import Any

from jsonpath_ng.ext.parser import parse
from jsonpath_ng.jsonpath import Child, Fields, Index, Root
from moto.stepfunctions.parser.asl.utils.json_path import NoSuchJsonPathError, extract_json

from local.moto_seams import replace

_KEPT = 1024
_extract_several: Callable[[str, Any], Any] = extract_json


def install() -> None:
    """To be called before the interpreter runs."""
    for name, module in list(sys.modules.items()):
        if name.startswith("moto.stepfunctions.parser.") and hasattr(module, "extract_json"):
            replace(module, "extract_json", extract)


def extract(path: str, data: Any) -> Any:
    """What is at the path; raises NoSuchJsonPathError."""
    parsed = _parsed(path)
    if not _is_definite(parsed):
        return _extract_several(path, data)
    found = parsed.find(data)
    if not found:
        raise NoSuchJsonPathError(path, data)
    return found[0].value


@functools.lru_cache(_KEPT)
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
