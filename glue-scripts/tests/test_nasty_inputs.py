"""Inputs that nobody should write and somebody does, each with its outcome: nasty_inputs.json.

A case has files, or the texts of one column of a type; and what comes of them: an error that ends the run, or good
rows, bad ones with their reasons by what is kept of them, and warnings. Cases without columns have an id and a text.
"""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import place
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from dataprep import reasons, settings, sources
from dataprep.failures import SourceError
from dataprep.names import quoted
from dataprep.recipe import Column, Drift, Source

CASES = json.loads((Path(__file__).parent / "nasty_inputs.json").read_text(encoding="utf-8"))
ID_AND_TEXT = [{"name": "id", "type": "integer"}, {"name": "text", "type": "string"}]
_SHOWN = 100


def test_there_are_enough_of_them() -> None:
    names = [case["case"] for case in CASES]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_every_nasty_input_has_its_outcome(spark: SparkSession, tmp_path: Path, case: dict[str, Any]) -> None:
    spark.catalog.clearCache()  # of cases that ended in an error
    settings.use(spark)
    for name, content in _files(case).items():
        _write(spark, tmp_path / name, content)
    wanted = Drift(**case.get("drift", {}))
    if "error" in case:
        with pytest.raises(SourceError) as raised:
            sources.prepare(spark, _source(case), place(tmp_path), wanted, frozenset())
        assert case["error"] in str(raised.value)
        assert str(raised.value).startswith("source nasty: ")
        assert len(str(raised.value)) < 2_000
        return
    prepared = sources.prepare(spark, _source(case), place(tmp_path), wanted, frozenset())
    try:
        _compare(case, prepared)
    finally:
        prepared.rows.unpersist()


def _compare(case: dict[str, Any], prepared: sources.Prepared) -> None:
    texts = prepared.good.select(*map(_short, prepared.columns)).collect()
    assert sorted((list(row) for row in texts), key=str) == sorted(case["good"], key=str)
    aside = reasons.quarantined(prepared.numbered, "nasty", "r1") if prepared.counts.rows_quarantined else None
    bad = [row.asDict() for row in aside.collect()] if aside else []
    assert len({(row["file"], row["row"]) for row in bad if 0 < row["row"] <= prepared.counts.rows_in}) == len(bad)
    if "bad_rows" in case:
        assert len(bad) == case["bad_rows"]
    else:
        assert {row["raw"]: row["reasons"] for row in bad} == _bad(case)
    assert prepared.counts.rows_in == len(texts) + len(bad)
    told = case.get("warnings", [])
    assert len(prepared.warnings) == len(told)
    assert all(part in said and len(said) < 2_000 for part, said in zip(told, prepared.warnings, strict=True))


def _bad(case: dict[str, Any]) -> dict[str, list[str]]:
    if "texts" in case:
        rules = case.get("reasons", {})
        return {
            json.dumps({"c": text}, ensure_ascii=False).replace(": ", ":", 1): [f"nasty.c: {rule}"]
            for text, rule in rules.items()
        }
    return {
        raw: [f"nasty: {rule}" if rule == "malformed row" else f"nasty.{rule}" for rule in broken]
        for raw, broken in case.get("bad", {}).items()
    }


def _short(name: str) -> Any:
    text = F.col(quoted(name)).cast("string")
    return F.when(
        F.length(text) > _SHOWN, F.concat(F.left(text, F.lit(10)), F.lit("... of "), F.length(text))
    ).otherwise(text)


def _source(case: dict[str, Any]) -> Source:
    columns = case.get("columns", ID_AND_TEXT)
    if "texts" in case:
        columns = [{"name": "c", "type": case["type"], **case.get("rules", {})}]
    typed = (Column(column["name"], column.get("from", column["name"]), column["type"], column) for column in columns)
    return Source("nasty", case.get("format", {"type": "csv"}), tuple(typed))


def _files(case: dict[str, Any]) -> dict[str, Any]:
    if "files" in case:
        return dict(case["files"])
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([["c"], *([text] for text in case["texts"])])
    return {"a.csv": file.getvalue()}


def _write(spark: SparkSession, path: Path, content: Any) -> None:
    if isinstance(content, dict) and "sql" in content:
        spark.sql(content["sql"]).coalesce(1).write.parquet(place(path))
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else _bytes(content))


def _bytes(content: dict[str, Any]) -> bytes:
    if "generate" in content:
        return _GENERATED[content["generate"]]()
    if "repeat" in content:
        return f"{content['before']}{content['repeat'] * content['times']}{content['after']}".encode()
    encoded = content["text"].encode(content.get("encoding", "utf-8"))
    return gzip.compress(encoded) if content.get("gzip") else bytes(encoded)


def _wide() -> bytes:
    names = ["id", "text", *(f"column {place}" for place in range(9_998))]
    rows: Iterator[list[str]] = iter([names, ["1", "a", *("x" for _ in names[2:])]])
    return "".join(",".join(row) + "\n" for row in rows).encode()


def _cut_short() -> bytes:
    rows = "".join(f"{number},{number * 7919 % 10007}\n" for number in range(50_000))
    whole = gzip.compress(f"id,text\n{rows}".encode())
    return whole[: len(whole) // 2]


def _deep_json() -> bytes:
    depth = 5_000
    return f'{{"id": 1, "text": {"[" * depth}{"]" * depth}}}\n{{"id": 2, "text": "b"}}\n'.encode()


_GENERATED = {"ten thousand columns": _wide, "gzip cut short": _cut_short, "deep JSON": _deep_json}
