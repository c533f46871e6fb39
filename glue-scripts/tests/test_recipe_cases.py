"""Recipe cases: the format of a case file, and the comparison with an outcome."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import SCRIPTS, recipe_of
from pyspark.sql import SparkSession

from recipe_cases import case, writing
from recipe_cases.case import CaseError
from recipe_cases.comparison import differences
from recipe_cases.outcome import Outcome, run
from recipe_cases.runner import evaluate

ID = {"name": "id", "type": "integer", "required": True}
TEXT = {"name": "text", "type": "string"}
RECIPE = recipe_of(ID, TEXT)
FOUND = Outcome(
    columns=("id", "text"),
    rows=(("1", "a"), ("2", "b"), ("2", "b"), ("3", "")),
    quarantined=(("rows.id: required", "rows.text: required"),),
    verdict="passed",
    warnings=("source rows: columns without any value: a.b",),
)


def write(folder: Path, document: Any, **files: str) -> Path:
    for name, content in {"a.csv": "id,text\n1,a\nx,b\n", **files}.items():
        (folder / "rows").mkdir(parents=True, exist_ok=True)
        (folder / "rows" / name).write_text(content)
    (folder / "case.json").write_text(document if isinstance(document, str) else json.dumps(document))
    return folder


def passes(spark: SparkSession, folder: Path, run_id: str = "r1") -> bool:
    read = case.read(folder)
    return evaluate(read, run(spark, read, folder.parent / "root", run_id))


def case_of(**more: Any) -> dict[str, Any]:
    return {"recipe": RECIPE, "sources": {"rows": "rows/"}, **more}


@pytest.mark.parametrize(
    "expected",
    [
        {"rows": [["2", "b"], ["3", ""], ["2", "b"], ["1", "a"]]},
        {"rows": [{"id": "1"}, {"id": "3"}, {"id": "2"}, {"id": "2"}]},
        {"rows": [{"id": "1", "text": "a"}, {"id": "3"}, {"id": "2", "text": "b"}, {"id": "2", "text": "b"}]},
        {"quarantined": [["rows.text: required", "rows.id: required"]]},
        {"verdict": "passed"},
        {"warnings": ["without any value"]},
        {"warnings": ["source rows: columns without any value: a.b"]},
        {"warnings": True},
    ],
)
def test_what_was_found_is_as_expected(expected: dict[str, Any]) -> None:
    assert differences([expected], FOUND) == []


@pytest.mark.parametrize(
    ("expected", "wrong"),
    [
        ({"rows": [["1", "a"], ["2", "c"], ["2", "b"], ["3", ""]]}, ["row 2, column text: expected 'c', found 'b'"]),
        ({"rows": [["1", "a"], ["2", "b"], ["3", ""]]}, ["row not expected: id '2', text 'b'"]),
        ({"rows": [*map(list, FOUND.rows), ["9", "z"]]}, ["row 5: not found: id '9', text 'z'"]),
        ({"rows": [["1"]]}, ["row 1: expected 1 values, found 2 columns: id, text"]),
        ({"rows": [{"ID": "1"}]}, ["rows: no column ID in output.csv; its columns are id, text"]),
        (
            {"quarantined": [["rows.id: required"]]},
            [
                "quarantined: not found: rows.id: required",
                "quarantined: not expected: rows.id: required; rows.text: required",
            ],
        ),
        ({"verdict": "failed"}, ["verdict: expected failed, found passed"]),
        ({"warnings": []}, ["warnings: not expected: source rows: columns without any value: a.b"]),
        ({"warnings": ["value", "value"]}, ["warnings: not found: value"]),
        ({"refused": "x"}, ["refused: expected 'x', found 4 rows, 1 quarantined, verdict passed"]),
        ({"error": "x"}, ["error: expected 'x', found 4 rows, 1 quarantined, verdict passed"]),
    ],
)
def test_what_differs_is_named_by_row_and_column(expected: dict[str, Any], wrong: list[str]) -> None:
    assert differences([expected], FOUND) == wrong


def test_an_end_is_compared_with_an_end_of_its_kind() -> None:
    ended = Outcome(error="SourceError: source rows: no column 'text'; the source has: id")
    assert differences([{"error": "no column .*text"}], ended) == []
    assert differences([{"error": "new"}], ended) == [f"error: expected 'new', found '{ended.error}'"]
    assert differences([{"refused": "missing"}], ended) == [f"refused: expected 'missing', found error: {ended.error}"]
    assert differences([{"rows": []}], ended) == [f"error: {ended.error}"]


def test_any_of_several_answers_is_right_and_the_first_one_is_what_others_differ_from() -> None:
    assert differences([{"error": "x"}, {"verdict": "passed"}], FOUND) == []
    assert differences([{"verdict": "failed"}, {"error": "x"}], FOUND) == ["verdict: expected failed, found passed"]


def test_many_differences_are_not_all_listed() -> None:
    lines = differences([{"rows": [[f"x{place}", "y"] for place in range(90)]}], FOUND)
    assert len(lines) == 21
    assert lines[-1] == "and 74 more differences"


@pytest.mark.parametrize(
    ("document", "wrong"),
    [
        ("{", ["Expecting property name"]),
        ("[]", ["the file: invalid value []; must be an object"]),
        ('{"sources": {}, "sources": {}}', ["key given twice: sources"]),
        ({"sources": {}}, ["recipe: missing; must be a recipe's path, seen from the case, or a recipe"]),
        (case_of(recipe=3), ["recipe: invalid value 3; must be a recipe's path"]),
        (case_of(recipe="no.json"), ['recipe: invalid value "no.json"; must be the path of a file']),
        (case_of(expects={}), ["expects: unknown key; must be one of why, reported, recipe, sources, before, expect"]),
        (case_of(sources=["rows/"]), ['sources: invalid value ["rows/"]; must be an object']),
        (case_of(sources={"rows": "none/"}), ['sources.rows: invalid value "none/"; must be the path of a file']),
        (case_of(sources={}), ["sources.rows: missing; must be a file or folder for each source of the recipe"]),
        (
            case_of(sources={"rows": "rows/", "more": "rows/"}),
            ["sources.more: no source of the recipe; must be one of rows"],
        ),
        (case_of(before={"rows": "rows/"}), ["before: not allowed; the recipe must have dataset.incremental"]),
        (case_of(expect={}), ["expect: invalid value {}; must be an object with one of rows, quarantined"]),
        (case_of(expect=[]), ["expect: invalid value []; must be an object, or a list of at least one"]),
        (case_of(expect=[{"rows": []}, {"row": []}]), ["expect[1].row: unknown key; must be one of rows, quarantined"]),
        (case_of(expect={"rows": [["1"], {"id": "1"}]}), ["expect.rows: invalid value"]),
        (case_of(expect={"rows": [[["1"]]]}), ["expect.rows: invalid value"]),
        (case_of(expect={"quarantined": ["required"]}), ["expect.quarantined: invalid value"]),
        (case_of(expect={"verdict": "ok"}), ['expect.verdict: invalid value "ok"; must be passed or failed']),
        (case_of(expect={"warnings": "none"}), ["expect.warnings: invalid value"]),
        (case_of(expect={"error": "("}), ['expect.error: invalid value "("; must be a regular expression']),
        (case_of(expect={"error": "x", "rows": []}), ["expect.error: must be the only key of expect"]),
        (case_of(expect={"verdict": 1, "refused": 2}, why=1, before=0), ["expect.refused", "expect.verdict", "before"]),
    ],
)
def test_a_case_file_that_cannot_be_used_says_what_is_wrong(tmp_path: Path, document: Any, wrong: list[str]) -> None:
    with pytest.raises(CaseError) as raised:
        case.read(write(tmp_path, document))
    problems = raised.value.problems
    assert all(problem.startswith("case.json: ") for problem in problems)
    assert all(any(text in problem for problem in problems) for text in wrong), problems


def test_values_of_expected_rows_are_texts_as_they_are_written(tmp_path: Path) -> None:
    read = case.read(write(tmp_path, '{"recipe": {}, "expect": {"rows": [[1.50, 10, null, true, "x"]]}}'))
    assert read.answers == ({"rows": [["1.50", "10", "", "true", "x"]]},)


def test_a_case_runs_as_the_job_does(spark: SparkSession, tmp_path: Path, capsys: Any) -> None:
    folder = write(tmp_path / "case", case_of(expect={"rows": [["1", "z"]], "quarantined": []}))
    assert not passes(spark, folder)
    assert capsys.readouterr().out == (
        f"FAIL {folder}\n"
        "     row 1, column text: expected 'z', found 'a'\n"
        "     quarantined: not expected: rows.id: not of type integer\n"
    )


def test_a_case_without_expectation_gets_what_was_found(spark: SparkSession, tmp_path: Path, capsys: Any) -> None:
    folder = write(tmp_path / "case", case_of(why="to see"))
    assert passes(spark, folder)
    assert "wrote the result as `expect`" in capsys.readouterr().out
    assert json.loads((folder / "case.json").read_text()) == case_of(
        why="to see",
        expect={
            "rows": [["1", "a"]],
            "quarantined": [["rows.id: not of type integer"]],
            "verdict": "passed",
            "warnings": [],
        },
    )
    assert passes(spark, folder, "again")
    assert capsys.readouterr().out == f"ok {folder}\n"


def test_what_ended_a_run_is_written_as_an_expression_that_fits(tmp_path: Path) -> None:
    ended = Outcome(error="StepError: dataset.steps[0].join: 2 rows (of x) have $1\nand more")
    folder = write(tmp_path, case_of())
    writing.expect(folder, ended)
    (answer,) = case.read(folder).answers
    assert list(answer) == ["error"]
    assert differences([answer], ended) == []


def test_new_rows_are_merged_with_those_of_the_run_before(spark: SparkSession, tmp_path: Path) -> None:
    recipe = {**RECIPE, "dataset": {"from": "rows", "incremental": {"key": ["id"]}}}
    before = tmp_path / "case/before.csv"
    folder = write(
        tmp_path / "case", case_of(recipe=recipe, before={"rows": "before.csv"}), **{"a.csv": "id,text\n2,z\n"}
    )
    before.write_text("id,text\n1,a\n2,b\n")
    outcome = run(spark, case.read(folder), tmp_path, "r1")
    assert (outcome.rows, outcome.error) == ((("1", "a"), ("2", "z")), "")


def test_a_reported_case_is_read_as_it_is(tmp_path: Path) -> None:
    for name in ("raw/rows", "first/rows"):
        (tmp_path / name).mkdir(parents=True)
    accepted = [{"rows": [], "bad": [["x"]]}, {"bad": None, "verdict": "failed"}, {"csv_lines": ['""', "a"]}]
    (tmp_path / "expect.json").write_text(json.dumps({"expected": {"accept": accepted}}))
    incremental = {"from": "rows", "incremental": {"key": ["id"]}}
    (tmp_path / "recipe.json").write_text(json.dumps({**RECIPE, "dataset": incremental}))
    assert case.folders(tmp_path) == [tmp_path]
    read = case.read(tmp_path)
    assert read.answers == ({"rows": [], "quarantined": [["x"]]}, {"verdict": "failed"}, {"rows": [[""], ["a"]]})
    assert (dict(read.sources), dict(read.before)) == (
        {"rows": tmp_path / "raw/rows"},
        {"rows": tmp_path / "first/rows"},
    )


def test_the_command_prints_a_line_for_each_case_and_fails_if_one_does(tmp_path: Path) -> None:
    write(tmp_path / "a", case_of(expect={"rows": [["1", "a"]], "verdict": "passed"}))
    write(tmp_path / "b", case_of(expect={"verdict": "failed"}))
    write(tmp_path / "c", case_of(recipe={**RECIPE, "name": "No Name"}, expect={"refused": r"\$\.name"}))
    write(tmp_path / "d", {"sources": {}})
    recipe = tmp_path / "e" / "recipe.json"
    write(recipe.parent / "cases/one", case_of(recipe="../../recipe.json", expect={"verdict": "passed"}))
    recipe.write_text(json.dumps(RECIPE))
    everything = _command(str(tmp_path))
    assert everything.stdout.splitlines() == [
        f"ok {tmp_path}/a",
        f"FAIL {tmp_path}/b",
        "     verdict: expected failed, found passed",
        f"ok {tmp_path}/c",
        f"FAIL {tmp_path}/d",
        "     case.json: recipe: missing; must be a recipe's path, seen from the case, or a recipe",
        f"ok {recipe.parent}/cases/one",
    ]
    assert (everything.returncode, everything.stderr) == (1, "")
    beside = _command("--recipe", str(recipe))
    assert (beside.stdout, beside.returncode) == (f"ok {recipe.parent}/cases/one\n", 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no/such"], "invalid value 'no/such'; must be a folder"),
        (["--recipe", "no/such.json"], "invalid value 'no'; must be a folder, or a recipe after --recipe"),
        (["tools"], "no case in tools or below: none has a case.json"),
    ],
)
def test_nothing_to_run_is_an_error(arguments: list[str], said: str) -> None:
    ended = _command(*arguments)
    assert ended.returncode == 2
    assert said in ended.stderr


def _command(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "recipe_cases", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS)}
    return subprocess.run(command, cwd=SCRIPTS.parent, env=environment, capture_output=True, text=True)
