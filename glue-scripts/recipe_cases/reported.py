"""Reads cases of a collection of bug reports: expect.json beside recipe.json, raw/<source>/ and first/<source>/.

`expected.accept` in expect.json lists the right outcomes, the preferred one first, in the keys of a case but for two:
`bad` is `quarantined`, and `csv_lines` are the lines of output.csv below its header. `first` is an earlier run's data.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = "expect.json"


class NoReportedCase(Exception):
    """An expect.json of another format."""


def document(folder: Path, expected: Mapping[str, Any]) -> dict[str, Any]:
    """The equivalent case.json; raises NoReportedCase."""
    try:
        answers = [_answer(answer) for answer in expected["expected"]["accept"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise NoReportedCase("expected.accept: missing; must be a list of right outcomes") from error
    before = _folders(folder, "first")
    return {
        "recipe": "recipe.json",
        "sources": _folders(folder, "raw"),
        **({"before": before} if before else {}),
        "expect": answers,
    }


def _folders(folder: Path, name: str) -> dict[str, str]:
    return {path.name: f"{name}/{path.name}" for path in sorted(folder.glob(f"{name}/*"))}


def _answer(accepted: Mapping[str, Any]) -> dict[str, Any]:
    """An answer of a case; `bad: null` accepts any reasons."""
    answer = {key: value for key, value in accepted.items() if key not in ("bad", "csv_lines")}
    if accepted.get("bad") is not None:
        answer["quarantined"] = accepted["bad"]
    if "csv_lines" in accepted:
        answer["rows"] = list(csv.reader(accepted["csv_lines"]))
    return answer
