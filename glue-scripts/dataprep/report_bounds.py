"""Bounds the size of the quality report: a payload of Step Functions has at most 256 KiB.

Texts and lists are shortened, and what is left out is counted. The catalog's table of rules is complete.
"""

import json
from typing import Any

from dataprep.failures import TooManyColumns

MAX_BYTES = 128 << 10
_COLUMNS_BYTES = 48 << 10
_TEXT_CHARACTERS = 300
_NO_COMMENTS = (
    f"the columns have no descriptions in the catalog: with them, the list of columns exceeds {_COLUMNS_BYTES} bytes"
)
# the lists that are shortened, the least useful first
_LISTS = ("reasons", "warnings", "rules")


def bounded(report: dict[str, Any]) -> dict[str, Any]:
    """The report with at most MAX_BYTES as JSON; raises TooManyColumns if the columns alone are too large.

    Descriptions of columns that are too large together are left out, with a warning.
    """
    if _bytes(report["columns"]) > _COLUMNS_BYTES and any("Comment" in column for column in report["columns"]):
        plain = [{key: column[key] for key in ("Name", "Type")} for column in report["columns"]]
        report = {**report, "columns": plain, "warnings": [*report["warnings"], _NO_COMMENTS]}
    columns = _bytes(report["columns"])
    if columns > _COLUMNS_BYTES:
        raise TooManyColumns(
            f"the data set's {len(report['columns'])} columns: invalid size {columns} bytes as names and types; "
            f"must be at most {_COLUMNS_BYTES}"
        )
    smaller = {key: _shortened(value) if key in _LISTS else value for key, value in report.items()}
    if _bytes(smaller) > MAX_BYTES:
        # the workflow's messages are about the rules that failed
        smaller["rules"] = sorted(smaller["rules"], key=lambda rule: bool(rule["passed"]))
    for key in _LISTS:
        while _bytes(smaller) > MAX_BYTES and smaller[key]:
            kept = len(smaller[key]) // 2
            smaller[f"{key}_not_listed"] = smaller.get(f"{key}_not_listed", 0) + len(smaller[key]) - kept
            smaller[key] = smaller[key][:kept]
    return smaller


def _shortened(value: Any) -> Any:
    """A copy in which no text is longer than _TEXT_CHARACTERS."""
    if isinstance(value, str) and len(value) > _TEXT_CHARACTERS:
        return f"{value[:_TEXT_CHARACTERS]}... ({len(value) - _TEXT_CHARACTERS} more characters)"
    if isinstance(value, list):
        return [_shortened(item) for item in value]
    if isinstance(value, dict):
        return {key: _shortened(item) for key, item in value.items()}
    return value


def _bytes(value: Any) -> int:
    return len(json.dumps(value, indent=2).encode())
