"""The steps from the main source's rows to the data set, and the number of rows that each step removes."""

from typing import Any

import pytest
from conftest import Run, recipe_of

from dataprep import steps
from dataprep.failures import LostRows, StepError

ID: dict[str, Any] = {"name": "id", "type": "integer", "required": True}
KEY: dict[str, Any] = {"name": "key", "type": "string"}
ROWS = {"rows/a.csv": "id,key\n1,a\n2,a\n3,b\n4,\nx,c\n"}
OTHER = {"other": {"format": {"type": "csv"}, "columns": [KEY, {"name": "value", "type": "integer"}]}}
OTHERS = {"other/o.csv": "key,value\na,10\nb,20\nz,30\n"}


def test_a_left_join_keeps_every_row(run: Run) -> None:
    join = {"join": {"source": "other", "on": {"key": "key"}, "columns": {"number": "value"}}}
    outcome = run(recipe_of(ID, KEY, steps=[join], sources=OTHER), ROWS | OTHERS)
    assert outcome.csv == ["id,key,number", "1,a,10", "2,a,10", "3,b,20", "4,,"]
    assert outcome.report["rows_filtered"] == 0


@pytest.mark.parametrize(("kind", "ids"), [("inner", ["1", "2", "3"]), ("anti", ["4"])])
def test_rows_that_a_join_drops_are_counted_as_filtered(run: Run, kind: str, ids: list[str]) -> None:
    join = {"join": {"source": "other", "type": kind, "on": {"key": "key"}}}
    outcome = run(recipe_of(ID, KEY, steps=[join, {"select": ["id"]}], sources=OTHER), ROWS | OTHERS)
    assert outcome.csv == ["id", *ids]
    assert outcome.report["rows_filtered"] == 4 - len(ids)


def test_a_join_never_multiplies_rows(run: Run) -> None:
    join = {"join": {"source": "other", "on": {"key": "key"}}}
    with pytest.raises(StepError, match=r"join to other: 2 rows have key = 'a'"):
        run(recipe_of(ID, KEY, steps=[join], sources=OTHER), ROWS | {"other/o.csv": "key,value\na,1\na,2\n"})


@pytest.mark.parametrize(("keep", "ids"), [("first", ["1", "3", "4"]), ("last", ["2", "3", "4"])])
def test_of_rows_that_agree_one_is_kept(run: Run, keep: str, ids: list[str]) -> None:
    steps = [{"dedupe": {"by": ["key"], "orderBy": ["id"], "keep": keep}}, {"select": ["id"]}]
    outcome = run(recipe_of(ID, KEY, steps=steps), ROWS)
    assert outcome.csv == ["id", *ids]
    assert outcome.report["rows_deduplicated"] == 1


def test_steps_follow_one_another(run: Run) -> None:
    steps = [
        {"derive": [{"name": "twice", "type": "long", "expression": "id * 2"}]},
        {"filter": "twice > 2"},
        {"derive": [{"name": "odd", "type": "boolean", "expression": "twice % 4 = 2"}]},
        {"aggregate": {"by": ["odd"], "measures": [{"name": "n", "type": "integer", "expression": "count(*)"}]}},
    ]
    outcome = run(recipe_of(ID, KEY, steps=steps), ROWS)
    assert outcome.csv == ["odd,n", "false,2", "true,1"]
    facts = {name: outcome.report[name] for name in ("rows_in", "rows_quarantined", "rows_filtered", "rows_aggregated")}
    assert facts == {"rows_in": 5, "rows_quarantined": 1, "rows_filtered": 1, "rows_aggregated": 1}
    assert outcome.report["rows_out"] == 2


def test_other_rows_without_a_key_match_none_and_disturb_none(run: Run) -> None:
    join = {"join": {"source": "other", "on": {"key": "key"}, "columns": {"number": "value"}}}
    outcome = run(recipe_of(ID, KEY, steps=[join], sources=OTHER), ROWS | {"other/o.csv": "key,value\n,1\n,2\na,3\n"})
    assert outcome.csv == ["id,key,number", "1,a,3", "2,a,3", "3,b,", "4,,"]


def test_where_the_order_does_not_decide_the_other_columns_do(run: Run) -> None:
    columns = [ID, KEY, {"name": "at", "type": "date"}]
    rows = {"rows/a.csv": "id,key,at\n3,a,2024-01-01\n1,a,2024-01-01\n2,a,2023-01-01\n"}
    last = {"dedupe": {"by": ["key"], "orderBy": ["at"], "keep": "last"}}
    assert run(recipe_of(*columns, steps=[last]), rows).csv[1:] == ["3,a,2024-01-01"]


def test_a_pivot_gives_a_column_for_each_of_its_values(run: Run) -> None:
    pivot = {
        "pivot": {
            "by": ["key"],
            "column": "id",
            "columns": {"one": 1, "three": 3},
            "measure": {"type": "long", "expression": "sum(id * 10)"},
        }
    }
    outcome = run(recipe_of(ID, KEY, steps=[pivot]), ROWS)
    assert outcome.csv == ["key,one,three", ",,", "a,10,", "b,,30"]
    assert outcome.report["rows_aggregated"] == 1


@pytest.mark.parametrize("kind", ["inner", "anti", "left"])
@pytest.mark.parametrize(("rows", "others"), [(0, 1), (1, 0), (0, 0)])
def test_steps_without_rows_are_counted_too(run: Run, kind: str, rows: int, others: int) -> None:
    """Spark's optimizer removes parts of a plan that give no rows."""
    join = {"join": {"source": "other", "type": kind, "on": {"key": "key"}}}
    steps = [{"filter": "1 = 1" if others else "1 = 0"}, {"dedupe": {"by": ["id"]}}, join]
    files = {"rows/a.csv": "id,key\n" + "1,a\n" * rows, "other/o.csv": "key,value\n" + "b,1\n" * others}
    report = run(recipe_of(ID, KEY, steps=steps, sources=OTHER, output={"csv": False}), files).report
    assert (report["rows_in"], report["rows_out"], report["rows_filtered"]) == (rows, 0, rows)


def test_a_sum_of_what_has_no_exact_value_ends_the_run(run: Run) -> None:
    measure = {"name": "total", "type": "long", "expression": "sum(id * 9000000000 * 9000000000)"}
    with pytest.raises(StepError, match=r"^dataset.steps: .*overflow: .* has no exact value"):
        run(recipe_of(ID, KEY, steps=[{"aggregate": {"by": ["key"], "measures": [measure]}}]), ROWS)


def test_a_left_join_that_made_rows_is_found_though_an_aggregate_hides_them(run: Run, monkeypatch: Any) -> None:
    join = {"join": {"source": "other", "on": {"key": "key"}, "columns": {"number": "value"}}}
    count = {"aggregate": {"by": ["key"], "measures": [{"name": "n", "type": "long", "expression": "count(*)"}]}}
    monkeypatch.setattr(steps, "_require_unique", lambda *_: None)
    with pytest.raises(LostRows, match="a left join"):
        run(recipe_of(ID, KEY, steps=[join, count], sources=OTHER), ROWS | {"other/o.csv": "key,value\na,1\na,2\n"})


@pytest.mark.parametrize(
    ("ours", "theirs"), [("long", "double"), ("decimal(4,2)", "double"), ("decimal(38,0)", "decimal(38,18)")]
)
def test_keys_that_spark_would_compare_as_other_numbers_are_refused(run: Run, ours: str, theirs: str) -> None:
    other = {"other": {"format": {"type": "csv"}, "columns": [{"name": "key", "type": theirs}]}}
    join = {"join": {"source": "other", "on": {"key": "key"}}}
    with pytest.raises(StepError, match=r"join to other: key is of type .* must be types that compare"):
        run(
            recipe_of({"name": "key", "type": ours}, steps=[join], sources=other),
            {"rows/a.csv": "key\n1\n", "other/b.csv": "key\n1\n"},
        )


def test_values_of_a_pivot_are_compared_as_those_of_the_column(run: Run) -> None:
    rate, day = {"name": "rate", "type": "decimal(4,2)"}, {"name": "day", "type": "date"}
    rows = {"rows/a.csv": "key,rate,day,n\na,1,2024-01-01,10\na,2.5,2024-01-02,20\n"}
    measure = {"type": "long", "expression": "sum(n)"}
    for column, values in (("rate", {"low": 1, "high": 2.5}), ("day", {"low": "2024-1-1", "high": "2024-01-02"})):
        pivot = {"pivot": {"by": ["key"], "column": column, "columns": values, "measure": measure}}
        outcome = run(recipe_of(KEY, rate, day, {"name": "n", "type": "integer"}, steps=[pivot]), rows)
        assert outcome.csv == ["key,low,high", "a,10,20"]
