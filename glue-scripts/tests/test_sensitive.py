"""The values of sensitive columns are in no output, log or message of a run."""

import hashlib
import hmac
import json
import re
import traceback
from pathlib import Path
from typing import Any

import pytest
from conftest import HASH_KEY, Outcome, Run, place, recipe_of, run_in
from pyspark.sql import SparkSession

from dataprep import sensitive
from dataprep.failures import SourceError, StepError

ID: dict[str, Any] = {"name": "id", "type": "integer", "required": True}


def _hmac(text: str) -> str:
    return hmac.new(HASH_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


@pytest.mark.parametrize("key", ["k", "k" * 64, "k" * 65, "schlüssel"])
def test_the_hash_is_an_hmac(spark: Any, key: str) -> None:
    from dataprep.recipe import Column, parse

    column = {"name": "name", "type": "string", "sensitive": "hash"}
    sensitive.provide_key(spark, parse(json.dumps(recipe_of(column))), key)
    rows = spark.createDataFrame([("Zoë",), ("",), (None,)], "name string")
    value = sensitive.replaced(Column("name", "name", "string", column), rows["name"])
    wanted = [hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest() for text in ("Zoë", "")]
    hashed = rows.select(value)
    assert [row[0] for row in hashed.collect()] == [*wanted, None]
    plans = hashed._jdf.queryExecution().toString().lower()
    assert hashlib.sha256(key.encode()).hexdigest() not in plans
    assert bytes(byte ^ 0x36 for byte in key.encode()).hex() not in plans, "Spark adds plans to messages of errors"


def test_the_values_are_replaced_before_the_steps(run: Run) -> None:
    columns = [
        {"name": "name", "type": "string", "sensitive": "mask"},
        {"name": "mail", "type": "string", "case": "lower", "sensitive": "hash"},
        {"name": "born", "type": "date", "range": {"min": "1900-01-01"}, "sensitive": "drop"},
    ]
    derive = {"derive": [{"name": "both", "type": "string", "expression": "concat(name, mail)"}]}
    rows = "id,name,mail,born\n1,Ann,A@x.org,1990-01-01\n2,,,\n3,Bob,b@x.org,1800-01-01\n"
    outcome = run(recipe_of(ID, *columns, steps=[derive]), {"rows/a.csv": rows})
    mail = _hmac("a@x.org")
    assert outcome.csv == ["id,name,mail,both", f"1,***,{mail},***{mail}", "2,,,"]
    assert [row["reasons"] for row in outcome.quarantine] == [["rows.born: less than 1900-01-01"]]
    assert json.loads(outcome.quarantine[0]["raw"]) == {"id": "3", "name": "***", "mail": "***", "born": "***"}
    assert outcome.report["reasons"] == [
        {"source": "rows", "column": "born", "rule": "less than 1900-01-01", "rows": 1, "samples": []}
    ]


def test_equal_values_of_two_sources_have_equal_hashes(run: Run) -> None:
    mail = {"name": "mail", "type": "string", "sensitive": "hash"}
    city = {"name": "city", "type": "string"}
    join = {"join": {"source": "other", "on": {"mail": "mail"}, "columns": {"city": "city"}}}
    recipe = recipe_of(
        ID, mail, steps=[join, {"select": ["id", "city"]}],
        sources={"other": {"format": {"type": "csv"}, "columns": [mail, city]}},
    )  # fmt: skip
    files = {"rows/a.csv": "id,mail\n1,a@x\n2,b@x\n", "other/o.csv": "mail,city\nb@x,Rome\n"}
    assert run(recipe, files).csv == ["id,city", "1,", "2,Rome"]


def test_a_recipe_with_a_hash_column_needs_a_key(spark: Any) -> None:
    from dataprep.recipe import parse

    parsed = parse(json.dumps(recipe_of({"name": "mail", "type": "string", "sensitive": "hash"})))
    with pytest.raises(sensitive.HashKeyMissing, match="hash_secret: missing"):
        sensitive.provide_key(spark, parsed, "")


def test_a_malformed_row_of_a_sensitive_source_has_no_text(run: Run) -> None:
    name = {"name": "name", "type": "string", "sensitive": "mask"}
    outcome = run(recipe_of(ID, name), {"rows/a.csv": 'id,name\n1,a,b\n2,"c\n3,d\n'})
    assert {row["raw"] for row in outcome.quarantine} == {
        "left out: the source has sensitive columns",
        "left out: the source has sensitive columns; the text has an odd number of quotes",
    }
    assert outcome.report["warnings"] == [
        "source rows: 1 malformed rows with an odd number of quotes: "
        "if texts contain line breaks, set multiLine in the format"
    ]


# Values that a run must not show. Each contains SECRET, so that one search finds them all.
SECRET = "PII0x5ec"
TEXT_RULES: dict[str, dict[str, Any]] = {
    "allowed": {"allowed": ["fine"]},
    "pattern": {"pattern": "[a-z]+"},
    "length": {"length": {"max": 3}},
    "unique": {"unique": True},
    "encoding": {},
    "replaced": {"replace": [{"pattern": "x", "with": "y"}], "case": "upper", "allowed": ["FINE"]},
}
TYPED: dict[str, dict[str, Any]] = {
    "cast": {"type": "integer"},
    "dated": {"type": "date", "format": "dd.MM.yyyy"},
    "timed": {"type": "timestamp"},
    "decimal": {"type": "decimal(4,2)"},
    "ranged": {"type": "integer", "range": {"max": 3}},
}
MODES = ["mask", "hash", "drop"]
# digits, so that numbers contain a recognizable value, too
NUMBER = "79135"


def _columns() -> list[dict[str, Any]]:
    modes = {"allowed": ["hash"], "encoding": MODES, "unique": ["mask", "hash"]}
    columns = [
        {"name": f"{rule}_{mode}", "type": "string", "sensitive": mode, **more}
        for rule, more in TEXT_RULES.items()
        for mode in modes.get(rule, ["mask"])
    ]
    return [ID, *columns, *({"name": name, "sensitive": "drop", **more} for name, more in TYPED.items())]


def _records() -> list[dict[str, Any]]:
    """Good rows, and for each column a row that breaks its rule, with a secret in every other column, too."""
    names = [column["name"] for column in _columns() if column["name"] != "id"]
    good = {name: "fine" if name.startswith(("allowed", "pattern", "replaced")) else None for name in names}
    free = {f"encoding_{mode}": f"{SECRET}-é" for mode in MODES}
    records: list[dict[str, Any]] = [{"id": 0, **good, **free, "cast": NUMBER}]
    for number, name in enumerate(names, 1):
        record = {"id": number, **good, **free, name: f"{SECRET}-{number}"}
        if name.startswith("unique"):
            record[name] = f"{SECRET}-twice"
            records.append({**record, "id": number + 1_000})
        if name == "ranged":
            record[name] = NUMBER
        records.append(record)
    records.append({"id": "no number", **good, **free})
    records.append({"id": 2_000, **good, **free, "allowed_hash": None})
    return records


def _csv(records: list[dict[str, Any]]) -> bytes:
    names = list(records[0])
    lines = [names, *([str(record[name] or "") if name != "id" else str(record[name]) for name in names]
                      for record in records)]  # fmt: skip
    text = "".join(",".join(line) + "\n" for line in lines)
    malformed = f'{SECRET},too few\n5,"{SECRET} without an end\n'
    invalid = ",".join("7" if name == "id" else SECRET + "\x00" for name in names)
    return (text + malformed).encode() + invalid.encode().replace(b"\x00", b"\xff") + b"\n"


def _json(records: list[dict[str, Any]]) -> bytes:
    malformed = [f'{{"id": 1, "encoding_mask": "{SECRET}"', f'"{SECRET}"', f'{{"id": 1, "id": "{SECRET}"}}']
    return "\n".join([*map(json.dumps, records), *malformed, ""]).encode()


def _parquet(spark: SparkSession, records: list[dict[str, Any]], folder: Path) -> bytes:
    texts = [tuple(None if value is None else str(value) for value in record.values()) for record in records]
    rows = spark.createDataFrame(texts, ", ".join(f"{name} string" for name in records[0]))
    rows.coalesce(1).write.parquet(place(folder))
    (file,) = folder.glob("*.parquet")
    return file.read_bytes()


@pytest.fixture(params=["csv", "jsonLines", "parquet"])
def seeded(request: Any, spark: SparkSession, tmp_path: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """A recipe whose source has secrets, and the files of the source."""
    made = {
        "csv": _csv,
        "jsonLines": _json,
        "parquet": lambda records: _parquet(spark, records, tmp_path / "made"),
    }[request.param](_records())
    steps: list[dict[str, Any]] = [
        {"dedupe": {"by": ["id"]}},
        {"derive": [{"name": "copied", "type": "string", "expression": "concat(encoding_mask, encoding_hash)"}]},
    ]
    quality: list[dict[str, Any]] = [
        {"completeness": {"column": "allowed_hash"}, "severity": "reject row"},
        {"uniqueness": {"columns": ["encoding_mask"]}, "severity": "warn"},
    ]
    drift = {"new": "warn"}
    recipe = recipe_of(*_columns(), format={"type": request.param}, steps=steps, quality=quality, drift=drift)
    return recipe, {f"rows/a.{request.param}": made}


def _written(spark: SparkSession, outcome: Outcome) -> dict[str, str]:
    """The content of each file that the run wrote; of Parquet files, which are compressed, the rows."""
    found = {}
    for file in outcome.root.rglob("*"):
        name = str(file.relative_to(outcome.root))
        if file.is_file() and not name.startswith(("raw/", "made/")):
            is_parquet = file.suffix == ".parquet"
            rows = "".join(spark.read.parquet(place(file)).toJSON().collect()) if is_parquet else ""
            found[name] = rows or file.read_bytes().decode("latin-1")
    return found


def test_no_output_log_or_message_has_a_value_of_a_sensitive_column(
    run: Run, spark: SparkSession, seeded: tuple[dict[str, Any], dict[str, bytes]], capfd: pytest.CaptureFixture[str]
) -> None:
    recipe, files = seeded
    outcome = run(recipe, files)
    written = _written(spark, outcome)
    dataset = "transformed-data/dataset/run_id=r1/job_run=j1/"
    kinds = (f"{dataset}part-", f"{dataset}_output.csv", "quarantine/", "quality/", "reports/")
    assert all(any(name.startswith(kind) for name in written) for kind in kinds), "the search covers each output"
    assert outcome.report["rows_out"] == 4
    assert [rule["passed"] for rule in outcome.report["rules"]] == [False, False]
    rules = {entry["rule"] for entry in outcome.report["reasons"]}
    texts = {"not an allowed value", "does not match the pattern", "longer than 3", "not unique", "more than 3"}
    assert rules >= texts | {"not of type integer", "not of type date", "not of type timestamp"}, rules
    if recipe["sources"]["rows"]["format"]["type"] != "parquet":
        assert "malformed row" in rules
    shown = {**written, "log": "".join(capfd.readouterr())}
    found = {name for name, text in shown.items() if SECRET.lower() in text.lower() or NUMBER in text}
    assert found == set()


def test_an_error_of_a_source_has_no_value_of_a_sensitive_column(spark: SparkSession, tmp_path: Path) -> None:
    recipe = recipe_of(ID, {"name": "name", "type": "string", "sensitive": "mask"})
    header = {"rows/a.csv": "id,name\n1,Ann\n", "rows/b.csv": f"2,{SECRET}\n"}
    for number, files in enumerate((header, {"rows/a.csv": f"2,{SECRET}\n"})):
        with pytest.raises(SourceError, match=r"left out|header is not shown") as caught:
            run_in(spark, tmp_path / str(number), recipe, files)
        shown = "".join(traceback.format_exception(caught.value))
        assert SECRET not in shown


def test_an_error_of_a_step_shows_the_hash_only(run: Run) -> None:
    mail = {"name": "mail", "type": "string", "sensitive": "hash"}
    join = {"join": {"source": "other", "on": {"mail": "mail"}}}
    recipe = recipe_of(ID, mail, steps=[join], sources={"other": {"format": {"type": "csv"}, "columns": [mail]}})
    files = {"rows/a.csv": f"id,mail\n1,{SECRET}\n", "other/o.csv": f"mail\n{SECRET}\n{SECRET}\n"}
    with pytest.raises(StepError, match=re.escape(_hmac(SECRET))) as caught:
        run(recipe, files)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
