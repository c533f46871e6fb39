"""Generated files: the job reads the same rows as Python's csv and json."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import generated_files
import parquet_writer
import pytest
from conftest import place
from generated_files import Read
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from dataprep import readers, settings
from dataprep.names import FILE, MALFORMED
from dataprep.recipe import Column, Source

_FILES = 250
_FORMS: dict[str, tuple[dict[str, Any], Callable[[Random], str], Callable[[str], Read]]] = {
    "CSV": ({"type": "csv"}, lambda random: generated_files.csv_text(random, False), generated_files.read_lines),
    "CSV with open quotes": (
        {"type": "csv"},
        lambda random: generated_files.csv_text(random, True),
        generated_files.read_lines,
    ),
    "CSV over lines": (
        {"type": "csv", "multiLine": True},
        lambda random: generated_files.csv_text(random, True),
        generated_files.read_over_lines,
    ),
    "JSON": ({"type": "json"}, generated_files.json_text, generated_files.read_json),
    "JSON lines": ({"type": "jsonLines"}, generated_files.json_lines, generated_files.read_json_lines),
}


@pytest.mark.parametrize("name", _FORMS)
def test_what_is_read_of_a_file_is_what_python_reads(spark: SparkSession, tmp_path: Path, name: str) -> None:
    form, generate, read = _FORMS[name]
    random = Random(name)
    texts = [generate(random) for _ in range(_FILES)]
    if form["type"] == "csv":
        texts = list(filter(generated_files.is_decidable, texts))
    for number, text in enumerate(texts):
        (tmp_path / f"{number:04}.txt").write_bytes(text.encode())
    expected = {number: read(text) for number, text in enumerate(texts)}
    names = ("a", "b") if form["type"] == "csv" else ("id", "text")
    found = _found(spark, tmp_path, form, names)
    wrong = {
        number: (texts[number], each, found.get(number))
        for number, each in expected.items()
        if _compared(each) != _compared(found.get(number, Read()))
    }
    assert list(wrong.values())[:3] == []
    # examples without rows to compare would prove nothing
    assert sum(len(each.rows) for each in expected.values()) > _FILES / 2
    assert sum(len(each.malformed) for each in expected.values()) > _FILES / 10


def _compared(read: Read) -> tuple[Counter[Any], int]:
    return Counter(read.rows), len(read.malformed)


def _found(spark: SparkSession, folder: Path, form: dict[str, Any], names: tuple[str, ...]) -> dict[int, Read]:
    settings.apply(spark)
    columns = tuple(Column(name, name, "string", {}) for name in names)
    texts = readers.open_files(spark, Source("rows", form, columns), place(folder)).texts(columns)
    rows = _collected(texts.rows)
    if again := texts.again():
        texts, rows = again, _collected(again.rows)
        again.again()
    assert texts.counted() == len(rows)
    found: dict[int, Read] = {}
    for row in rows:
        read = found.setdefault(int(Path(row[FILE]).stem), Read())
        if row[MALFORMED] is None:
            read.rows.append(tuple(map(generated_files.canonical, (row[name] for name in names))))
        else:
            read.malformed.append(row[MALFORMED])
    return found


def _collected(rows: Any) -> list[Any]:
    return list((rows if FILE in rows.columns else rows.withColumn(FILE, F.input_file_name())).collect())


def test_parquet_numbers_are_what_was_written_whatever_their_types(spark: SparkSession, tmp_path: Path) -> None:
    settings.apply(spark)
    random = Random(1)
    kinds: dict[str, Callable[[], Any]] = {
        "int32": lambda: random.randint(-(2**31), 2**31 - 1),
        "int64": lambda: random.randint(-(2**63), 2**63 - 1),
        "double": lambda: random.choice([-1, 1]) * random.randint(0, 10**9) * 10.0 ** random.randint(-20, 6),
        "float": lambda: float(random.randint(-(2**24), 2**24)),
    }
    written: dict[int, Any] = {}
    for kind, make in kinds.items():
        values = [make() for _ in range(100)]
        rows = [[len(written) + at, value] for at, value in enumerate(values)]
        written |= dict(rows)
        parquet_writer.write(spark, tmp_path / f"{kind}.parquet", ["required int32 id", f"required {kind} v"], rows)
    columns = (Column("id", "id", "integer", {}), Column("v", "v", "string", {}))
    source = Source("rows", {"type": "parquet"}, columns)
    texts = readers.open_files(spark, source, place(tmp_path)).texts(columns)
    found = {int(row["id"]): row["v"] for row in texts.rows.collect()}
    assert texts.counted() == len(found) == len(written)
    exact = {number for number, value in written.items() if isinstance(value, int)}
    assert {found[number] for number in exact} == {str(written[number]) for number in exact}
    others = written.keys() - exact
    assert all(float(found[number]) == written[number] for number in others)
    assert all("E" not in found[number] for number in others if abs(written[number]) <= 2**53)
