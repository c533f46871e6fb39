"""Recipe cases whose files are too large or too malformed for the repository, so that the test writes them."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import recipe_of
from pyspark.sql import SparkSession

from recipe_cases import case
from recipe_cases.comparison import differences
from recipe_cases.outcome import run

ID_AND_TEXT = ({"name": "id", "type": "integer"}, {"name": "text", "type": "string"})
LONG = "x" * 10_000_000


def _wide() -> bytes:
    names = ["id", "text", *(f"column {place}" for place in range(9_998))]
    return "".join(",".join(row) + "\n" for row in (names, ["1", "a", *("x" for _ in names[2:])])).encode()


def _cut_short() -> bytes:
    rows = "".join(f"{number},{number * 7919 % 10007}\n" for number in range(50_000))
    whole = gzip.compress(f"id,text\n{rows}".encode())
    return whole[: len(whole) // 2]


def _deep_json() -> bytes:
    depth = 5_000
    return f'{{"id": 1, "text": {"[" * depth}{"]" * depth}}}\n{{"id": 2, "text": "b"}}\n'.encode()


CASES: dict[str, tuple[Callable[[], bytes], str, dict[str, Any], dict[str, Any]]] = {
    "a field of 10 MB": (
        lambda: f"id,text\n1,{LONG}\n2,b\n".encode(),
        "rows.csv",
        {},
        {"rows": [["1", LONG], ["2", "b"]], "quarantined": []},
    ),
    "a JSON text of 10 MB": (
        lambda: f'{{"id": 1, "text": "{LONG}"}}\n'.encode(),
        "rows.json",
        {"format": {"type": "jsonLines"}},
        {"rows": [["1", LONG]], "quarantined": []},
    ),
    "ten thousand columns": (
        _wide,
        "rows.csv",
        {"drift": {"new": "warn"}},
        {"rows": [["1", "a"]], "quarantined": [], "warnings": ["and 9,978 more"]},
    ),
    "a gzip file cut short": (_cut_short, "rows.csv.gz", {}, {"error": "Unexpected end of input stream"}),
    "JSON that nests deeper than parsers go": (
        _deep_json,
        "rows.json",
        {"format": {"type": "jsonLines"}},
        {"rows": [["2", "b"]], "quarantined": [["rows: malformed row"]]},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_file_beyond_measure_has_its_outcome(spark: SparkSession, tmp_path: Path, name: str) -> None:
    content, file, more, expected = CASES[name]
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / file).write_bytes(content())
    document = {"recipe": recipe_of(*ID_AND_TEXT, **more), "sources": {"rows": file}, "expect": expected}
    (folder / "case.json").write_text(json.dumps(document))
    read = case.read(folder)
    assert differences(read.answers, run(spark, read, tmp_path / "root", "r1")) == []
