"""Columns that appear and disappear over runs: no value is lost, and no columns are mixed up."""

from pathlib import Path
from typing import Any

import pytest
from conftest import Outcome, Run, recipe_of, run_in
from pyspark.sql import SparkSession

from dataprep.failures import SourceError

ID: dict[str, Any] = {"name": "id", "type": "integer", "required": True}
TEXT: dict[str, Any] = {"name": "text", "type": "string"}
EVOLVE = {"new": "evolve"}


def runs(spark: SparkSession, folder: Path, *files: str) -> Outcome:
    """The outcome of the last of several runs; each run merges a file with the data set of the run before."""
    document = recipe_of(ID, TEXT, drift=EVOLVE)
    document["dataset"]["incremental"] = {"key": ["id"]}
    published = ""
    for place, content in enumerate(files):
        outcome = run_in(spark, folder / str(place), document, {"rows/a.csv": content}, published)
        published = outcome.report["dataset"]
    return outcome


def test_a_column_that_a_run_brought_stays_when_later_files_lack_it(spark: SparkSession, tmp_path: Path) -> None:
    outcome = runs(spark, tmp_path, "id,text,x,y\n1,a,p,q\n2,b,r,s\n", "id,text,y\n2,c,t\n", "id,text\n3,d\n")
    assert outcome.csv == ["id,text,y,x", "1,a,q,p", "2,c,t,", "3,d,,"]


def test_a_new_column_gets_another_name_than_those_of_steps_and_columns(run: Run) -> None:
    codes = {"format": {"type": "csv"}, "columns": [TEXT, {"name": "code", "type": "string"}]}
    steps = [
        {"join": {"source": "codes", "on": {"text": "text"}, "columns": {"code": "code"}}},
        {"derive": [{"name": "half", "type": "double", "expression": "id / 2"}]},
    ]
    files = {"rows/a.csv": "id,text,code,half,Id\n1,a,x,y,z\n", "codes/a.csv": "text,code\na,49\n"}
    with pytest.raises(SourceError, match="more than one column is named id"):
        run(recipe_of(ID, TEXT, sources={"codes": codes}, steps=steps, drift=EVOLVE), files)
    files["rows/a.csv"] = "id,text,code,half,TEXT 2\n1,a,x,y,z\n"
    outcome = run(recipe_of(ID, TEXT, sources={"codes": codes}, steps=steps, drift=EVOLVE), files)
    assert outcome.csv == ["id,text,code,half,code_2,half_2,text_2", "1,a,49,0.5,x,y,z"]


def test_new_columns_whose_names_would_be_one_are_refused_by_both(run: Run) -> None:
    with pytest.raises(SourceError, match="new columns 'A b' and 'a-b': both would be named a_b"):
        run(recipe_of(ID, TEXT, drift=EVOLVE), {"rows/a.csv": "id,text,A b,a-b\n1,a,x,y\n"})


def test_a_new_column_that_no_step_keeps_is_reported(run: Run) -> None:
    outcome = run(recipe_of(ID, TEXT, steps=[{"select": ["id"]}], drift=EVOLVE), {"rows/a.csv": "id,text,x\n1,a,b\n"})
    assert outcome.csv == ["id", "1"]
    assert outcome.report["warnings"] == ["source rows: new columns that no step keeps: x"]


@pytest.mark.parametrize("form", ["json", "jsonLines"])
def test_new_names_of_json_objects_become_columns(run: Run, form: str) -> None:
    lines = '{"id": 1, "text": "a"}\n{"id": 2, "text": "b", "x.y": 1.50, "z": {"a": [1]}}\nno json\n'
    text = lines if form == "jsonLines" else lines.replace("no json\n", "")
    outcome = run(recipe_of(ID, TEXT, format={"type": form}, drift=EVOLVE), {"rows/a.json": text})
    assert outcome.csv == ["id,text,x_y,z", "1,a,,", '2,b,1.50,"{""a"":[1]}"']


@pytest.mark.parametrize("form", ["json", "jsonLines"])
def test_new_names_of_json_objects_can_be_reported_or_refused(run: Run, form: str) -> None:
    files = {"rows/a.json": '{"id": 1, "text": "a", "x": 1}\n'}
    outcome = run(recipe_of(ID, TEXT, format={"type": form}, drift={"new": "warn"}), files)
    assert outcome.report["warnings"] == ["source rows: new columns: x"]
    with pytest.raises(SourceError, match="source rows: new columns: x"):
        run(recipe_of(ID, TEXT, format={"type": form}, drift={"new": "fail"}), files)


def test_names_of_json_objects_that_differ_in_case_only_are_told_by_both(run: Run) -> None:
    document = recipe_of(ID, TEXT, format={"type": "jsonLines"}, drift=EVOLVE)
    with pytest.raises(SourceError, match="source rows: names differ in their case only: text, Text"):
        run(document, {"rows/a.json": '{"id": 1, "text": "a", "Text": "b", "": "c"}\n'})
    document["sources"]["rows"]["ignored"] = ["Text"]
    outcome = run(document, {"rows/a.json": '{"id": 1, "text": "a", "Text": "b", "": "c"}\n'})
    assert outcome.csv == ["id,text,column_", "1,a,c"]
