"""Writing what was found into a case that expects nothing yet."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recipe_cases.answers import END_KEYS
from recipe_cases.case import FILE
from recipe_cases.outcome import Outcome

# keys whose lists read best with an item a line
_TALL = ("rows", "quarantined")
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]|()]")


def expect(folder: Path, found: Outcome) -> None:
    """Adds `expect` to the folder's case.json."""
    file = folder / FILE
    document = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(text({**document, "expect": answer(found)}), encoding="utf-8")


def answer(found: Outcome) -> dict[str, Any]:
    """What a case would expect for just this outcome."""
    for end in END_KEYS:
        if said := getattr(found, end):
            return {end: _escaped(said.splitlines()[0])}
    return {
        "rows": [list(row) for row in found.rows],
        "quarantined": [list(reasons) for reasons in found.quarantined],
        "verdict": found.verdict,
        "warnings": [_escaped(warning) for warning in found.warnings],
    }


def _escaped(said: str) -> str:
    """As a regular expression; re.escape would put a backslash before each space."""
    return _SPECIAL.sub(r"\\\g<0>", said)


def text(document: Mapping[str, Any]) -> str:
    """A case.json, a key a line, with a row a line."""
    return _object(document, "") + "\n"


def _object(document: Mapping[str, Any], indent: str) -> str:
    lines = [f"{indent}  {_compact(key)}: {_value(key, value, indent + '  ')}" for key, value in document.items()]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def _value(key: str, value: Any, indent: str) -> str:
    if key == "expect" and isinstance(value, dict):
        return _object(value, indent)
    if key in _TALL and value:
        return "[\n" + ",\n".join(f"{indent}  {_compact(item)}" for item in value) + f"\n{indent}]"
    return _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
