"""Whole runs: steps, counts, verdict and outputs."""

import base64
import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conftest import SCRIPTS, Run, place, recipe_of
from pyspark.sql import SparkSession

from dataprep import job
from dataprep.failures import LostRows, StepError
from dataprep.iceberg_versions import Published
from dataprep.quality import Counts, SourceCounts, report
from dataprep.recipe import RecipeError, parse
from dataprep.storage import Storage

SAMPLES = SCRIPTS.parent / "samples"
ID: dict[str, Any] = {"name": "id", "type": "integer", "required": True}
KEY: dict[str, Any] = {"name": "key", "type": "string"}
ROWS = {"rows/a.csv": "id,key\n1,a\n2,a\n3,b\n4,\nx,c\n"}
OTHER = {"other": {"format": {"type": "csv"}, "columns": [KEY, {"name": "value", "type": "integer"}]}}
OTHERS = {"other/o.csv": "key,value\na,10\nb,20\nz,30\n"}


def test_an_expression_of_a_step_sees_its_columns_only(run: Run) -> None:
    derive = {"derive": [{"name": "d", "type": "string", "expression": "java_method('a', 'b')"}]}
    message = r"dataset.steps\[0\].derive: function java_method is not allowed"
    with pytest.raises(StepError, match=message):
        run(recipe_of(ID, steps=[derive]), ROWS)


def test_words_within_a_text_are_no_code(run: Run) -> None:
    derive = {"derive": [{"name": "d", "type": "string", "expression": "'select; reflect--'"}]}
    assert run(recipe_of(ID, steps=[derive]), {"rows/a.csv": "id\n1\n"}).csv == ["id,d", "1,select; reflect--"]


def test_what_an_expression_cannot_compute_is_null(run: Run) -> None:
    derive = {"derive": [{"name": "d", "type": "integer", "expression": "cast('x' as int) + 1 / (id - id)"}]}
    assert run(recipe_of(ID, steps=[derive]), {"rows/a.csv": "id\n1\n"}).csv == ["id,d", "1,"]


def test_a_cell_is_never_a_formula(run: Run) -> None:
    rows = 'id,key\n1,"=HYPERLINK(1)"\n2,+1\n3,-1\n4,@x\n5,a=1\n'
    assert run(recipe_of(ID, KEY), {"rows/a.csv": rows}).csv[1:] == [
        "1,'=HYPERLINK(1)",
        "2,'+1",
        "3,'-1",
        "4,'@x",
        "5,a=1",
    ]


def test_no_rows_come_to_the_driver(run: Run) -> None:
    """conftest.py limits results to 1 MiB, compressed, so that the texts must not compress."""
    size = 3_000_000
    first, second, long = (base64.b64encode(Random(seed).randbytes(size)).decode() for seed in range(3))
    rows = f"0,{first[:size]}\n1,{second[:size]}\n2,{long}\n0,{second[:size]}\n"
    text = {"name": "text", "type": "string", "length": {"max": size}}
    one = {"uniqueness": {"columns": ["id"]}, "severity": "reject row"}
    outcome = run(recipe_of(ID, text, quality=[one]), {"rows/a.csv": f"id,text\n{rows}"})
    counts = {kind: outcome.report[f"rows_{kind}"] for kind in ("in", "out", "quarantined")}
    assert counts == {"in": 4, "out": 1, "quarantined": 3}
    assert all(len(sample) <= 60 for reason in outcome.report["reasons"] for sample in reason["samples"])


def test_words_of_sql_are_names_like_others(run: Run) -> None:
    names = ["select", "from", "order", "table"]
    steps = [
        {"filter": "`select` > 0"},
        {"dedupe": {"by": ["from"], "orderBy": ["order"]}},
        {"join": {"source": "group", "on": {"from": "by"}, "columns": {"where": "having"}}},
        {
            "aggregate": {
                "by": ["from", "where"],
                "measures": [{"name": "limit", "type": "long", "expression": "sum(`order`)"}],
            }
        },
        {"select": ["where", "limit"]},
    ]
    other = {"name": "by", "type": "integer"}, {"name": "having", "type": "integer", "unique": True}
    recipe = recipe_of(
        *({"name": name, "type": "integer"} for name in names),
        steps=steps,
        sources={"group": {"format": {"type": "csv"}, "columns": list(other)}},
        quality=[{"uniqueness": {"columns": ["where"]}, "severity": "reject row"}],
    )
    rows = "select,from,order,table\n1,1,5,1\n1,1,4,1\n0,2,3,1\n"
    assert run(recipe, {"rows/a.csv": rows, "group/b.csv": "by,having\n1,7\n"}).csv == ["where,limit", "7,4"]


@pytest.mark.parametrize(("allowed", "verdict"), [(0.2, "passed"), (0.1, "failed")])
def test_the_verdict_follows_from_the_rules(run: Run, allowed: float, verdict: str) -> None:
    outcome = run(
        recipe_of(ID, KEY, quality=[{"quarantined": {"maxFraction": allowed}}, {"rowCount": {"min": 4}}]), ROWS
    )
    assert outcome.report["verdict"] == verdict
    assert [rule["passed"] for rule in outcome.report["rules"]] == [verdict == "passed", True]


def test_a_source_without_rows_gives_a_data_set_without_rows(run: Run) -> None:
    outcome = run(recipe_of(ID, KEY, quality=[{"rowCount": {"min": 1}}]), {"rows/a.csv": "id,key\n"})
    assert (outcome.report["verdict"], outcome.report["rows_out"], outcome.csv) == ("failed", 0, ["id,key"])


def test_a_run_again_under_its_name_leaves_no_rows_of_the_first(run: Run) -> None:
    run(recipe_of(ID, KEY), ROWS)
    outcome = run(recipe_of(ID, KEY), {"rows/a.csv": "id,key\n1,a\ny,b\n"})
    assert outcome.csv == ["id,key", "1,a"]
    assert [row["raw"] for row in outcome.quarantine] == ['{"id":"y","key":"b"}']


def test_without_csv_there_is_none(run: Run) -> None:
    outcome = run(recipe_of(ID, KEY, output={"csv": False}), ROWS)
    assert outcome.report["output_csv"] is None
    assert not (outcome.root / "transformed-data/dataset/run_id=r1/job_run=j1/_output.csv").exists()


def test_lost_rows_are_never_published() -> None:
    counts = Counts(
        {"rows": SourceCounts(5, 1, 4)},
        "rows",
        deduplicated=1,
        filtered=1,
        aggregated=0,
        quarantined_by_rules=0,
        retained=0,
        rows_out=1,
    )
    with pytest.raises(LostRows, match="5 rows of rows were read and 0 retained, but 4 are accounted for"):
        counts.require_conserved()


def test_rows_that_checks_lose_or_double_are_never_published() -> None:
    counts = Counts({"rows": SourceCounts(5, 1, 4), "other": SourceCounts(3, 1, 3)}, "rows", 0, 0, 0, 0, 0, 4)
    with pytest.raises(LostRows, match="3 rows of other were read"):
        counts.require_conserved()


def test_the_report_accounts_for_the_rows_of_each_source(run: Run) -> None:
    outcome = run(recipe_of(ID, KEY, sources=OTHER), ROWS | {"other/o.csv": "key,value\na,10\nb,x\n"})
    assert outcome.report["sources"] == {
        "rows": {"rows_in": 5, "rows_quarantined": 1, "rows_used": 4},
        "other": {"rows_in": 2, "rows_quarantined": 1, "rows_used": 1},
    }


def test_the_report_stays_small_however_many_reasons_there_are() -> None:
    counts = Counts({"rows": SourceCounts(5, 5, 0)}, "rows", 0, 0, 0, 0, 0, 0)
    reasons = [
        {
            "source": "rows",
            "column": f"column_{n}",
            "rule": "not of type integer",
            "rows": n,
            "samples": ["x" * 60] * 10,
        }
        for n in range(10_000)
    ]
    made = report(counts, reasons, [], [])
    assert len(json.dumps(made)) < 100_000
    assert (len(made["reasons"]), made["reasons_not_listed"]) == (100, 9_900)


@pytest.mark.parametrize(
    "text", ["no json", "{}", "[]", '{"name": "x", "sources": {"a": 5}, "dataset": {"from": "a"}}']
)
def test_a_recipe_that_is_none_is_told_so(text: str) -> None:
    with pytest.raises(RecipeError, match="the recipe cannot be used"):
        parse(text)


def test_the_shipped_recipe_makes_of_the_samples_what_plain_python_makes(run: Run, tmp_path: Path) -> None:
    document = json.loads((SCRIPTS / "recipes/flights.json").read_text())
    files = {f"{name}/{name}.csv": (SAMPLES / f"{name}.csv").read_bytes() for name in document["sources"]}
    outcome = run(document, files)
    with (SAMPLES / "flights.csv").open() as file:
        flights = [row for row in csv.DictReader(file) if row["tailnum"] != "NA"]
    published = list(csv.DictReader(outcome.csv))
    assert len(published) == len(flights) == outcome.report["rows_out"] == 2695
    assert sum(row["delayed"] == "true" for row in published) == sum(
        row["arr_delay"] != "NA" and int(row["arr_delay"]) >= 15 for row in flights
    )
    assert sum(row["cancelled"] == "true" for row in published) == sum(row["dep_delay"] == "NA" for row in flights)
    assert {row["airline"] for row in published if row["carrier"] == "UA"} == {"United Air Lines Inc."}


def test_the_script_takes_the_arguments_that_glue_gives(tmp_path: Path, spark: SparkSession) -> None:
    """Tests the script without the run itself, as a second Spark session would take seconds."""
    seen: dict[str, Any] = {}
    shutil.copy(SCRIPTS / "recipes/flights.json", tmp_path / "recipe.json")
    arguments = ["--JOB_NAME", "j", "--JOB_RUN_ID", "j1", "--run_id", "r1", "--data_bucket", "b"]
    more = ["--raw_prefix", "raw/run_id=r1/", "--enable-metrics", "true"]
    given = [*arguments, *more, "--recipe", place(tmp_path / "recipe.json")]

    def run(session: SparkSession, recipe: Any, inputs: Any, root: str, *ids: str, **more: Any) -> dict[str, Any]:
        seen.update(name=recipe.name, weather=inputs.sources["weather"], places=(root, *ids), **more)
        return {"verdict": "passed", "rows_out": 1, "rows_in": 1}

    import transform

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(job, "run", run)
        patch.setattr(Storage, "exists", lambda storage, uri: False)
        patch.setattr(sys, "argv", ["transform.py", *given])
        transform.main()
    folder = "s3://b/raw/run_id=r1/weather/"
    unset = {"hash_key": "", "table": Published("", frozenset(), False)}
    assert seen == {"name": "flights", "weather": folder, "places": ("s3://b", "r1", "j1"), **unset}


def test_importing_the_script_does_nothing() -> None:
    code = f"import sys; sys.path.insert(0, {str(SCRIPTS)!r}); import transform; print('imported')"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "imported\n"


@pytest.mark.parametrize(
    ("kind", "cells", "rule", "verdict"),
    [
        ("decimal(10,2)", ["0.10", "0.20"], {"sum": {"column": "c", "max": 0.3}}, "passed"),
        ("decimal(10,2)", ["0.10", "0.20"], {"sum": {"column": "c", "min": 0.3}}, "passed"),
        ("long", ["9007199254740992", "1"], {"sum": {"column": "c", "max": 9007199254740992}}, "failed"),
        ("long", ["9223372036854775807", "1"], {"sum": {"column": "c", "min": 9223372036854775808}}, "passed"),
        ("long", ["9223372036854775807"] * 3, {"mean": {"column": "c", "max": 9223372036854775806}}, "failed"),
        ("decimal(10,2)", ["0.10", "0.10", "0.11"], {"mean": {"column": "c", "max": 0.1033333333333333}}, "failed"),
        ("integer", ["1", "1", "2"], {"mean": {"column": "c", "min": 1.3333333333333333}}, "passed"),
        ("double", ["0.3"], {"sum": {"column": "c", "min": 0.3, "max": 0.3}}, "passed"),
        ("double", ["1e308", "1e308"], {"sum": {"column": "c", "min": 1}}, "failed"),
        ("integer", ["1"] * 55 + [""] * 45, {"completeness": {"column": "c", "minFraction": 0.55}}, "passed"),
        ("integer", ["1"] * 57 + [""] * 43, {"completeness": {"column": "c", "minFraction": 0.57}}, "passed"),
        ("integer", ["1"] * 93 + ["x"] * 7, {"quarantined": {"maxFraction": 0.07}}, "passed"),
        ("integer", ["1"] * 92 + ["x"] * 8, {"quarantined": {"maxFraction": 0.07}}, "failed"),
        ("integer", [""], {"sum": {"column": "c", "max": 1}}, "failed"),
    ],
)
def test_a_verdict_follows_from_exact_numbers(
    run: Run, kind: str, cells: list[str], rule: dict[str, Any], verdict: str
) -> None:
    rows = "".join(f"{number},{cell}\n" for number, cell in enumerate(cells))
    recipe = recipe_of(ID, {"name": "c", "type": kind}, quality=[rule], output={"csv": False})
    assert run(recipe, {"rows/a.csv": "id,c\n" + rows}).report["verdict"] == verdict


def test_bounds_are_the_digits_that_the_recipe_has() -> None:
    bound = '{"sum": {"column": "c", "max": 12345678901234567890.12}}'
    text = json.dumps(recipe_of(ID)).replace('"name": "result"', f'"name": "result", "quality": [{bound}]')
    assert str(parse(text).rules[0].what["max"]) == "12345678901234567890.12"
    with pytest.raises(RecipeError, match="NaN"):
        parse(text.replace("12345678901234567890.12", "NaN"))
