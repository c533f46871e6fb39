"""Formats and malformed rows, in whole runs."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, recipe_of
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from dataprep import drift, sources
from dataprep.failures import LostRows, SourceError
from dataprep.recipe import Source

ID: dict[str, Any] = {"name": "id", "type": "integer", "required": True}
TEXT: dict[str, Any] = {"name": "text", "type": "string"}


def test_csv_is_read_by_its_header(run: Run) -> None:
    outcome = run(recipe_of(ID, {**TEXT, "from": "Long name"}), {"rows/a.csv": 'x,Long name,id\n0,"a ""b"", c",1\n'})
    assert outcome.csv == ["id,text", '1,"a ""b"", c"']


def test_csv_can_have_other_delimiters_quotes_nulls_and_line_breaks(run: Run) -> None:
    form = {"type": "csv", "delimiter": ";", "quote": "'", "nullValues": ["-"], "multiLine": True}
    outcome = run(recipe_of(ID, TEXT, format=form), {"rows/a.csv": "id;text\n1;'a;b'\n2;-\n3;'two\nlines'\n"})
    assert "\n".join(outcome.csv) == 'id,text\n1,a;b\n2,\n3,"two\nlines"'


def test_rows_with_too_few_or_too_many_columns_are_quarantined_with_their_text(run: Run) -> None:
    outcome = run(recipe_of(ID, TEXT), {"rows/a.csv": "id,text\n1,a\n2\n3,b,c\n"})
    assert outcome.csv == ["id,text", "1,a"]
    assert [(row["raw"], row["reasons"]) for row in outcome.quarantine] == [
        ("2", ["rows: malformed row"]),
        ("3,b,c", ["rows: malformed row"]),
    ]
    assert outcome.quarantine[0]["file"].endswith("rows/a.csv")


def test_files_whose_columns_stand_in_another_order_are_not_mixed_up(run: Run) -> None:
    with pytest.raises(Exception, match=r"header does not conform: .*b\.csv: invalid value 'text,id'"):
        run(recipe_of(ID, TEXT), {"rows/a.csv": "id,text\n1,a\n", "rows/b.csv": "text,id\nb,2\n"})


def test_a_missing_column_is_named_with_those_that_there_are(run: Run) -> None:
    with pytest.raises(SourceError, match="source rows: no column 'text'; the source has: other, id"):
        run(recipe_of(ID, TEXT), {"rows/a.csv": "id,other\n1,a\n"})


def test_the_name_nearest_to_a_missing_column_is_first(run: Run) -> None:
    column = {"name": "sex", "from": "Sexx", "type": "string"}
    with pytest.raises(SourceError, match="source rows: no column 'Sexx'; the source has: Sex, Age, Name"):
        run(recipe_of(column), {"rows/a.csv": "Name,Age,Sex\na,1,f\n"})


def test_a_missing_source_is_named(run: Run) -> None:
    with pytest.raises(SourceError, match=r"source rows: .*does not exist"):
        run(recipe_of(ID), {"other/a.csv": "id\n1\n"})


@pytest.mark.parametrize("other", ["id,text\n1,b\n2,c\n", "id,text\n", "text,id\nb,1\n"])
def test_a_source_that_is_replaced_while_it_is_read_ends_the_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    take = drift.take

    def replaced_meanwhile(*arguments: Any) -> drift.Taken:
        (tmp_path / "raw/run_id=r1/rows/a.csv").write_text(other)
        return take(*arguments)

    monkeypatch.setattr(drift, "take", replaced_meanwhile)
    with pytest.raises(SourceError, match=r"source rows: (a file was replaced|.*header does not conform)"):
        run(recipe_of(ID, TEXT), {"rows/a.csv": "id,text\n1,a\n"})


def test_several_files_some_of_them_compressed_are_one_source(run: Run) -> None:
    files = {"rows/a.csv": "id,text\n1,a\n", "rows/deep/b.csv.gz": gzip.compress(b"id,text\n2,b\n")}
    outcome = run(recipe_of(ID, TEXT), files | {"rows/c.csv.gz": gzip.compress(b"id,text\n3,c\n")})
    assert outcome.csv == ["id,text", "1,a", "2,b", "3,c"]


def test_json_lines_may_nest_and_a_line_that_is_no_json_is_quarantined(run: Run) -> None:
    lines = '{"id": 1, "a": {"b": {"c": "x"}}}\n{"id": "2", "a": null}\nno json\n{"id": 3.5}\n'
    outcome = run(recipe_of(ID, {**TEXT, "from": "a.b.c"}, format={"type": "jsonLines"}), {"rows/a.json": lines})
    assert outcome.csv == ["id,text", "1,x", "2,"]
    assert sorted(row["raw"] for row in outcome.quarantine) == ["no json", '{"id":"3.5","text":null}']


def test_a_json_array_gives_a_row_for_each_of_its_objects(run: Run) -> None:
    text = '[{"id": 1,\n "text": "a"}, {"id": 2, "text": "b"}]'
    assert run(recipe_of(ID, TEXT, format={"type": "json"}), {"rows/a.json": text}).csv == ["id,text", "1,a", "2,b"]


def test_parquet_is_read_with_its_types(run: Run, spark: SparkSession, tmp_path: Path) -> None:
    written = tmp_path / "raw/run_id=r1/rows"
    spark.sql("select 1 as id, timestamp'2024-01-01 10:00:00' as at").write.parquet(str(written))
    outcome = run(recipe_of(ID, {"name": "at", "type": "timestamp"}, format={"type": "parquet"}), {})
    assert outcome.csv == ["id,at", "1,2024-01-01T10:00:00Z"]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ({"type": "csv"}, "id,text\n1,a\n2,b\n"),
        ({"type": "csv"}, 'id,text\n1,a\n2,"b\n'),
        ({"type": "csv", "multiLine": True}, 'id,text\n1,a\n2,"b\nc"\n'),
        ({"type": "jsonLines"}, '{"id": 1}\n[{"id": 2}]\n'),
        ({"type": "json"}, '{"id": 1} [{"id": 2}]'),
    ],
)
def test_records_of_the_files_that_come_out_of_no_parser_end_the_run(
    run: Run, monkeypatch: pytest.MonkeyPatch, form: dict[str, Any], text: str
) -> None:
    typed = sources.typed

    def losing(source: Source, texts: DataFrame) -> DataFrame:
        return typed(source, texts.filter(F.col("id") == "1"))

    monkeypatch.setattr(sources, "typed", losing)
    with pytest.raises(LostRows, match="2 rows of rows were read"):
        run(recipe_of(ID, TEXT, format=form), {"rows/a.txt": text})
