"""Writes the result of a case as its `expect`."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recipe_cases.answers import END_KEYS
from recipe_cases.case import FILE
from recipe_cases.outcome import Outcome

_WIDTH = 120
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]|()]")


def expect(folder: Path, found: Outcome) -> None:
    """Adds `expect` to the folder's case.json."""
    file = folder / FILE
    document = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(text({**document, "expect": answer(found)}), encoding="utf-8")


def answer(found: Outcome) -> dict[str, Any]:
    """The `expect` that this outcome alone satisfies."""
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
    """Escapes a text for a regular expression; re.escape would escape spaces, too."""
    return _SPECIAL.sub(r"\\\g<0>", said)


def text(document: Mapping[str, Any]) -> str:
    """The text of a case.json: a value that fits into a line is on one line, and so is each row."""
    return _value(document, "", 0) + "\n"


def _value(value: Any, indent: str, used: int) -> str:
    """`used` is the number of characters in the line for a key and a comma."""
    compact = json.dumps(value, ensure_ascii=False)
    fits = len(indent) + used + len(compact) <= _WIDTH
    if not isinstance(value, list | Mapping) or _is_row(value) or (indent and fits):
        return compact
    deeper = indent + "  "
    if isinstance(value, Mapping):
        keys = [json.dumps(key, ensure_ascii=False) + ": " for key in value]
        items = [key + _value(item, deeper, len(key) + 1) for key, item in zip(keys, value.values(), strict=True)]
    else:
        items = [_value(item, deeper, 1) for item in value]
    inner = ",\n".join(deeper + item for item in items)
    return f"{{\n{inner}\n{indent}}}" if isinstance(value, Mapping) else f"[\n{inner}\n{indent}]"


def _is_row(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(item, list | Mapping) for item in value)
