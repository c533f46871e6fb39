"""Writes the data of a drafted recipe's first case."""

import csv
import io
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recipe_draft import files

_WHOLE_BYTES = 16 << 10
_ROWS = 20
_SUFFIXES = {"csv": ".csv", "jsonLines": ".jsonl", "json": ".json"}


def write_data(source: Path, name: str, form: Mapping[str, Any], folder: Path) -> str:
    """Copies a small source, or the first rows of its first file, into the case's folder; returns the path there."""
    found = files.of(source)
    if sum(path.stat().st_size for path in found) <= _WHOLE_BYTES or form["type"] == "parquet":
        if source.is_file():
            target = name + "".join(source.suffixes[-2:])
            shutil.copy(source, folder / target)
            return target
        for path in found if form["type"] != "parquet" else found[:1]:
            (folder / name / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / name / path.relative_to(source))
        return f"{name}/"
    text = files.decoded(found[0], files.content(found[0]))
    target = name + _SUFFIXES[form["type"]]
    (folder / target).write_bytes(_first_rows(text.text, form).encode(text.codec))
    return target


def _first_rows(text: str, form: Mapping[str, Any]) -> str:
    if form["type"] == "json":
        whole = json.loads(text)
        return json.dumps(whole[:_ROWS] if isinstance(whole, list) else whole, ensure_ascii=False, indent=1)
    lines = io.StringIO(text, newline="").readlines()
    if form["type"] == "jsonLines" or not form.get("multiLine"):
        return "".join(lines[: _ROWS + 1])
    reader = csv.reader(lines, delimiter=form.get("delimiter", ","))
    for _ in zip(range(_ROWS + 1), reader, strict=False):
        pass
    return "".join(lines[: reader.line_num])
